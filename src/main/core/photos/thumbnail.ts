/** Pictures of photographs for a window, made once a content and kept in the cache folder. */
import { createHash } from 'node:crypto';
import { sharp } from './codec.js';
import { decodePhoto } from './decode.js';
import { PictureCache } from './picture-cache.js';
import { readWhole } from './whole-file.js';

/** Pixels a side: sharp on a screen of two device pixels to a point. */
const SIDE = 256;
/** Decoded somewhat larger than needed: the reduction to the square is the last one. */
const DECODED_SIDE = 640;
const QUALITY = 78;
/** Longest side of a large view, in pixels: a screen's. */
const VIEW_SIDE = 2048;
const VIEW_QUALITY = 90;

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
  return thumbnails.get(contentId, () => square(path));
}

/** The same of a file whose content is not known. */
export async function thumbnailOfFile(path: string): Promise<string> {
  const { bytes } = await readWhole(path);
  return thumbnails.get(createHash('sha256').update(bytes).digest('hex'), () => square(bytes));
}

/** A photograph as a window shows it large: whole, upright, at most 2048 pixels a side. As `thumbnailOf` otherwise. */
export function viewOf(path: string, contentId: string): Promise<string> {
  return views.get(contentId, async () => {
    const { data, width, height, channels } = await decodePhoto(path, { maxSide: VIEW_SIDE });
    return sharp(data, { raw: { width, height, channels } }).webp({ quality: VIEW_QUALITY, effort: 2 }).toBuffer();
  });
}

async function square(photo: string | Uint8Array): Promise<Uint8Array> {
  const { data, width, height, channels } = await decodePhoto(photo, { maxSide: DECODED_SIDE });
  return sharp(data, { raw: { width, height, channels } }).resize({ width: SIDE, height: SIDE, fit: 'cover' }).webp({ quality: QUALITY, effort: 2 }).toBuffer();
}
