import type { EightBitPixels, Pixels } from './decode.js';

/** Pictures of fewer pixels than this are small: so many of them as are under way at a time fit into memory anyway, twice, too. */
export const SMALL_PIXELS = 2 ** 20;

/** The pixels in memory of their own, which can be handed over to a thread: a codec's cannot. */
export function copyToHandOver(pixels: EightBitPixels): EightBitPixels;
export function copyToHandOver(pixels: Pixels): Pixels;
export function copyToHandOver(pixels: Pixels): Pixels {
  return pixels.depth === 8 ? { ...pixels, data: new Uint8Array(pixels.data) } : { ...pixels, data: new Uint16Array(pixels.data) };
}
