/** A photograph as the numbers that a graph takes. */
import type { PICTURE_SCALES } from '../../../shared/contract/kinds/graph-running.js';
import { lightnessOf } from '../../../shared/colour/lab.js';
import { UserError } from '../errors.js';
import { TYPE } from '../graph-files/data-types.js';
import { sharp } from '../photos/codec.js';
import { decodePhoto, type EightBitPixels } from '../photos/decode.js';
import { PhotoFault } from '../photos/fault.js';
import type { Shape } from '../graph/index.js';
import type { NumberArray } from './npy.js';

/** What the numbers of a picture mean. */
export type PictureScale = (typeof PICTURE_SCALES)[number];

export interface PictureInput {
  name: string;
  type: number;
  /** As far as the graph tells. */
  shape: Shape | undefined;
  /** Sides have to be multiples of this. */
  multiple: number;
  scale?: PictureScale;
}

/** Longest side that is fed where the graph takes any. */
const LONGEST = 1024;

/** @returns [1, height, width, channels], or without the first axis where the graph takes none. @throws UserError */
export async function pictureFeed(path: string, input: PictureInput): Promise<NumberArray> {
  const { height, width, channels, rank } = pictureShape(input);
  const pixels = await decodePhoto(path, { maxSide: LONGEST }).catch((error: unknown) => {
    throw error instanceof PhotoFault ? new UserError(`${path}: ${error.reason}`, { cause: error }) : error;
  });
  const fitted = await resized(pixels, sideOf(width, pixels.width, input.multiple), sideOf(height, pixels.height, input.multiple));
  const values = numbersOf(fitted, channels, input.scale ?? usualScale(input));
  const shape = [fitted.height, fitted.width, channels];
  return { shape: rank === 4 ? [1, ...shape] : rank === 3 ? shape : shape.slice(0, 2), values };
}

function usualScale({ name, type }: PictureInput): PictureScale {
  if (/(^|[_/])lightness$/.test(name)) return 'lightness';
  return type === TYPE.uint8 || type === TYPE.int32 ? '0..255' : '0..1';
}

function pictureShape({ name, shape }: PictureInput): { height: number | null; width: number | null; channels: 1 | 3; rank: number } {
  const sizes = shape === undefined ? [null, null, null, null] : shape;
  const [height, width, depth] = sizes.length === 4 ? sizes.slice(1) : sizes.length === 3 ? sizes : [...sizes, 1];
  const channels = depth ?? 3;
  const single = sizes.length === 4 ? sizes[0] === null || sizes[0] === 1 : true;
  if (![2, 3, 4].includes(sizes.length) || (channels !== 1 && channels !== 3) || !single) {
    throw new UserError(`${name} takes ${JSON.stringify(sizes)}, which is no single picture of one or three channels. Feed an .npy file.`);
  }
  return { height, width, channels, rank: sizes.length };
}

function sideOf(wanted: number | null, own: number, multiple: number): number {
  return wanted ?? Math.max(multiple, Math.floor(own / multiple) * multiple);
}

async function resized({ data, width, height }: EightBitPixels, toWidth: number, toHeight: number): Promise<EightBitPixels> {
  if (width === toWidth && height === toHeight) return { data, width, height, channels: 3, depth: 8 };
  const picture = sharp(data, { raw: { width, height, channels: 3 } }).resize(toWidth, toHeight, { fit: 'fill' });
  return { data: await picture.raw().toBuffer(), width: toWidth, height: toHeight, channels: 3, depth: 8 };
}

function numbersOf({ data }: EightBitPixels, channels: 1 | 3, scale: PictureScale): Float32Array {
  if (scale === 'lightness') {
    if (channels !== 1) throw new UserError('Lightness is one channel, and the input takes three. Choose another scale.', { option: '--scale 0..1' });
    return lightnessOf(data);
  }
  const bytes = channels === 3 ? Float32Array.from(data) : grays(data);
  if (scale === '0..255') return bytes;
  return bytes.map((value) => (scale === '0..1' ? value / 255 : value / 127.5 - 1));
}

/** Luma of Rec. 601, as photograph programs turn colour into gray. */
function grays(rgb: Uint8Array): Float32Array {
  return Float32Array.from({ length: rgb.length / 3 }, (_, i) => 0.299 * rgb[3 * i] + 0.587 * rgb[3 * i + 1] + 0.114 * rgb[3 * i + 2]);
}
