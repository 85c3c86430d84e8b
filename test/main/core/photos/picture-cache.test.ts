import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { PictureCache } from '../../../../src/main/core/photos/picture-cache.js';
import { thumbnailOf, thumbnailOfFile, viewOf } from '../../../../src/main/core/photos/thumbnail.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const examples = join(import.meta.dirname, '../../../../resources/photographs/training');
let place: string;
beforeEach(async () => {
  place = await temporaryFolder('pictures');
  process.env.CHROMABENCH_CACHE = place;
});

const idOf = (n: number) => n.toString(16).padStart(64, '0');
const kilobyte = async () => new Uint8Array(1024);

function kept(): string[] {
  return (readdirSync(place, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe('pictures in the cache', () => {
  it('are made once, and the ones not asked for longest go when there are too many bytes', async () => {
    const cache = new PictureCache('small', 10 * 1024);
    for (let n = 0; n < 10; n++) {
      const path = await cache.get(idOf(n), kilobyte);
      // As old as its number tells, whatever the clock of the file system.
      utimesSync(path, 1000 + n, 1000 + n);
    }
    expect(kept()).toHaveLength(10);
    // Used again: now the newest.
    expect(await cache.get(idOf(0), () => Promise.reject(new Error('made twice')))).toBe(cache.pathOf(idOf(0)));
    await cache.get(idOf(10), kilobyte);
    expect(kept().length).toBeLessThanOrEqual(8);
    expect([0, 1, 2, 3, 9, 10].map((n) => existsSync(cache.pathOf(idOf(n))))).toEqual([true, false, false, false, true, true]);
  });

  it('of another program count, too', async () => {
    for (let n = 0; n < 20; n++) await new PictureCache('small', Infinity).get(idOf(n), kilobyte);
    await new PictureCache('small', 10 * 1024).get(idOf(99), kilobyte);
    expect(kept().length).toBeLessThanOrEqual(8);
  });

  it('that cannot be made leave nothing', async () => {
    const cache = new PictureCache('small', 1024);
    await expect(cache.get(idOf(1), () => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged');
    expect(kept()).toEqual([]);
  });
});

describe('a photograph', () => {
  it('has a square thumbnail, and a large view that is bounded and keeps its shape', async () => {
    const large = join(place, 'large.jpg');
    await sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#4080c0' } }).jpeg().toFile(large);
    const view = await sharp(await viewOf(large, idOf(7))).metadata();
    expect([view.width, view.height, view.format]).toEqual([2048, 1536, 'webp']);
    const small = await sharp(await viewOf(join(examples, 'park-01.jpg'), idOf(8))).metadata();
    expect([small.width, small.height]).toEqual([256, 256]);
    const thumbnail = await sharp(await thumbnailOf(large, idOf(7))).metadata();
    expect([thumbnail.width, thumbnail.height]).toEqual([256, 256]);
  });

  it('that is not used has a thumbnail by its content', async () => {
    const gray = join(place, 'gray.png');
    await sharp({ create: { width: 60, height: 60, channels: 3, background: '#808080' } }).png().toFile(gray);
    const made = await thumbnailOfFile(gray);
    expect(await thumbnailOfFile(gray)).toBe(made);
    expect(statSync(made).size).toBeGreaterThan(0);
  });
});
