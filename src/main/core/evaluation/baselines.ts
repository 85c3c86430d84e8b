/**
 * Ways of colorizing that know nothing of the picture: what a network must beat.
 */
import type { BinSet } from '../../../shared/colour/bins.js';
import { paintEvenly, paintRows } from '../colorizing/painted-picture.js';
import type { EightBitPixels } from '../photos/decode.js';
import { Random } from '../../../shared/random.js';

/** Colours of the photographs that a network was trained on, and how often they occur. */
export type Palette = Pick<BinSet, 'Q' | 'a' | 'b' | 'share'>;

export const BASELINES = ['gray', 'mostCommon', 'random'] as const;
export type Baseline = (typeof BASELINES)[number];

/** Colours a photograph; `path` and seed decide what chance decides. */
export type Painter = (photo: EightBitPixels, path: string) => Promise<EightBitPixels>;

/**
 * - `gray`: no colour at all
 * - `mostCommon`: the most common colour of the palette everywhere
 * - `random`: at each pixel a colour of the palette, drawn as often as it occurs
 */
export function baselinePainters(palette: Palette, seed: number): Record<Baseline, Painter> {
  const most = palette.share.indexOf(Math.max(...palette.share));
  return {
    gray: (photo) => paintEvenly(photo, 0, 0),
    mostCommon: (photo) => paintEvenly(photo, palette.a[most], palette.b[most]),
    random: (photo, path) => paintRandomly(photo, palette, new Random(seed, 'random colours', path)),
  };
}

function paintRandomly(photo: EightBitPixels, palette: Palette, random: Random): Promise<EightBitPixels> {
  const upTo = runningSum(palette.share);
  return paintRows(photo, (_, row) => {
    for (let x = 0; x < row.L.length; x++) {
      const bin = firstAbove(upTo, random.uniform() * upTo[upTo.length - 1]);
      row.a[x] = palette.a[bin];
      row.b[x] = palette.b[bin];
    }
  });
}

function runningSum(shares: Float64Array): Float64Array {
  let sum = 0;
  return shares.map((share) => (sum += share));
}

/** Index of the first of ascending values that is above `value`. */
function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
