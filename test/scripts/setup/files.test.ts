import { existsSync, statSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bytesIn, listFiles, placeTree } from '../../../scripts/setup/files.mjs';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chromabench-files-'));
  await mkdir(join(folder, 'from', 'napi'), { recursive: true });
  await writeFile(join(folder, 'from', 'napi', 'addon'), 'addon');
  await writeFile(join(folder, 'from', 'licence'), 'text');
});
afterEach(() => rm(folder, { recursive: true }));

test('files are listed with their sizes, below each folder', async () => {
  const files = await listFiles(join(folder, 'from'));
  expect(files.sort((a, b) => a.path.localeCompare(b.path))).toEqual([{ path: 'licence', bytes: 4 }, { path: 'napi/addon', bytes: 5 }]);
  expect(await bytesIn(join(folder, 'from'))).toBe(9);
  expect(await bytesIn(join(folder, 'nowhere'))).toBe(0);
});

test('a placed tree replaces what was there, takes no room, and outlives its source', async () => {
  const to = join(folder, 'to');
  await mkdir(to);
  await writeFile(join(to, 'old'), 'old');
  await placeTree(join(folder, 'from'), to);
  expect((await listFiles(to)).map(({ path }) => path).sort()).toEqual(['licence', 'napi/addon']);
  expect((await stat(join(to, 'licence'))).ino).toBe((await stat(join(folder, 'from', 'licence'))).ino);
  await rm(join(folder, 'from'), { recursive: true });
  expect(await readFile(join(to, 'napi', 'addon'), 'utf8')).toBe('addon');
});

/** A disk in memory that most Linux systems have: no hard link reaches it from elsewhere. */
const otherDisk = '/dev/shm';
const hasOtherDisk = existsSync(otherDisk) && statSync(otherDisk).dev !== statSync(tmpdir()).dev;

test.runIf(hasOtherDisk)('a tree placed on another disk outlives its source, too', async () => {
  const to = await mkdtemp(join(otherDisk, 'chromabench-files-'));
  try {
    await placeTree(join(folder, 'from'), join(to, 'placed'));
    await rm(join(folder, 'from'), { recursive: true });
    expect((await lstat(join(to, 'placed', 'licence'))).isFile()).toBe(true);
    expect(await readFile(join(to, 'placed', 'napi', 'addon'), 'utf8')).toBe('addon');
  } finally {
    await rm(to, { recursive: true });
  }
});
