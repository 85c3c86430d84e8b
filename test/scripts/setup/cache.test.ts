import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheFolder as scriptsCacheFolder, closeStage, demandSpace, openCache, openStage, publish, withdraw } from '../../../scripts/setup/cache.mjs';
import { cacheFolder, type Surroundings } from '../../../src/main/core/paths.js';

let cache: string;

beforeEach(async () => void (cache = await mkdtemp(join(tmpdir(), 'chromabench-cache-'))));
afterEach(() => rm(cache, { recursive: true }));

describe('place of the cache', () => {
  const places: [Surroundings, string][] = [
    [{ platform: 'linux', home: '/home/ada', environment: {} }, '/home/ada/.cache/chromabench'],
    [{ platform: 'linux', home: '/home/ada', environment: { XDG_CACHE_HOME: '/big' } }, '/big/chromabench'],
    [{ platform: 'darwin', home: '/Users/ada', environment: {} }, '/Users/ada/Library/Caches/chromabench'],
    [{ platform: 'win32', home: '/ada', environment: {} }, '/ada/AppData/Local/chromabench'],
    [{ platform: 'linux', home: '/home/ada', environment: { XDG_CACHE_HOME: '/big', CHROMABENCH_CACHE: '/own' } }, '/own'],
  ];
  test.each(places)('%j is %s, for the program and for the set-up alike', (surroundings, place) => {
    expect(cacheFolder(surroundings)).toBe(place);
    expect(scriptsCacheFolder(surroundings)).toBe(place);
  });
});

test('a cache that cannot be made is refused with its place and the cure', async () => {
  await writeFile(join(cache, 'file'), '');
  const place = join(cache, 'file', 'cache');
  await expect(openCache(place)).rejects.toThrow(
    `The cache folder ${place} cannot be written (ENOTDIR). Make it writable, or name another in the environment variable CHROMABENCH_CACHE.`,
  );
});

test('too little room is refused with both numbers', async () => {
  await expect(demandSpace(cache, 1e18, 'Preparing TensorFlow')).rejects.toThrow(/^Preparing TensorFlow needs 1000000000000 MB on the disk of .*; \d+ MB are free\./);
});

test('a new stage sweeps away what a killed set-up of the same name left, and nothing else', async () => {
  const left = await openStage(cache, 'engine');
  await writeFile(join(left, 'half'), '');
  const other = await openStage(cache, 'python');
  const stage = await openStage(cache, 'engine');
  expect((await readdir(join(cache, 'staging'))).map((name) => join(cache, 'staging', name)).sort()).toEqual([other, stage].sort());
  await closeStage(stage);
  await closeStage(other);
  expect(await readdir(join(cache, 'staging'))).toEqual([]);
});

async function finishedFolder(content: string): Promise<string> {
  const finished = join(await openStage(cache, content), 'engine');
  await mkdir(finished);
  await writeFile(join(finished, 'addon'), content);
  return finished;
}

test('an entry appears whole; where another set-up was quicker, its entry stays', async () => {
  const place = join(cache, 'engine', 'key');
  const [one, two] = [await finishedFolder('one'), await finishedFolder('two')];
  await Promise.all([publish(one, place), publish(two, place)]);
  expect(['one', 'two']).toContain(await readFile(join(place, 'addon'), 'utf8'));
  expect(await readdir(join(cache, 'engine'))).toEqual(['key']);
});

test('a withdrawn entry is gone, and one that is not there is no fault', async () => {
  const place = join(cache, 'engine', 'key');
  await publish(await finishedFolder('one'), place);
  await withdraw(cache, place);
  await withdraw(cache, place);
  expect(await readdir(join(cache, 'engine'))).toEqual([]);
  expect((await readdir(join(cache, 'staging'))).filter((name) => name.startsWith('withdrawn'))).toEqual([]);
});
