/** A photograph three times side by side: gray, colorized, true. What an evaluation shows of it. */
import type { Sharp } from 'sharp';
import { sharp, withCodec } from '../photos/codec.js';
import type { EightBitPixels } from '../photos/decode.js';

/** Sides of a picture of the strip, in pixels, at most. */
const MOST = { width: 300, height: 200 };
/** Clear pixels between two pictures. */
const GAP = 4;
const QUALITY = 88;

export interface StripPictures {
  gray: EightBitPixels;
  colorized: EightBitPixels;
  truth: EightBitPixels;
}

/** @returns WebP; the pictures are equal in size, with clear pixels between them. */
export async function stripOf({ gray, colorized, truth }: StripPictures): Promise<Uint8Array> {
  const pictures = await Promise.all([gray, colorized, truth].map(reduced));
  const { width, height } = pictures[0].info;
  const size = { width: 3 * width + 2 * GAP, height };
  const placed = pictures.map(({ data, info: { channels } }, index) => ({ input: data, raw: { width, height, channels }, left: index * (width + GAP), top: 0 }));
  const sheet = () => sharp({ create: { ...size, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).composite(placed);
  return withCodec(() => sheet().webp({ quality: QUALITY, smartSubsample: true }).toBuffer());
}

function reduced(pixels: EightBitPixels) {
  return withCodec(() => pictureOf(pixels).resize({ ...MOST, fit: 'inside', withoutEnlargement: true }).raw().toBuffer({ resolveWithObject: true }));
}

function pictureOf({ data, width, height, channels }: EightBitPixels): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}
