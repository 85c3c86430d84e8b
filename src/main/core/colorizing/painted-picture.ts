/**
 * Lays colours over a picture: its own lightness at full size, the network's ab brought up along the edges, chroma fitted into sRGB.
 */
import { GuidedColour, type CoarseColour } from '../../../shared/colour/guided.js';
import { writeFittedRgb } from '../../../shared/colour/gamut.js';
import { lightnessOf } from '../../../shared/colour/lab.js';
import type { EightBitPixels, Pixels } from '../photos/decode.js';
import type { SeenPicture } from './seen-picture.js';

/** Pixels painted before other work of the process gets its turn. */
const PIXELS_A_TURN = 2 ** 20;

/**
 * @param pixels the picture, gray or coloured, whose lightness is kept
 * @param seen the size at which the network saw it
 * @param coarse the network's answer
 * @param stride pixels of `seen` a side of a cell
 * @returns a new picture of the same size and depth
 */
export async function paintPicture<P extends Pixels>(
  pixels: P,
  seen: Pick<SeenPicture, 'width' | 'height'>,
  coarse: CoarseColour,
  stride: number,
): Promise<P> {
  const { width, height } = pixels;
  const colour = new GuidedColour(coarse, { width, height, cellsAcross: seen.width / stride, cellsDown: seen.height / stride });
  return paintRows(pixels, (y, row) => colour.row(y, row.L, row.a, row.b));
}

/** The picture with one colour all over, as far as sRGB has it at each lightness. */
export function paintEvenly(pixels: EightBitPixels, a: number, b: number): Promise<EightBitPixels> {
  return paintRows(pixels, (_, row) => {
    row.a.fill(a);
    row.b.fill(b);
  });
}

/** One row of a picture: L is given, a and b are to be filled. Float32Array [width] each. */
export interface PaintedRow {
  L: Float32Array;
  a: Float32Array;
  b: Float32Array;
}

/** Repaints a picture row by row, top to bottom. @param colourRow fills a and b of a row */
export async function paintRows<P extends Pixels>(pixels: P, colourRow: (y: number, row: PaintedRow) => void): Promise<P> {
  const { width, height, data } = pixels;
  const painted = data instanceof Uint16Array ? new Uint16Array(data.length) : new Uint8Array(data.length);
  const row: PaintedRow = { L: new Float32Array(width), a: new Float32Array(width), b: new Float32Array(width) };
  const rowsATurn = Math.max(1, Math.floor(PIXELS_A_TURN / width));
  for (let y = 0; y < height; y++) {
    if (y % rowsATurn === rowsATurn - 1) await new Promise(setImmediate);
    lightnessOf(data.subarray(y * width * 3, (y + 1) * width * 3), row.L);
    colourRow(y, row);
    writeFittedRgb(row, painted, y * width);
  }
  return { ...pixels, data: painted };
}
