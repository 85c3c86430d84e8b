import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { quietContext, type JobContext, type Progress } from '../../../../src/main/core/job.js';
import * as contentFacts from '../../../../src/main/core/photos/content-facts.js';
import type { Fate } from '../../../../src/main/core/photos/fault.js';
import { inspectionOf } from '../../../../src/main/core/photos/inspection.js';
import { scanFolder, type FolderScan, type ScanOptions } from '../../../../src/main/core/photos/scan.js';
import { countColours } from '../../../../src/main/core/statistics/count-colours.js';
import { statisticsCachePath } from '../../../../src/main/core/statistics/content-cache.js';
import { describeWithSamples, sharedPath } from '../../../helpers/shared.js';
import { painted, picture, scene, toned, type Paint } from './pictures.js';
import { unprivileged } from './privileges.js';

// The real function, watched: how often a picture is really decoded and counted.
vi.mock('../../../../src/main/core/photos/content-facts.js', async (load) => {
  const real = await load<typeof contentFacts>();
  return { ...real, findOut: vi.fn(real.findOut) };
});
const decoded = vi.mocked(contentFacts.findOut);

let folder: string;
let cache: string;
const scans: FolderScan[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'photos-'));
  cache = mkdtempSync(join(tmpdir(), 'cache-'));
  for (const open of [folder, cache]) chmodSync(open, 0o777);
  vi.stubEnv('CHROMABENCH_CACHE', cache);
  decoded.mockClear();
});

afterEach(async () => {
  for (const scan of scans.splice(0)) await scan.close();
  for (const made of [folder, cache]) rmSync(made, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

async function scanned(root = folder, options: Partial<ScanOptions> = {}): Promise<FolderScan> {
  const scan = await scanFolder(root, { context: quietContext(), ...options });
  scans.push(scan);
  return scan;
}

const fates = ({ photos, excluded }: FolderScan): Record<string, Fate> =>
  Object.fromEntries([...photos.map(({ path }) => [path, 'used']), ...excluded.map(({ path, fate }) => [path, fate])]);
const reasons = ({ excluded }: FolderScan) => Object.fromEntries(excluded.map(({ path, reason }) => [path, reason]));
const save = (name: string, paint: Paint, width = 64, height = 64) => picture(width, height, paint).png().toFile(join(folder, name));

function watching(progress: (progress: Progress) => void, signal = new AbortController().signal): JobContext {
  const quiet = quietContext(signal);
  return { ...quiet, progress: { ...quiet.progress, progress } };
}

describe('fates', () => {
  const drawn = fileURLToPath(new URL('../../../fixtures/photos/drawn', import.meta.url));

  it('accounts for every file of a mixed folder', async () => {
    const scan = await scanned(drawn);
    const expected = JSON.parse(readFileSync(join(drawn, 'expected.json'), 'utf8')) as Record<string, { fate?: Fate; gray?: true }>;
    const found = fates(scan);
    expect(Object.keys(found).sort()).toEqual(readdirSync(drawn).sort());
    for (const [name, { fate, gray }] of Object.entries(expected)) {
      const readable: Fate[] = gray ? ['gray'] : ['used', 'duplicate'];
      expect(fate ? [fate] : readable, name).toContain(found[name]);
    }
    expect(Object.values(scan.counts).reduce((sum, n) => sum + n)).toBe(readdirSync(drawn).length);
    expect(scan.excluded.every(({ reason }) => /^[A-Z0-9].*\.$/s.test(reason))).toBe(true);
    expect(scan.photos.find(({ path }) => path === 'film-apng.png')?.note).toBe('Several frames or pages: the first is used.');
  });

  it('uses pictures of 64 pixels, and of 48, but none smaller', async () => {
    await save('64.png', scene(1));
    await save('48.png', scene(2), 48, 48);
    await save('47.png', scene(3), 200, 47);
    const scan = await scanned();
    expect(fates(scan)).toEqual({ '64.png': 'used', '48.png': 'used', '47.png': 'too-small' });
    expect(reasons(scan)['47.png']).toBe('200 x 47 pixels; a photograph needs at least 48 on each side.');
  });

  it('finds the same pixels however they are stored, and names the first', async () => {
    await save('b.png', scene(1));
    copyFileSync(join(folder, 'b.png'), join(folder, 'c.png'));
    await picture(64, 64, scene(1)).tiff({ compression: 'lzw' }).toFile(join(folder, 'a.tif'));
    await picture(64, 64, (x, y) => scene(1)(63 - x, y)).png().toFile(join(folder, 'mirrored.png'));
    await picture(64, 64, (x, y) => scene(1)(y, x)).png().toFile(join(folder, 'turned.png'));
    const scan = await scanned();
    expect(fates(scan)).toEqual({ 'a.tif': 'used', 'b.png': 'duplicate', 'c.png': 'duplicate', 'mirrored.png': 'used', 'turned.png': 'used' });
    expect(reasons(scan)['c.png']).toBe('The same picture as a.tif.');
    expect(scan.excluded.map(({ twin }) => twin)).toEqual(['a.tif', 'a.tif']);
    expect(scan.histogram.pixels).toBe(3 * 64 * 64);
  });

  it('accounts for a file that may not be read', async () => {
    await save('a.png', scene(1));
    await save('b.png', scene(2));
    chmodSync(join(folder, 'b.png'), 0);
    const scan = await unprivileged(() => scanned());
    expect(fates(scan)).toEqual({ 'a.png': 'used', 'b.png': 'unreadable' });
    expect(reasons(scan)['b.png']).toBe('Permission denied: this account may not read it.');
  });

  it('accounts for files that go while the folder is read', async () => {
    for (let i = 0; i < 60; i++) await save(`${i + 10}.png`, scene(i));
    const scan = await scanned(folder, {
      context: watching(({ done, total }) => {
        if (total !== undefined && done === 1) for (let i = 40; i < 60; i++) unlinkSync(join(folder, `${i + 10}.png`));
      }),
    });
    expect(scan.counts.used).toBe(40);
    expect(scan.excluded.map(({ fate, reason }) => `${fate}: ${reason}`)).toEqual(
      Array.from({ length: 20 }, () => 'unreadable: It is gone: moved or deleted meanwhile.'),
    );
  });

  it('leaves the folder as it was', async () => {
    await save('a.png', scene(1));
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub/cut.jpg'), (await picture(64, 64, scene(1)).jpeg().toBuffer()).subarray(0, 900));
    const state = () => readdirSync(folder, { recursive: true }).map((name) => [name, statSync(join(folder, String(name))).mtimeMs, statSync(join(folder, String(name))).size]);
    const before = state();
    await scanned();
    expect(state()).toEqual(before);
  });
});

describe('colour', () => {
  it('excludes gray pictures, also those with the noise of a camera and of JPEG', async () => {
    const noisy: Paint = (x, y) => {
      const light = (x * 3 + y * 2) % 256;
      return [light, light + ((x * 7 + y * 3) % 5) - 2, light + ((x * 5 + y * 11) % 5) - 2].map((v) => Math.max(0, Math.min(255, v))) as [number, number, number];
    };
    await picture(128, 128, noisy).jpeg({ quality: 75 }).toFile(join(folder, 'noisy.jpg'));
    await save('gray.png', toned([1, 1, 1]));
    await save('stamped.png', (x, y) => (x < 6 && y < 6 ? [255, 140, 0] : toned([1, 1, 1])(x, y)));
    const scan = await scanned();
    expect(fates(scan)).toEqual({ 'noisy.jpg': 'gray', 'gray.png': 'gray', 'stamped.png': 'gray' });
    expect(reasons(scan)['gray.png']).toBe('Gray, or nearly so in 99 % of its pixels: there is no colour to learn from.');
  });

  it('uses muted photographs, and a gray one with a red spot', async () => {
    await save('muted.png', (x, y) => [120 + (x % 20), 116 + ((y * 3) % 20), 100 + ((x + y) % 25)]);
    await save('spot.png', (x, y) => (x < 16 && y < 16 ? [200, 30, 30] : toned([1, 1, 1])(x, y)));
    const scan = await scanned();
    expect(fates(scan)).toEqual({ 'muted.png': 'used', 'spot.png': 'used' });
    expect(scan.photos.map(({ note }) => note)).toEqual([undefined, undefined]);
  });

  it('points out what is gray under one tint', async () => {
    await picture(128, 128, toned([1.1, 0.95, 0.75])).jpeg({ quality: 85 }).toFile(join(folder, 'sepia.jpg'));
    await picture(128, 128, toned([0.8, 0.95, 1.15])).jpeg({ quality: 85 }).toFile(join(folder, 'cyanotype.jpg'));
    const scan = await scanned();
    expect(fates(scan)).toEqual({ 'sepia.jpg': 'used', 'cyanotype.jpg': 'used' });
    const note = 'It looks like one tint over gray, as sepia prints have: leave it out where only real colours should be learned.';
    expect(scan.photos.map((photo) => photo.note)).toEqual([note, note]);
  });
});

describe('what is kept', () => {
  it('decodes nothing when the folder is read again, or again under another name', async () => {
    for (let i = 0; i < 5; i++) await save(`${i}.png`, scene(i));
    await save('gray.png', toned([1, 1, 1]));
    writeFileSync(join(folder, 'text.jpg'), 'no picture');
    const first = await scanned();
    expect(decoded).toHaveBeenCalledTimes(6);
    const elsewhere = join(folder, 'sub');
    mkdirSync(elsewhere);
    for (const name of readdirSync(folder).filter((name) => name !== 'sub')) copyFileSync(join(folder, name), join(elsewhere, name));
    const [again, copied] = [await scanned(folder, { only: [] }), await scanned(elsewhere)];
    expect(decoded).toHaveBeenCalledTimes(6);
    expect(again.histogram).toEqual(first.histogram);
    expect(copied.histogram).toEqual(first.histogram);
    expect(copied.fingerprint).toBe(first.fingerprint);
    expect(again.counts).toEqual({ ...first.counts, gray: 2, duplicate: 5, 'not-a-picture': 2 });
  });

  it('never lies after a file changed, even with size and date put back', async () => {
    const path = join(folder, 'a.bin');
    const raw = (seed: number) => picture(64, 64, scene(seed)).tiff({ compression: 'none' }).toBuffer();
    writeFileSync(path, await raw(1));
    const { mtime, size } = statSync(path);
    const before = await scanned();
    writeFileSync(path, await raw(2));
    utimesSync(path, mtime, mtime);
    expect(statSync(path).size).toBe(size);
    const after = await scanned();
    expect(after.photos[0].contentId).not.toBe(before.photos[0].contentId);
    expect(after.histogram.counts).not.toEqual(before.histogram.counts);
    expect(after.fingerprint).not.toBe(before.fingerprint);
  });

  it('gives the colours of each photograph, with the cache and without', async () => {
    await save('a.png', scene(1));
    await save('b.png', scene(2));
    const scan = await scanned();
    const expected = countColours(painted(64, 64, scene(2)));
    expect(await scan.countsOf(scan.photos[1])).toEqual(expected);
    await scan.close();
    expect(await scan.countsOf(scan.photos[1])).toEqual(expected);
    await save('b.png', scene(3));
    await expect(scan.countsOf(scan.photos[1])).rejects.toThrow('b.png has changed since the folder was read; read it again.');
  });

  it('goes on without a cache where none can be kept', async () => {
    await save('a.png', scene(1));
    mkdirSync(join(cache, 'statistics'));
    rmSync(join(cache, 'statistics'), { recursive: true });
    writeFileSync(join(cache, 'statistics'), 'a file in the way');
    const notes: string[] = [];
    const quiet = quietContext();
    const scan = await scanned(folder, { context: { ...quiet, progress: { ...quiet.progress, note: (message) => notes.push(message) } } });
    expect(scan.counts.used).toBe(1);
    expect(notes.join()).toContain(statisticsCachePath());
  });
});

describe('progress', () => {
  it('tells how far it is from the first file on', async () => {
    for (let i = 0; i < 20; i++) await save(`${i}.png`, scene(i));
    const told: Progress[] = [];
    await scanned(folder, { context: watching((progress) => told.push(progress)) });
    expect(told[0]).toEqual({ phase: 'Listing the folder', done: 1, unit: 'files' });
    expect(told.filter(({ total }) => total !== undefined).map(({ done }) => done)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(told.at(-1)).toMatchObject({ phase: 'Reading photographs', done: 20, total: 20 });
  });

  it('stops at once, in the middle of a large picture too', async () => {
    await picture(6000, 4000, (x, y) => [x % 256, y % 256, (x + y) % 256]).jpeg({ quality: 95 }).toFile(join(folder, 'b.jpg'));
    await save('a.png', scene(1));
    const stop = new AbortController();
    let stoppedAt = 0;
    const context = watching(({ total, done }) => {
      if (total === undefined || done !== 1) return;
      stoppedAt = performance.now();
      stop.abort();
    }, stop.signal);
    await expect(scanned(folder, { context })).rejects.toThrow('aborted');
    expect(performance.now() - stoppedAt).toBeLessThan(200);
  });
});

describe('subfolders', () => {
  it('reads only those asked for, and names those that exist', async () => {
    for (const sub of ['coast', 'forest']) mkdirSync(join(folder, sub));
    await save('coast/a.png', scene(1));
    await save('forest/b.png', scene(2));
    expect((await scanned(folder, { only: ['forest'] })).photos.map(({ path }) => path)).toEqual(['forest/b.png']);
    await expect(scanned(folder, { only: ['sea'] })).rejects.toThrow('It has coast, forest.');
  });
});

interface Reference {
  pixels: number;
  used_bins: Record<'10' | '5', number>;
  histogram: [i: number, j: number, count: number][];
}

/** Half the sum of absolute differences between two distributions. */
function totalVariation(scan: FolderScan, reference: Reference): number {
  const share = new Float64Array(scan.histogram.counts.length);
  for (const [i, j, count] of reference.histogram) share[i * 220 + j] = count / reference.pixels;
  return scan.histogram.counts.reduce((sum, count, cell) => sum + Math.abs(count / scan.histogram.pixels - share[cell]) / 2, 0);
}

describeWithSamples('against scikit-image', () => {
  const reference = (name: string) => JSON.parse(readFileSync(sharedPath(`reference/${name}.json`), 'utf8')) as Reference;

  it.each([
    ['lab_card', 'reference/card', 1e-4],
    ['lab_sample_cc0_256', 'data/sample_cc0_256', 5e-3],
    ['lab_scenes_150_forest', 'data/scenes_150/forest', 5e-3],
  ])('%s', async (name, path, tolerance) => {
    const expected = reference(name);
    const scan = await scanned(sharedPath(path));
    expect(scan.histogram.pixels).toBe(expected.pixels);
    expect(totalVariation(scan, expected)).toBeLessThan(tolerance);
    expect(inspectionOf(scan, 10).usedBins).toBe(expected.used_bins[10]);
    expect(inspectionOf(scan, 5).usedBins).toBe(expected.used_bins[5]);
  });

  it('agrees cell by cell on the lossless card', async () => {
    const { histogram, pixels } = inspectionOf(await scanned(sharedPath('reference/card')), 10);
    const counts = new Map(histogram.map(([i, j, count]) => [i * 220 + j, count]));
    for (const [i, j, count] of reference('lab_card').histogram) {
      expect(Math.abs((counts.get(i * 220 + j) ?? 0) - count)).toBeLessThanOrEqual(pixels * 1e-4);
    }
  });
});
