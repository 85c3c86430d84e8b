/**
 * How near predicted colours come to true ones: colour accuracy (AuC, Zhang et al. 2016, section 3.1), peak
 * signal-to-noise ratio and chroma, added up pixel by pixel so that a set of any size takes the same memory.
 */
import { AB_MIN } from './cells.js';

/** a and b of some pixels, Float32Array [pixels] each. */
export interface AbPlanes {
  a: Float32Array;
  b: Float32Array;
}

/** The accuracy curve is read at the distances 0, 1 ... 150 ab units. */
export const FARTHEST = 150;
/** Distances rounded up: 0 to 150, and one column for all that lie farther. */
const COLUMNS = FARTHEST + 2;
/** Rebalancing counts true colours in tiles of 10 ab units, whatever the window of the network. */
const TILE = 10;
const TILES_A_SIDE = 22;

/**
 * Distances between true and predicted ab, counted by the true colour's tile, which is all that both forms of the AuC
 * need: the share of pixels within t units for t = 0 ... 150, the area below by the trapezoid rule, divided by 150.
 */
export class ColourAccuracy {
  /** Pixels added so far. */
  pixels = 0;
  /** Pixels by true tile and distance. Float64Array [484, 152] */
  private readonly counts = new Float64Array(TILES_A_SIDE * TILES_A_SIDE * COLUMNS);

  /** Adds pixels, true and predicted ones in the same order. */
  add(truth: AbPlanes, predicted: AbPlanes): void {
    const n = truth.a.length;
    for (let i = 0; i < n; i++) {
      const a = truth.a[i];
      const b = truth.b[i];
      const da = predicted.a[i] - a;
      const db = predicted.b[i] - b;
      const distance = Math.ceil(Math.sqrt(da * da + db * db));
      this.counts[tileOf(a, b) * COLUMNS + (distance > FARTHEST ? FARTHEST + 1 : distance)]++;
    }
    this.pixels += n;
  }

  /** Adds what another one has counted. */
  absorb(other: ColourAccuracy): void {
    for (let i = 0; i < this.counts.length; i++) this.counts[i] += other.counts[i];
    this.pixels += other.pixels;
  }

  /** Share of pixels within 0, 1 ... 150 units. Float64Array [151] */
  curve(): Float64Array {
    return this.meanCurve(() => 1);
  }

  /** The same with each pixel weighed by the inverse of its true tile's share of the pixels: every tile counts alike. */
  rebalancedCurve(): Float64Array {
    return this.meanCurve((tilePixels) => 1 / tilePixels);
  }

  /** Percent, 0..100; not a number before a pixel was added. */
  auc(): number {
    return areaUnder(this.curve());
  }

  /** Percent, 0..100; not a number before a pixel was added. */
  aucRebalanced(): number {
    return areaUnder(this.rebalancedCurve());
  }

  /**
   * Pixels whose true colour lies in some tiles, and their AuC with each of them counting alike.
   * @param isCounted Asked of the middle of each tile, ab units.
   * @returns percent, 0..100; not a number where there is no such pixel
   */
  ofTiles(isCounted: (a: number, b: number) => boolean): { pixels: number; auc: number } {
    const middle = (index: number) => AB_MIN + (index + 0.5) * TILE;
    const counted = new ColourAccuracy();
    for (let tile = 0; tile < TILES_A_SIDE * TILES_A_SIDE; tile++) {
      if (!isCounted(middle(Math.floor(tile / TILES_A_SIDE)), middle(tile % TILES_A_SIDE))) continue;
      const row = this.counts.subarray(tile * COLUMNS, (tile + 1) * COLUMNS);
      counted.counts.set(row, tile * COLUMNS);
      counted.pixels += row.reduce((sum, count) => sum + count, 0);
    }
    return { pixels: counted.pixels, auc: counted.auc() };
  }

  private meanCurve(weightOf: (tilePixels: number) => number): Float64Array {
    const curve = new Float64Array(FARTHEST + 1);
    let total = 0;
    for (let from = 0; from < this.counts.length; from += COLUMNS) {
      const row = this.counts.subarray(from, from + COLUMNS);
      const tilePixels = row.reduce((sum, count) => sum + count, 0);
      if (tilePixels === 0) continue;
      const weight = weightOf(tilePixels);
      total += weight * tilePixels;
      for (let t = 0, within = 0; t <= FARTHEST; t++) curve[t] += weight * (within += row[t]);
    }
    return curve.map((share) => share / total);
  }
}

/** Tile of a true colour. Neutral gray gets no rule of its own here: the measure is the published one, to the letter. */
function tileOf(a: number, b: number): number {
  const row = Math.floor((a - AB_MIN) / TILE);
  const column = Math.floor((b - AB_MIN) / TILE);
  return row * TILES_A_SIDE + column;
}

/** Area under a curve of 151 shares by the trapezoid rule, in percent of the whole. */
function areaUnder(curve: Float64Array): number {
  const ends = (curve[0] + curve[FARTHEST]) / 2;
  return (100 * (curve.reduce((sum, share) => sum + share, 0) - ends)) / FARTHEST;
}

/** Identical pictures, and any that are nearer to it, count as this many dB. */
const HIGHEST_PSNR = 100;

/**
 * Peak signal-to-noise ratio of two pictures of one size, in dB, at most 100.
 * @param truth,predicted 8-bit sRGB samples
 */
export function peakSignalToNoise(truth: Uint8Array, predicted: Uint8Array): number {
  let squares = 0;
  for (let i = 0; i < truth.length; i++) {
    const difference = truth[i] - predicted[i];
    squares += difference * difference;
  }
  return Math.min(HIGHEST_PSNR, 10 * Math.log10((255 * 255 * truth.length) / squares));
}

/**
 * How vivid predicted colours are beside the true ones: mean chroma over mean chroma, where both are means over the same
 * pixels. 1 as vivid as the truth, below timid, above bold; it says nothing of whether the hues are right.
 * @param chroma,trueChroma ab units, the true one above 0
 */
export function vividness(chroma: number, trueChroma: number): number {
  return chroma / trueChroma;
}

/** Sum of the chroma (distance from neutral in ab units) of some pixels. */
export function chromaSum({ a, b }: AbPlanes): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.sqrt(a[i] * a[i] + b[i] * b[i]);
  return sum;
}
