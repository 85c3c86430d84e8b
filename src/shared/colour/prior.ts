/**
 * Prior and rebalancing weights of the bins (Zhang et al. 2016, section 2.2).
 */
import type { BinSet } from './bins.js';

export interface RebalancingOptions {
  /** Share of the uniform distribution mixed in, 0 (rare colours weigh most) to 1 (all weigh the same). */
  lambda: number;
  /** Standard deviation of the Gaussian that smooths the prior over neighbouring tiles, in ab units; 0 leaves it as it is. */
  smoothing: number;
}

/** One number a bin each: prior p sums to 1, weights w are finite with sum p * w = 1. Float64Array [Q] */
export interface Rebalancing {
  p: Float64Array;
  w: Float64Array;
}

/**
 * Prior p (the bins' shares, smoothed) and weights w proportional to 1 / ((1 - lambda) p + lambda / Q), scaled so that sum p * w = 1.
 * A bin without pixels weighs, where lambda is 0, as much as the rarest bin that has some: 1 / 0 never appears.
 * @throws {RangeError} when lambda is outside 0..1 or smoothing is negative
 */
export function rebalancingWeights(bins: BinSet, { lambda, smoothing }: RebalancingOptions): Rebalancing {
  if (!(lambda >= 0 && lambda <= 1)) throw new RangeError(`lambda must lie between 0 and 1, not ${lambda}`);
  if (!(smoothing >= 0 && smoothing < Infinity)) throw new RangeError(`smoothing must be 0 or more ab units, not ${smoothing}`);
  const p = normalized(smoothing > 0 ? smoothed(bins, smoothing / bins.window) : bins.share);
  const rarest = p.reduce((least, share) => (share > 0 && share < least ? share : least), 1);
  const w = p.map((share) => 1 / ((1 - lambda) * Math.max(share, rarest) + lambda / bins.Q));
  const mean = p.reduce((sum, share, k) => sum + share * w[k], 0);
  return { p, w: w.map((weight) => weight / mean) };
}

/** Shares divided by their sum; all equal where they are all 0. */
function normalized(share: Float64Array): Float64Array {
  const sum = share.reduce((total, v) => total + v, 0);
  return share.map((v) => (sum > 0 ? v / sum : 1 / share.length));
}

/**
 * Shares spread by a Gaussian over the tile grid; what falls on tiles that are no bins is lost.
 * @param sigma standard deviation in tiles
 * @returns Float64Array [Q], not normalized
 */
function smoothed(bins: BinSet, sigma: number): Float64Array {
  const { side } = bins;
  const grid = new Float64Array(side * side);
  bins.tiles.forEach((tile, k) => (grid[tile] = bins.share[k]));
  const kernel = gaussian(sigma, side);
  const rowsDone = convolveLines(grid, side, 1, side, kernel);
  const blurred = convolveLines(rowsDone, side, side, 1, kernel);
  return Float64Array.from(bins.tiles, (tile) => blurred[tile]);
}

/** exp(-d^2 / 2 sigma^2) for d = 0 .. reach - 1. Its scale does not matter here: the prior is normalized afterwards. */
function gaussian(sigma: number, reach: number): Float64Array {
  return Float64Array.from({ length: reach }, (_, d) => Math.exp(-(d * d) / (2 * sigma * sigma)));
}

/** Convolves each line of a side x side grid with a symmetric kernel; nothing lies beyond the border. */
function convolveLines(grid: Float64Array, side: number, step: number, lineStep: number, kernel: Float64Array): Float64Array {
  const out = new Float64Array(grid.length);
  for (let line = 0; line < side; line++) {
    for (let to = 0; to < side; to++) {
      let sum = 0;
      for (let from = 0; from < side; from++) sum += grid[line * lineStep + from * step] * kernel[Math.abs(to - from)];
      out[line * lineStep + to * step] = sum;
    }
  }
  return out;
}
