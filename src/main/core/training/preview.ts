/** Pictures of the same held-out photographs as training goes on: a row each, gray, colorized and true side by side. */
import { writeFittedRgb } from '../../../shared/colour/gamut.js';
import { lightnessOf } from '../../../shared/colour/lab.js';
import { PREVIEW_COLUMNS, PREVIEW_GAP } from '../../../shared/run/preview-sheet.js';
import { sharp } from '../photos/codec.js';
import type { Network } from '../runs/network.js';
import type { BatchSource } from './batch-source.js';
import { planesOf } from './validation.js';

/** Networks that learn from small windows are shown more of a picture than that. */
const SMALLEST_SIDE = 96;

export class PreviewPainter {
  /** Side of a picture, in pixels. */
  private readonly side: number;
  private squares: Uint8Array[] | undefined;

  /** @param patch Side of the training pieces. @param shortest Shortest side of the validation photographs as they are seen. */
  constructor(
    private readonly network: Network,
    private readonly source: BatchSource,
    { patch, shortest }: { patch: number; shortest: number },
    private readonly photos: number,
  ) {
    const { border, multiple } = network.graph;
    const side = Math.min(shortest, Math.max(patch + 2 * border, border > 0 ? SMALLEST_SIDE : 0));
    this.side = Math.floor((side - 2 * border) / multiple) * multiple;
  }

  /** The pictures as they stand now, as PNG; undefined where there are none to show. */
  async paint(temperature: number): Promise<Uint8Array | undefined> {
    const { border } = this.network.graph;
    this.squares ??= this.photos === 0 ? [] : await this.source.squares(0, this.photos, this.side + 2 * border);
    if (this.squares.length === 0) return undefined;
    const sheet = new Sheet(this.side, this.squares.length);
    this.squares.forEach((square, row) => this.paintRow(sheet, row, square, temperature));
    return sheet.png();
  }

  private paintRow(sheet: Sheet, row: number, square: Uint8Array, temperature: number): void {
    const { border } = this.network.graph;
    const whole = this.side + 2 * border;
    const lightness = lightnessOf(square);
    const { ab, width } = this.network.decode({ count: 1, height: whole, width: whole, lightness }, temperature);
    const inner = { L: cutPlane(lightness, whole, border, this.side), ...enlarged(planesOf(ab), width, this.side) };
    const flat = new Float32Array(inner.L.length);
    const painted = [{ L: inner.L, a: flat, b: flat }, inner].map((planes) => {
      const rgb = new Uint8Array(planes.L.length * 3);
      writeFittedRgb(planes, rgb);
      return rgb;
    });
    [...painted, cutPixels(square, whole, border, this.side)].forEach((rgb, column) => sheet.place(row, column, rgb));
  }
}

/** A sheet of square pictures with a white gap between them. */
class Sheet {
  private readonly width: number;
  private readonly height: number;
  private readonly rgb: Uint8Array;

  constructor(private readonly side: number, rows: number) {
    this.width = PREVIEW_COLUMNS.length * (side + PREVIEW_GAP) - PREVIEW_GAP;
    this.height = rows * (side + PREVIEW_GAP) - PREVIEW_GAP;
    this.rgb = new Uint8Array(this.width * this.height * 3).fill(255);
  }

  /** @param rgb Uint8Array [side, side, 3] */
  place(row: number, column: number, rgb: Uint8Array): void {
    const [top, left] = [row, column].map((index) => index * (this.side + PREVIEW_GAP));
    for (let y = 0; y < this.side; y++) {
      this.rgb.set(rgb.subarray(y * this.side * 3, (y + 1) * this.side * 3), ((top + y) * this.width + left) * 3);
    }
  }

  png(): Promise<Uint8Array> {
    return sharp(this.rgb, { raw: { width: this.width, height: this.height, channels: 3 } }).png().toBuffer();
  }
}

function cutPlane(plane: Float32Array, whole: number, border: number, side: number): Float32Array {
  if (border === 0) return plane;
  return Float32Array.from({ length: side * side }, (_, i) => plane[(border + Math.floor(i / side)) * whole + border + (i % side)]);
}

function cutPixels(rgb: Uint8Array, whole: number, border: number, side: number): Uint8Array {
  if (border === 0) return rgb;
  const cut = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const from = ((border + y) * whole + border) * 3;
    cut.set(rgb.subarray(from, from + side * 3), y * side * 3);
  }
  return cut;
}

/** Brings square planes to a larger side, bilinear between the centres of cells. */
function enlarged({ a, b }: { a: Float32Array; b: Float32Array }, from: number, to: number): { a: Float32Array; b: Float32Array } {
  if (from === to) return { a, b };
  const at = Array.from({ length: to }, (_, i) => Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1));
  return { a: enlargedPlane(a, from, at), b: enlargedPlane(b, from, at) };
}

/** @param at Where each row (and column) of the result lies in the plane. */
function enlargedPlane(plane: Float32Array, from: number, at: readonly number[]): Float32Array {
  const out = new Float32Array(at.length ** 2);
  at.forEach((y, row) => {
    const top = Math.min(Math.floor(y), from - 2);
    at.forEach((x, column) => {
      const left = Math.min(Math.floor(x), from - 2);
      const corner = top * from + left;
      const upper = plane[corner] + (plane[corner + 1] - plane[corner]) * (x - left);
      const lower = plane[corner + from] + (plane[corner + from + 1] - plane[corner + from]) * (x - left);
      out[row * at.length + column] = upper + (lower - upper) * (y - top);
    });
  });
  return out;
}
