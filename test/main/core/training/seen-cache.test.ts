import { readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { quietContext } from '../../../../src/main/core/job.js';
import { SeenCache } from '../../../../src/main/core/training/seen-cache.js';
import { train } from '../../../../src/main/core/training/index.js';
import { openRun } from '../../../../src/main/core/runs/index.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { smallConfig, smallSet } from './small-set.js';

const ID = 'ab'.repeat(32);
const size = { width: 5, height: 4 };
const pixels = Uint8Array.from({ length: 60 }, (_, i) => i * 4);

let place: string;
const photograph = () => ({ path: join(place, 'photograph.jpg'), contentId: ID });
/** Times that pixels were decoded. */
let decoded: number;
const decode = async () => {
  decoded++;
  return pixels;
};

beforeEach(async () => {
  place = await temporaryFolder('seen');
  process.env['CHROMABENCH_CACHE'] = place;
  decoded = 0;
  await writeFile(photograph().path, 'a photograph');
});

const files = async () => (await readdir(join(place, 'seen'), { recursive: true, withFileTypes: true }).catch(() => [])).filter((entry) => entry.isFile());

describe('photographs at the size that they are seen at', () => {
  it('are decoded once a size, for later trainings too', async () => {
    expect(await new SeenCache(1e6).pixels(photograph(), size, decode)).toEqual(pixels);
    expect([...(await new SeenCache(1e6).pixels(photograph(), size, decode))]).toEqual([...pixels]);
    expect(decoded).toBe(1);
    await new SeenCache(1e6).pixels(photograph(), { width: 4, height: 5 }, decode);
    expect(decoded).toBe(2);
    expect(await files()).toHaveLength(2);
  });

  it('are decoded again when the photograph was changed or has gone, so that this is noticed', async () => {
    const cache = new SeenCache(1e6);
    await cache.pixels(photograph(), size, decode);
    await writeFile(photograph().path, 'another one');
    await cache.pixels(photograph(), size, decode);
    await rm(photograph().path);
    await cache.pixels(photograph(), size, decode);
    expect(decoded).toBe(3);
  });

  it('are decoded again where their file was damaged, and where nothing is to be kept', async () => {
    const cache = new SeenCache(1e6);
    await cache.pixels(photograph(), size, decode);
    const [file] = await files();
    await truncate(join(file.parentPath, file.name), 59);
    expect([...(await cache.pixels(photograph(), size, decode))]).toEqual([...pixels]);
    expect([...(await cache.pixels(photograph(), size, decode))]).toEqual([...pixels]);
    expect([...(await cache.pixels(photograph(), size, decode))]).toEqual([...pixels]);
    expect(decoded).toBe(3);
    const none = new SeenCache(0);
    await none.pixels({ ...photograph(), contentId: 'cd'.repeat(32) }, size, decode);
    expect(decoded).toBe(4);
    expect(await files()).toHaveLength(1);
  });

  it('are there where the cache cannot be written, and their own faults are told', async () => {
    await writeFile(join(place, 'file'), '');
    process.env['CHROMABENCH_CACHE'] = join(place, 'file');
    expect([...(await new SeenCache(1e6).pixels(photograph(), size, decode))]).toEqual([...pixels]);
    process.env['CHROMABENCH_CACHE'] = place;
    await expect(new SeenCache(1e6).pixels(photograph(), size, () => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged');
  });

  it('give the same losses as photographs that are decoded', async () => {
    const folder = await smallSet(24);
    const losses = async (name: string, disk: number) => {
      const out = join(place, name);
      await train({ folder, out, config: smallConfig('budget.steps=10', `photos.disk=${disk}`) }, quietContext());
      return (await (await openRun(out)).metrics()).map(({ loss }) => loss);
    };
    const withoutCache = await losses('without', 0);
    expect(await files()).toEqual([]);
    expect(await losses('first', 64)).toEqual(withoutCache);
    expect((await files()).length).toBeGreaterThan(10);
    expect(await losses('second', 64)).toEqual(withoutCache);
  });
});
