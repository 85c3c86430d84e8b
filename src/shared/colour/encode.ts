/**
 * From the chromaticity of a pixel to bins: one bin (hard), or shares of several (soft), as the target of training.
 */
import { AB_CELLS, AB_MIN, cellIndex } from './cells.js';
import type { BinSet } from './bins.js';

export type Encoding =
  /** The whole share on one bin. */
  | { kind: 'hard' }
  /** The nearest bins, weighed by a Gaussian of their distance in ab units: 5 and sigma 5 in Zhang et al. 2016. */
  | { kind: 'soft'; neighbours: number; sigma: number }
  /**
   * A kernel of size x size tiles around the own tile, 5 in the post, that falls off as the square root of the normal distribution's
   * mass over each tile. The tiles' centres span +-sigma standard deviations: 2 in the post, which makes a tile one deviation wide.
   */
  | { kind: 'kernel'; size: number; sigma: number };

/** No point of a cell lies farther than this from its centre. */
const CELL_REACH = Math.SQRT1_2;
type Indices = Int32Array | Uint16Array | number[];
type Shares = Float32Array | Float64Array | number[];

/**
 * Encodes chromaticities for one set of bins. What depends on the cell only is worked out when a cell is first met and kept,
 * so that a picture costs a few nanoseconds a pixel. Values outside [-110, 110) count as the nearest cell's.
 */
export class BinEncoder {
  /** Most bins that one pixel can have a share of: room that `softBins` needs in its arrays. */
  readonly support: number;
  private readonly hardOfCell = new Int16Array(AB_CELLS * AB_CELLS).fill(-1);
  /** Bins that can be among the nearest of some point of a cell. */
  private readonly candidates = new Map<number, Uint16Array>();
  private readonly kernels = new Map<number, KernelShares>();
  private readonly distances: Float64Array;

  /** @throws {RangeError} when a number of the encoding makes no sense */
  constructor(
    readonly bins: BinSet,
    readonly encoding: Encoding,
  ) {
    checkEncoding(encoding);
    this.support = Math.min(bins.Q, supportOf(encoding));
    this.distances = new Float64Array(this.support);
  }

  /** The bin of a colour: its own tile's, or, where that is no bin, the one whose colour is nearest to the centre of the colour's ab cell. */
  hardBin(a: number, b: number): number {
    const row = cellIndex(a);
    const column = cellIndex(b);
    const cell = row * AB_CELLS + column;
    const known = this.hardOfCell[cell];
    return known >= 0 ? known : (this.hardOfCell[cell] = this.findHardBin(row, column));
  }

  /**
   * Shares of a colour, sum 1.
   * @param outIndex,outShare filled from `offset` on with `support` entries; unused ones get bin 0 with share 0
   * @returns how many bins have a share
   */
  softBins(a: number, b: number, outIndex: Indices, outShare: Shares, offset = 0): number {
    const used = this.writeShares(a, b, outIndex, outShare, offset);
    for (let k = offset + used; k < offset + this.support; k++) {
      outIndex[k] = 0;
      outShare[k] = 0;
    }
    return used;
  }

  private writeShares(a: number, b: number, outIndex: Indices, outShare: Shares, offset: number): number {
    switch (this.encoding.kind) {
      case 'hard':
        outIndex[offset] = this.hardBin(a, b);
        outShare[offset] = 1;
        return 1;
      case 'soft':
        return this.writeNearest(a, b, this.encoding.sigma, outIndex, outShare, offset);
      case 'kernel':
        return this.writeKernel(this.hardBin(a, b), this.encoding, outIndex, outShare, offset);
    }
  }

  private findHardBin(row: number, column: number): number {
    const { window, side, binOfTile } = this.bins;
    const own = binOfTile[Math.floor(row / window) * side + Math.floor(column / window)];
    return own >= 0 ? own : this.nearestBin(row + AB_MIN + 0.5, column + AB_MIN + 0.5);
  }

  private nearestBin(a: number, b: number): number {
    let best = 0;
    for (let q = 1; q < this.bins.Q; q++) {
      if (this.distance2(q, a, b) < this.distance2(best, a, b)) best = q;
    }
    return best;
  }

  /** Squared distance in ab units from a bin's colour. */
  private distance2(q: number, a: number, b: number): number {
    const da = this.bins.a[q] - a;
    const db = this.bins.b[q] - b;
    return da * da + db * db;
  }

  private writeNearest(a: number, b: number, sigma: number, outIndex: Indices, outShare: Shares, offset: number): number {
    const K = this.support;
    const near = this.distances.fill(Infinity);
    const candidates = this.candidatesOf(cellIndex(a), cellIndex(b));
    for (let c = 0; c < candidates.length; c++) {
      const q = candidates[c];
      const d = this.distance2(q, a, b);
      let k = K - 1;
      if (d >= near[k]) continue;
      for (; k > 0 && d < near[k - 1]; k--) {
        near[k] = near[k - 1];
        outIndex[offset + k] = outIndex[offset + k - 1];
      }
      near[k] = d;
      outIndex[offset + k] = q;
    }
    this.writeGaussianShares(near, sigma, outShare, offset);
    return K;
  }

  /** Shares of squared distances, nearest first. Relative to the nearest, so that far colours do not end in 0 / 0. */
  private writeGaussianShares(distances2: Float64Array, sigma: number, outShare: Shares, offset: number): void {
    const scale = -1 / (2 * sigma * sigma);
    const nearest = distances2[0];
    let sum = 0;
    for (let k = 0; k < distances2.length; k++) {
      const share = Math.exp((distances2[k] - nearest) * scale);
      distances2[k] = share;
      sum += share;
    }
    for (let k = 0; k < distances2.length; k++) outShare[offset + k] = distances2[k] / sum;
  }

  /** By the triangle inequality a bin farther from the centre than the K-th nearest plus twice the cell's reach is never among the K nearest. */
  private candidatesOf(row: number, column: number): Uint16Array {
    const cell = row * AB_CELLS + column;
    const known = this.candidates.get(cell);
    if (known) return known;
    const a = row + AB_MIN + 0.5;
    const b = column + AB_MIN + 0.5;
    const distances = Float64Array.from({ length: this.bins.Q }, (_, q) => Math.sqrt(this.distance2(q, a, b)));
    const limit = distances.slice().sort()[this.support - 1] + 2 * CELL_REACH;
    const found = Uint16Array.from(distances.keys()).filter((q) => distances[q] <= limit);
    this.candidates.set(cell, found);
    return found;
  }

  private writeKernel(centre: number, kernel: KernelEncoding, outIndex: Indices, outShare: Shares, offset: number): number {
    let shares = this.kernels.get(centre);
    if (!shares) this.kernels.set(centre, (shares = kernelShares(this.bins, centre, kernel)));
    for (let k = 0; k < shares.bins.length; k++) {
      outIndex[offset + k] = shares.bins[k];
      outShare[offset + k] = shares.shares[k];
    }
    return shares.bins.length;
  }
}

type KernelEncoding = Extract<Encoding, { kind: 'kernel' }>;

interface KernelShares {
  bins: Uint16Array;
  shares: Float32Array;
}

/** The kernel laid over the centre bin's tile, kept on tiles that are bins and normalized again. */
function kernelShares(bins: BinSet, centre: number, { size, sigma }: KernelEncoding): KernelShares {
  const { side, binOfTile, tiles } = bins;
  const profile = kernelProfile(size, sigma);
  const reach = profile.length - 1;
  const row = Math.floor(tiles[centre] / side);
  const column = tiles[centre] % side;
  const found: number[] = [];
  const weights: number[] = [];
  for (let r = Math.max(0, row - reach); r <= Math.min(side - 1, row + reach); r++) {
    for (let c = Math.max(0, column - reach); c <= Math.min(side - 1, column + reach); c++) {
      const q = binOfTile[r * side + c];
      if (q < 0) continue;
      found.push(q);
      weights.push(profile[Math.abs(r - row)] * profile[Math.abs(c - column)]);
    }
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { bins: Uint16Array.from(found), shares: Float32Array.from(weights, (weight) => weight / sum) };
}

/** Weight at 0, 1 .. (size - 1) / 2 tiles from the middle of the post's kernel along one axis. */
function kernelProfile(size: number, sigma: number): number[] {
  const tile = (2 * sigma + 1) / size;
  return Array.from({ length: (size + 1) / 2 }, (_, d) => Math.sqrt(normalMass((d - 0.5) * tile, (d + 0.5) * tile)));
}

/** Mass of the standard normal distribution between two points, by Simpson's rule in 32 parts; its scale cancels, so it is left out. */
function normalMass(from: number, to: number): number {
  const parts = 32;
  const step = (to - from) / parts;
  let sum = 0;
  for (let k = 0; k <= parts; k++) {
    const x = from + k * step;
    const factor = k === 0 || k === parts ? 1 : k % 2 === 1 ? 4 : 2;
    sum += factor * Math.exp((-x * x) / 2);
  }
  return (sum * step) / 3;
}

function supportOf(encoding: Encoding): number {
  switch (encoding.kind) {
    case 'hard':
      return 1;
    case 'soft':
      return encoding.neighbours;
    case 'kernel':
      return encoding.size ** 2;
  }
}

function checkEncoding(encoding: Encoding): void {
  if (encoding.kind === 'hard') return;
  if (!(encoding.sigma > 0 && encoding.sigma < Infinity)) throw new RangeError(`sigma must be above 0, not ${encoding.sigma}`);
  if (encoding.kind === 'soft' && !(Number.isInteger(encoding.neighbours) && encoding.neighbours >= 1)) {
    throw new RangeError(`neighbours must be a whole number of at least 1, not ${encoding.neighbours}`);
  }
  if (encoding.kind === 'kernel' && !(Number.isInteger(encoding.size) && encoding.size % 2 === 1 && encoding.size >= 1)) {
    throw new RangeError(`the kernel's size must be an odd whole number of tiles, not ${encoding.size}`);
  }
}
