import { readFileSync } from 'node:fs';
import { binSetOf, usedBins, type BinSet } from '../../../src/shared/colour/bins.js';
import { AB_CELLS } from '../../../src/shared/colour/cells.js';
import { ColourHistogram } from '../../../src/shared/colour/histogram.js';

/** Expected values made by python/fixtures-colour. */
export function colourFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../fixtures/colour/${name}.json`, import.meta.url), 'utf8')) as T;
}

export interface BinFixture {
  tiles: number[];
  a: number[];
  b: number[];
  share: number[];
}

export interface PictureFixture {
  cells: number[];
  counts: number[];
  meanA: number[];
  meanB: number[];
  bins: Record<'5' | '10', BinFixture>;
}

/** The bins of the fixture picture as scikit-image and NumPy have them. */
export function fixtureBins(window: 5 | 10): BinSet {
  const { tiles, a, b, share } = colourFixture<PictureFixture>('picture').bins[window];
  const side = AB_CELLS / window;
  return binSetOf(window, tiles.map((tile, k) => ({ row: Math.floor(tile / side), column: tile % side, a: a[k], b: b[k], share: share[k] })));
}

/** Histogram that holds `count` pixels of each of the given colours. */
export function histogramOf(colours: readonly { a: number; b: number; count: number }[]): ColourHistogram {
  const histogram = new ColourHistogram();
  for (const { a, b, count } of colours) {
    const cell = (Math.floor(a) + 110) * AB_CELLS + Math.floor(b) + 110;
    histogram.counts[cell] += count;
    histogram.sumA[cell] += a * count;
    histogram.sumB[cell] += b * count;
    histogram.pixels += count;
  }
  return histogram;
}

/** Nine tiles around neutral, at window 10, each with another share. */
export function nineBins(): BinSet {
  const colours = [-10, 0, 10].flatMap((a, i) => [-10, 0, 10].map((b, j) => ({ a, b, count: 3 ** (i * 3 + j) })));
  return usedBins(histogramOf(colours), 10);
}
