/** Gray, colorized and true side by side, for several photographs: the result of a training at a glance. */
import { chartPng } from '../charts/render.js';
import { paintEvenly } from '../colorizing/painted-picture.js';
import { sharp } from '../photos/codec.js';
import { decodePhoto, type EightBitPixels } from '../photos/decode.js';

/** A photograph and what a network made of its lightness. */
export interface Comparison {
  /** Paths of the two files. */
  photograph: string;
  colorized: string;
  /** A line below them: title, author, licence. */
  caption: string;
}

/** Side of a picture, in pixels; all of them are brought to it. */
const SIDE = 256;
const GAP = 6;
const BLOCKS_ACROSS = 2;
const BETWEEN_BLOCKS = 30;
const MARGIN = 24;
const HEADER = 40;
const CAPTION = 34;
const COLUMNS = ['Gray', 'Colorized', 'Photograph'];

const BLOCK_WIDTH = COLUMNS.length * SIDE + (COLUMNS.length - 1) * GAP;
const BLOCK_HEIGHT = SIDE + CAPTION;

/**
 * Draws the sheet.
 * @returns PNG
 */
export async function contactSheet(comparisons: readonly Comparison[]): Promise<Uint8Array> {
  const background = await chartPng(backgroundSvg(comparisons));
  const tiles = await Promise.all(comparisons.map((comparison, index) => tilesOf(comparison, placeOf(index))));
  return sharp(background).composite(tiles.flat()).png().toBuffer();
}

interface Place {
  left: number;
  top: number;
}

/** Top left of a block. */
function placeOf(index: number): Place {
  const [row, column] = [Math.floor(index / BLOCKS_ACROSS), index % BLOCKS_ACROSS];
  return { left: MARGIN + column * (BLOCK_WIDTH + BETWEEN_BLOCKS), top: MARGIN + HEADER + row * BLOCK_HEIGHT };
}

async function tilesOf({ photograph, colorized }: Comparison, { left, top }: Place) {
  const truth = await decodePhoto(photograph);
  const pictures = [await paintEvenly(truth, 0, 0), await decodePhoto(colorized), truth];
  const tiles = await Promise.all(pictures.map(squared));
  return tiles.map((input, column) => ({ input, left: left + column * (SIDE + GAP), top }));
}

function squared({ data, width, height }: EightBitPixels): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } }).resize(SIDE, SIDE, { fit: 'cover' }).png().toBuffer();
}

/** All but the pictures. Charts are drawn at two pixels a unit, and so is this. */
function backgroundSvg(comparisons: readonly Comparison[]): string {
  const rows = Math.ceil(comparisons.length / BLOCKS_ACROSS);
  const across = Math.min(BLOCKS_ACROSS, comparisons.length);
  const width = 2 * MARGIN + across * BLOCK_WIDTH + (across - 1) * BETWEEN_BLOCKS;
  const height = 2 * MARGIN + HEADER + rows * BLOCK_HEIGHT;
  const headers = comparisons.slice(0, BLOCKS_ACROSS).flatMap((_, index) => headerOf(placeOf(index)));
  const captions = comparisons.map(({ caption }, index) => captionOf(caption, placeOf(index)));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width / 2}" height="${height / 2}" viewBox="0 0 ${width} ${height}" font-family="Source Sans 3">
    <rect width="100%" height="100%" fill="#ffffff"/>${headers.join('')}${captions.join('')}</svg>`;
}

function headerOf({ left, top }: Place): string[] {
  return COLUMNS.map((title, column) => `<text x="${left + column * (SIDE + GAP)}" y="${top - 14}" font-size="26" font-weight="600" fill="#222222">${title}</text>`);
}

function captionOf(caption: string, { left, top }: Place): string {
  return `<text x="${left}" y="${top + SIDE + 21}" font-size="17" fill="#555555">${escaped(caption)}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
