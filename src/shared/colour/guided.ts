/**
 * Coarse colour brought to full size along the edges of the full-size lightness: a guided filter whose coefficients are
 * worked out on the coarse grid and enlarged (He & Sun 2015, "Fast Guided Filter"), with three additions:
 * - where lightness is even it explains no colour, and the plain filter would only blur; there what it leaves unexplained
 *   is kept (`EVEN`), so that colours are blurred towards edges only;
 * - the guide is held within the range that the coefficients were fitted on, so that a glint does not get wild colours;
 * - so is the colour, which otherwise swings beyond both sides of a strong edge: a fringe, a hundred pixels wide in a large picture.
 */

/** Cells on either side over which colour is fitted to lightness. */
const RADIUS = 2;
/** Variance of lightness (squared units of L) below which the fit leans to a constant colour: the filter's epsilon. */
const EPSILON = 10;
/** Variance of lightness at which half of what the fit leaves unexplained is kept. */
const EVEN = 100;

/** What a network says of a picture. Planes are Float32Array [height * width], row by row. */
export interface CoarseColour {
  /** Cells. */
  width: number;
  height: number;
  /** Mean lightness of the cells, 0..100. */
  L: Float32Array;
  a: Float32Array;
  b: Float32Array;
}

/** The full-size picture above the cells: its size, and how many cells it spans (the last cell may be cut). */
export interface FullSize {
  width: number;
  height: number;
  cellsAcross: number;
  cellsDown: number;
}

/** Coefficients a cell: a = gain L + offset, the same for b; the range of L they hold for, and those that a and b stay in. */
const GAIN_A = 0;
const OFFSET_A = 1;
const GAIN_B = 2;
const OFFSET_B = 3;
const LOWEST_L = 4;
const HIGHEST_L = 5;
const LOWEST_A = 6;
const HIGHEST_A = 7;
const LOWEST_B = 8;
const HIGHEST_B = 9;
const COEFFICIENTS = 10;

/** Colour of a picture at full size, row by row, so that a picture of any size needs no plane of its own. */
export class GuidedColour {
  /** Float32Array [cells, 10] */
  private readonly coefficients: Float32Array;
  /** Coefficients between the cells at the height of one row. Float32Array [cells across, 10] */
  private readonly between: Float32Array;
  private readonly across: Interpolation;
  private readonly down: Interpolation;

  constructor(coarse: CoarseColour, full: FullSize) {
    this.coefficients = fitColour(coarse);
    this.between = new Float32Array(coarse.width * COEFFICIENTS);
    this.across = interpolation(full.width, full.cellsAcross, coarse.width);
    this.down = interpolation(full.height, full.cellsDown, coarse.height);
  }

  /**
   * Colour of one row of the full-size picture.
   * @param L lightness of its pixels, 0..100
   * @param outA,outB filled; Float32Array [full width] as L
   */
  row(y: number, L: Float32Array, outA: Float32Array, outB: Float32Array): void {
    this.interpolateDown(y);
    const c = this.between;
    const { cell, next, part } = this.across;
    const at = (index: number, p: number, q: number, t: number) => c[p + index] + (c[q + index] - c[p + index]) * t;
    for (let x = 0; x < L.length; x++) {
      const p = cell[x] * COEFFICIENTS;
      const q = next[x] * COEFFICIENTS;
      const t = part[x];
      const guide = within(L[x], at(LOWEST_L, p, q, t), at(HIGHEST_L, p, q, t));
      const a = at(GAIN_A, p, q, t) * guide + at(OFFSET_A, p, q, t);
      const b = at(GAIN_B, p, q, t) * guide + at(OFFSET_B, p, q, t);
      outA[x] = within(a, at(LOWEST_A, p, q, t), at(HIGHEST_A, p, q, t));
      outB[x] = within(b, at(LOWEST_B, p, q, t), at(HIGHEST_B, p, q, t));
    }
  }

  private interpolateDown(y: number): void {
    const length = this.between.length;
    const from = this.down.cell[y] * length;
    const to = this.down.next[y] * length;
    const t = this.down.part[y];
    for (let k = 0; k < length; k++) {
      const here = this.coefficients[from + k];
      this.between[k] = here + (this.coefficients[to + k] - here) * t;
    }
  }
}

function within(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/** For each pixel along a side: its value is cell + (next - cell) * part. */
interface Interpolation {
  cell: Uint32Array;
  next: Uint32Array;
  part: Float32Array;
}

/** @param pixels,cells length of the side in both; `cells` may be fractional @param available whole cells there are */
function interpolation(pixels: number, cells: number, available: number): Interpolation {
  const result = { cell: new Uint32Array(pixels), next: new Uint32Array(pixels), part: new Float32Array(pixels) };
  for (let x = 0; x < pixels; x++) {
    const centre = ((x + 0.5) * cells) / pixels - 0.5;
    const position = Math.min(Math.max(centre, 0), available - 1);
    result.cell[x] = Math.floor(position);
    result.next[x] = Math.min(result.cell[x] + 1, available - 1);
    result.part[x] = position - result.cell[x];
  }
  return result;
}

/** Coefficients of each cell. Float32Array [cells, 10] */
function fitColour(coarse: CoarseColour): Float32Array {
  const { width, height, L } = coarse;
  const mean = (plane: Float32Array, radius = RADIUS) => boxMean(plane, width, height, radius);
  const meanL = mean(L);
  const variance = covariance(mean, L, meanL, L, meanL);
  const nearVariance = covariance((plane) => mean(plane, 1), L, mean(L, 1), L, mean(L, 1));
  const coefficients = new Float32Array(width * height * COEFFICIENTS);
  for (const [plane, gainAt, offsetAt] of [[coarse.a, GAIN_A, OFFSET_A], [coarse.b, GAIN_B, OFFSET_B]] as const) {
    const meanColour = mean(plane);
    const gains = covariance(mean, L, meanL, plane, meanColour).map((shared, i) => shared / (variance[i] + EPSILON));
    const offsets = meanColour.map((colour, i) => colour - gains[i] * meanL[i]);
    const gain = mean(gains);
    const offset = mean(offsets);
    for (let i = 0; i < plane.length; i++) {
      const unexplained = plane[i] - (gain[i] * L[i] + offset[i]);
      const kept = EVEN / (EVEN + nearVariance[i]);
      coefficients[i * COEFFICIENTS + gainAt] = gain[i];
      coefficients[i * COEFFICIENTS + offsetAt] = offset[i] + kept * unexplained;
    }
  }
  writeRange(coarse, L, coefficients, LOWEST_L);
  writeRange(coarse, coarse.a, coefficients, LOWEST_A);
  writeRange(coarse, coarse.b, coefficients, LOWEST_B);
  return coefficients;
}

type Mean = (plane: Float32Array) => Float32Array;

/** Covariance of two planes over the window of `mean`; not below 0 where both are the same plane. */
function covariance(mean: Mean, x: Float32Array, meanX: Float32Array, y: Float32Array, meanY: Float32Array): Float32Array {
  const products = mean(x.map((value, i) => value * y[i]));
  return products.map((product, i) => (x === y ? Math.max(0, product - meanX[i] * meanY[i]) : product - meanX[i] * meanY[i]));
}

/** Mean over the (2 radius + 1)^2 window around each cell, cut at the border: two passes of running sums. */
function boxMean(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const rows = new Float32Array(plane.length);
  const out = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) runningMean(plane, rows, y * width, 1, width, radius);
  for (let x = 0; x < width; x++) runningMean(rows, out, x, width, height, radius);
  return out;
}

function runningMean(from: Float32Array, to: Float32Array, start: number, step: number, length: number, radius: number): void {
  let sum = 0;
  let count = 0;
  for (let k = -radius; k < length; k++) {
    const entering = k + radius;
    const leaving = k - radius - 1;
    if (entering < length) {
      sum += from[start + entering * step];
      count++;
    }
    if (leaving >= 0) {
      sum -= from[start + leaving * step];
      count--;
    }
    if (k >= 0) to[start + k * step] = sum / count;
  }
}

/** Lowest and highest value of a cell and its eight neighbours, written at `lowest` and behind it. */
function writeRange({ width, height }: CoarseColour, plane: Float32Array, coefficients: Float32Array, lowest: number): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let low = Infinity;
      let high = -Infinity;
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          low = Math.min(low, plane[v * width + u]);
          high = Math.max(high, plane[v * width + u]);
        }
      }
      const cell = (y * width + x) * COEFFICIENTS;
      coefficients[cell + lowest] = low;
      coefficients[cell + lowest + 1] = high;
    }
  }
}
