/** Batches: from pieces of photographs to what a training step is fed. */
import type { BinEncoder } from '../../../shared/colour/encode.js';
import { labPlanes, type LabPlanes } from '../../../shared/colour/lab.js';
import type { Random } from '../../../shared/random.js';
import { changedLightness, type LightnessChange } from './changed-lightness.js';
import { drawHints } from './drawn-hints.js';
import { drawWear } from './drawn-wear.js';
import type { Patch, Size } from './patch-plan.js';
import type { SeenPhoto } from './photo-store.js';

/** Arrays of one batch of n pieces of side P, whose answer is a grid of side h. Fresh ones each time: TensorFlow reads them in place. */
export interface Batch {
  count: number;
  /** L 0..100. Float32Array [n, P, P] */
  lightness: Float32Array;
  /** a, b and mask; absent where none are drawn. Float32Array [n, P, P, 3] */
  hints?: Float32Array;
  /** Bins. Int32Array [n, h, h]; their shares: Float32Array [n, h, h, Q] */
  target: Int32Array | Float32Array;
  /** Float32Array [n, h, h] */
  weight: Float32Array;
  /** True colours of the grid, mean of the pixels of a cell. Float32Array [n, h, h] each */
  truth: { a: Float32Array; b: Float32Array };
}

/** How the network's answer lies on its input. */
export interface AnswerGrid {
  /** Side of the piece. */
  patch: number;
  /** Pixels lost on each side. */
  border: number;
  /** Pixels a side of a cell. */
  stride: number;
}

/** Cells a side of the answer. */
export function gridSide({ patch, border, stride }: AnswerGrid): number {
  return (patch - 2 * border) / stride;
}

/** Cuts a square out of a photograph. @returns Uint8Array [side, side, 3] */
export function cutSquare(photo: SeenPhoto, x: number, y: number, side: number, mirrored: boolean): Uint8Array {
  const square = new Uint8Array(side * side * 3);
  for (let row = 0; row < side; row++) {
    const from = ((y + row) * photo.width + x) * 3;
    square.set(photo.rgb.subarray(from, from + side * 3), row * side * 3);
  }
  return mirrored ? mirror(square, side) : square;
}

/** Cuts a piece out of a photograph and brings it to the size that it is shown at. @returns Uint8Array [side, side, 3] */
export function cutPiece(photo: SeenPhoto, patch: Omit<Patch, 'photo'>, side: number): Uint8Array {
  return resized(cutSquare(photo, patch.x, patch.y, patch.side, patch.mirrored), patch.side, side);
}

/** Bilinear; sides differ by little, so that nothing is lost between samples. @param square Uint8Array [from, from, 3] @returns Uint8Array [to, to, 3] */
function resized(square: Uint8Array, from: number, to: number): Uint8Array {
  if (from === to) return square;
  const out = new Uint8Array(to * to * 3);
  const places = Array.from({ length: to }, (_, k) => samplesOf(((k + 0.5) * from) / to - 0.5, from));
  for (const [row, down] of places.entries()) {
    for (const [column, across] of places.entries()) {
      const [topLeft, topRight] = [(down.first * from + across.first) * 3, (down.first * from + across.next) * 3];
      const [lowLeft, lowRight] = [(down.next * from + across.first) * 3, (down.next * from + across.next) * 3];
      for (let channel = 0, at = (row * to + column) * 3; channel < 3; channel++, at++) {
        const top = square[topLeft + channel] + (square[topRight + channel] - square[topLeft + channel]) * across.part;
        const low = square[lowLeft + channel] + (square[lowRight + channel] - square[lowLeft + channel]) * across.part;
        out[at] = Math.round(top + (low - top) * down.part);
      }
    }
  }
  return out;
}

/** The two samples around a place, and how far it is from the first to the next. */
function samplesOf(place: number, length: number): { first: number; next: number; part: number } {
  const within = Math.min(Math.max(place, 0), length - 1);
  const first = Math.floor(within);
  return { first, next: Math.min(first + 1, length - 1), part: within - first };
}

/** Cuts the middle square out of a photograph. */
export function cutMiddle(photo: SeenPhoto, side: number): Uint8Array {
  const { width, height }: Size = photo;
  return cutSquare(photo, Math.floor((width - side) / 2), Math.floor((height - side) / 2), side, false);
}

function mirror(square: Uint8Array, side: number): Uint8Array {
  for (let row = 0; row < side; row++) {
    for (let left = row * side * 3, right = left + (side - 1) * 3; left < right; left += 3, right -= 3) {
      for (let channel = 0; channel < 3; channel++) {
        const kept = square[left + channel];
        square[left + channel] = square[right + channel];
        square[right + channel] = kept;
      }
    }
  }
  return square;
}

/** What chance does to the pieces of a training; none of it where absent. */
export interface Chance {
  /** The random numbers that a piece's hints are drawn by. */
  hintsOf?(piece: number): Random;
  /** By how much a piece's lightness changes. */
  lightnessOf?(piece: number): LightnessChange;
  /** How pieces are worn: which share of them, and the random numbers of each. */
  wear?: { share: number; randomOf(piece: number): Random };
}

/** Makes batches for one set of bins. */
export class BatchMaker {
  private readonly indices: Int32Array;
  private readonly shares: Float32Array;

  /** @param weights Weight of each bin in the loss. Float32Array [Q] */
  constructor(
    private readonly encoder: BinEncoder,
    private readonly weights: Float32Array,
  ) {
    this.indices = new Int32Array(encoder.support);
    this.shares = new Float32Array(encoder.support);
  }

  /**
   * @param squares RGB pieces, each Uint8Array [patch, patch, 3]
   * @param chance What is drawn by lot; nothing where absent.
   */
  make(squares: readonly Uint8Array[], grid: AnswerGrid, { hintsOf, lightnessOf, wear }: Chance = {}): Batch {
    const { Q } = this.encoder.bins;
    const pixels = grid.patch ** 2;
    const cells = gridSide(grid) ** 2;
    const count = squares.length;
    const hard = this.encoder.encoding.kind === 'hard';
    const batch: Batch = {
      count,
      lightness: new Float32Array(count * pixels),
      ...(hintsOf === undefined ? {} : { hints: new Float32Array(3 * count * pixels) }),
      target: hard ? new Int32Array(count * cells) : new Float32Array(count * cells * Q),
      weight: new Float32Array(count * cells),
      truth: { a: new Float32Array(count * cells), b: new Float32Array(count * cells) },
    };
    const planes: LabPlanes = { L: new Float32Array(pixels), a: new Float32Array(pixels), b: new Float32Array(pixels) };
    squares.forEach((square, n) => {
      labPlanes(square, planes);
      if (wear !== undefined) drawWear(planes.L, grid.patch, wear.share, wear.randomOf(n));
      batch.lightness.set(lightnessOf === undefined ? planes.L : changedLightness(planes.L, lightnessOf(n)), n * pixels);
      if (batch.hints !== undefined && hintsOf !== undefined) drawHints(planes, grid.patch, hintsOf(n), batch.hints.subarray(3 * n * pixels));
      cellMeans(planes.a, grid, batch.truth.a, n * cells);
      cellMeans(planes.b, grid, batch.truth.b, n * cells);
    });
    this.encode(batch);
    return batch;
  }

  /** A cell weighs what its own bin does (the likeliest of its shares, Zhang et al. 2016, eq. 3). */
  private encode({ target, weight, truth }: Batch): void {
    for (let cell = 0; cell < weight.length; cell++) {
      const bin = this.encoder.hardBin(truth.a[cell], truth.b[cell]);
      weight[cell] = this.weights[bin];
      if (target instanceof Int32Array) target[cell] = bin;
      else this.writeShares(target, cell, truth.a[cell], truth.b[cell]);
    }
  }

  private writeShares(target: Float32Array, cell: number, a: number, b: number): void {
    const used = this.encoder.softBins(a, b, this.indices, this.shares);
    const start = cell * this.encoder.bins.Q;
    for (let k = 0; k < used; k++) target[start + this.indices[k]] += this.shares[k];
  }
}

/** Mean of a plane over the pixels of each cell, written from `offset` on. @param plane Float32Array [patch, patch] */
function cellMeans(plane: Float32Array, grid: AnswerGrid, out: Float32Array, offset: number): void {
  const { patch, border, stride } = grid;
  const side = gridSide(grid);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      let sum = 0;
      for (let dy = 0; dy < stride; dy++) {
        const start = (border + row * stride + dy) * patch + border + column * stride;
        for (let dx = 0; dx < stride; dx++) sum += plane[start + dx];
      }
      out[offset + row * side + column] = sum / (stride * stride);
    }
  }
}
