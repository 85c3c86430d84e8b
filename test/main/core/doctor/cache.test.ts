import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { examineCache } from '../../../../src/main/core/doctor/cache.js';

let folder: string;

beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'chromabench-doctor-'))));
afterEach(() => rm(folder, { recursive: true }));

test('parts are told with the room they take, the largest first; empty ones not at all', async () => {
  await mkdir(join(folder, 'engine', 'key', 'lib'), { recursive: true });
  await mkdir(join(folder, 'statistics'));
  await mkdir(join(folder, 'locks'));
  await writeFile(join(folder, 'engine', 'key', 'lib', 'addon'), Buffer.alloc(100_000, 1));
  await writeFile(join(folder, 'statistics', 'data'), Buffer.alloc(5_000, 1));
  const cache = await examineCache(folder);
  expect(cache.parts).toEqual([{ name: 'engine', bytes: 100_000 }, { name: 'statistics', bytes: 5_000 }]);
  expect(cache).toMatchObject({ folder, writable: true, clear: 'npm run clear-cache' });
  expect(cache.free).toBeGreaterThan(0);
});

test('a cache that was not made yet is empty and writable where it would be made', async () => {
  expect(await examineCache(join(folder, 'not', 'yet'))).toMatchObject({ writable: true, parts: [] });
});

test('a cache below a file cannot be written', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(await examineCache(join(folder, 'file', 'cache'))).toMatchObject({ writable: false, parts: [] });
});
