/** Pictures of photographs for a window, made once a content and kept in the cache folder. */
import { Gate } from '../gate.js';
import { sharp, withCodec } from './codec.js';
import { contentIdOf } from './content-id.js';
import { decodePixels, type EightBitPixels } from './decode.js';
import { readHeader } from './header.js';
import { PictureCache } from './picture-cache.js';
import { withWholeFile } from './whole-file.js';

/** Pixels a side: sharp on a screen of two device pixels to a point. */
const SIDE = 256;
/** Decoded somewhat larger than needed: the reduction to the square is the last one. */
const DECODED_SIDE = 640;
const QUALITY = 78;
/** Longest side of a large view, in pixels: a screen's. */
const VIEW_SIDE = 2048;
const VIEW_QUALITY = 90;

/** Bytes that files, and the decoding of them, may take at a time: a page asks for a hundred pictures at once, and any of them may be a huge one. */
const files = new Gate(128 * 2 ** 20);
const pixels = new Gate(384 * 2 ** 20);

/** About 60,000 thumbnails of photographs. */
const thumbnails = new PictureCache('thumbnails', 512 * 2 ** 20);
const views = new PictureCache('views', 256 * 2 ** 20);

/**
 * The middle square of a photograph.
 * @param path Absolute path of the photograph.
 * @param contentId SHA-256 of its bytes: the same content has the same thumbnail wherever it lies.
 * @returns Absolute path of a WebP file.
 * @throws PhotoFault when the photograph cannot be decoded any more.
 */
export function thumbnailOf(path: string, contentId: string): Promise<string> {
  return thumbnails.get(contentId, () => withWholeFile(path, files, square));
}

/** The same of a file whose content is not known. */
export function thumbnailOfFile(path: string): Promise<string> {
  return withWholeFile(path, files, (bytes) => thumbnails.get(contentIdOf(bytes), () => square(bytes)));
}

/** A photograph as a window shows it large: whole, upright, at most 2048 pixels a side. As `thumbnailOf` otherwise. */
export function viewOf(path: string, contentId: string): Promise<string> {
  return views.get(contentId, () => withWholeFile(path, files, async (bytes) => {
    const view = await decoded(bytes, VIEW_SIDE);
    return withCodec(() => pictureOf(view).webp({ quality: VIEW_QUALITY, effort: 2 }).toBuffer());
  }));
}

async function square(bytes: Uint8Array): Promise<Uint8Array> {
  const photo = await decoded(bytes, DECODED_SIDE);
  return withCodec(() => pictureOf(photo).resize({ width: SIDE, height: SIDE, fit: 'cover' }).webp({ quality: QUALITY, effort: 2 }).toBuffer());
}

async function decoded(bytes: Uint8Array, maxSide: number): Promise<EightBitPixels> {
  const header = await readHeader(bytes);
  const leave = await pixels.enter(header.width * header.height * header.bytesPerPixel);
  return decodePixels(bytes, header, { maxSide, depth: 8 }).finally(leave);
}

function pictureOf({ data, width, height, channels }: EightBitPixels) {
  return sharp(data, { raw: { width, height, channels } });
}
