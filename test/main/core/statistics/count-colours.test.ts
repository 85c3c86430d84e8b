import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { countColours } from '../../../../src/main/core/statistics/count-colours.js';
import { readCounts, writeCounts } from '../../../../src/main/core/statistics/counts-record.js';
import { usedBins } from '../../../../src/shared/colour/bins.js';
import { ColourHistogram, type ColourCounts } from '../../../../src/shared/colour/histogram.js';
import { describeWithSamples, sharedPath } from '../../../helpers/shared.js';
import { colourFixture, type PictureFixture } from '../../../shared/colour/fixture.js';

async function pixelsOf(path: string): Promise<Uint8Array> {
  return new Uint8Array(await sharp(path).toColourspace('srgb').removeAlpha().raw().toBuffer());
}

const picture = fileURLToPath(new URL('../../../fixtures/colour/picture.png', import.meta.url));

describe('colours of a picture', () => {
  const fixture = colourFixture<PictureFixture>('picture');

  it('equal scikit-image cell by cell, means within 1/128', async () => {
    const counts = countColours(await pixelsOf(picture));
    expect([...counts.cells]).toEqual(fixture.cells);
    expect([...counts.counts]).toEqual(fixture.counts);
    fixture.meanA.forEach((a, k) => expect(Math.abs(counts.meanA[k] - a)).toBeLessThan(1 / 128));
    fixture.meanB.forEach((b, k) => expect(Math.abs(counts.meanB[k] - b)).toBeLessThan(1 / 128));
    expect(counts.pixels).toBe(48 * 64);
  });

  it.each([10, 5] as const)('fill the same bins with the same colours and shares at window %i', async (window) => {
    const histogram = new ColourHistogram();
    histogram.add(countColours(await pixelsOf(picture)));
    const bins = usedBins(histogram, window);
    const expected = fixture.bins[window];
    expect([...bins.tiles]).toEqual(expected.tiles);
    expected.share.forEach((share, q) => {
      expect(bins.share[q]).toBeCloseTo(share, 12);
      expect(Math.abs(bins.a[q] - expected.a[q])).toBeLessThan(1 / 128);
      expect(Math.abs(bins.b[q] - expected.b[q])).toBeLessThan(1 / 128);
    });
  });

  it('do not depend on what was counted before, nor on the order of the pixels', async () => {
    const pixels = await pixelsOf(picture);
    const first = countColours(pixels);
    countColours(Uint8Array.from({ length: 9000 }, (_, k) => (k * 7919) & 255));
    expect(countColours(pixels)).toEqual(first);
    const reversed = new Uint8Array(pixels.length);
    for (let p = 0; p < pixels.length; p += 3) reversed.set(pixels.subarray(p, p + 3), pixels.length - 3 - p);
    expect(countColours(reversed)).toEqual(first);
  });

  it('of no pixel are none, and of half a pixel an error', () => {
    expect(countColours(new Uint8Array(0))).toMatchObject({ pixels: 0, cells: new Uint16Array(0) });
    expect(() => countColours(new Uint8Array(4))).toThrow('4 samples are no whole number of RGB pixels');
  });

  it('of a picture of 17 million pixels are summed without overflow', () => {
    const pixels = 2 ** 24 + 1000;
    const counts = countColours(Buffer.alloc(pixels * 3, Uint8Array.of(201, 200, 200)));
    expect([...counts.counts]).toEqual([pixels]);
    expect(counts.meanA).toEqual(countColours(Uint8Array.of(201, 200, 200)).meanA);
  });
});

describeWithSamples('colours of a folder, against scikit-image', () => {
  interface Reference {
    pixels: number;
    used_bins: Record<'5' | '10', number>;
    histogram: [number, number, number][];
  }

  async function histogramOfFolder(folder: string): Promise<ColourHistogram> {
    const histogram = new ColourHistogram();
    const files = await readdir(folder, { recursive: true });
    for (const file of files.filter((name) => ['.jpg', '.png'].includes(extname(name)))) {
      histogram.add(countColours(await pixelsOf(join(folder, file))));
    }
    return histogram;
  }

  it.each([
    ['reference/card', 'lab_card', 0],
    ['data/sample_cc0_256', 'lab_sample_cc0_256', 0.005],
    ['data/scenes_150/forest', 'lab_scenes_150_forest', 0.005],
  ])('%s: pixels, bins, and total variation', async (folder, name, tolerance) => {
    const reference = JSON.parse(readFileSync(sharedPath(`reference/${name}.json`), 'utf8')) as Reference;
    const histogram = await histogramOfFolder(sharedPath(folder));
    expect(histogram.pixels).toBe(reference.pixels);
    expect(usedBins(histogram, 10).Q).toBe(reference.used_bins[10]);
    expect(usedBins(histogram, 5).Q).toBe(reference.used_bins[5]);
    const left = Float64Array.from(histogram.counts);
    for (const [i, j, count] of reference.histogram) left[i * 220 + j] -= count;
    const variation = left.reduce((sum, difference) => sum + Math.abs(difference), 0) / 2 / reference.pixels;
    expect(variation).toBeLessThanOrEqual(tolerance);
  });
});

describe('colours as bytes', () => {
  const counts: ColourCounts = countColours(Uint8Array.from({ length: 30_000 }, (_, k) => (k * k * 13 + (k >> 7)) & 0xff));

  it('come back the very same', () => {
    expect(readCounts(writeCounts(counts))).toEqual(counts);
    expect(readCounts(writeCounts(countColours(new Uint8Array(0))))).toEqual(countColours(new Uint8Array(0)));
  });

  it('come back the same for numbers of every length', () => {
    const wide: ColourCounts = {
      pixels: 2 ** 33,
      cells: Uint16Array.of(0, 1, 129, 48399),
      counts: Uint32Array.of(1, 128, 2 ** 21, 2 ** 32 - 1),
      meanA: Float32Array.of(-110, -110, -110, 109 + 255 / 256),
      meanB: Float32Array.of(-110, -109 + 1 / 256, 19, 109),
    };
    expect(readCounts(writeCounts(wide))).toEqual(wide);
  });

  it('take four to five bytes a cell for a photograph-like picture', async () => {
    const photo = countColours(await pixelsOf(picture));
    expect(writeCounts(photo).length / photo.cells.length).toBeLessThan(5);
  });

  it('are refused when they are not whole', () => {
    const bytes = writeCounts(counts);
    expect(() => readCounts(bytes.subarray(0, bytes.length - 1))).toThrow('end too early');
    expect(() => readCounts(Uint8Array.from([...bytes, 0]))).toThrow('go on after their end');
    expect(() => readCounts(Uint8Array.of(255, 255, 255, 255, 255))).toThrow('too long');
  });
});
