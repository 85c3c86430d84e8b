/** Small pictures of photographs, made once a content and kept in the cache folder. */
import { createHash } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFileWhole } from '../files.js';
import { cacheFolder } from '../paths.js';
import { sharp } from './codec.js';
import { decodePhoto } from './decode.js';
import { readWhole } from './whole-file.js';

/** Pixels a side: sharp on a screen of two device pixels to a point. */
const SIDE = 256;
/** Decoded somewhat larger than needed: the reduction to the square is the last one. */
const DECODED_SIDE = 640;
const QUALITY = 78;

/**
 * The middle square of a photograph.
 * @param path Absolute path of the photograph.
 * @param contentId SHA-256 of its bytes: the same content has the same thumbnail wherever it lies.
 * @returns Absolute path of a WebP file.
 * @throws PhotoFault when the photograph cannot be decoded any more.
 */
export function thumbnailOf(path: string, contentId: string): Promise<string> {
  return madeOnce(contentId, path);
}

/** The same of a photograph whose content is not known yet. */
export async function thumbnailOfFile(path: string): Promise<string> {
  const { bytes } = await readWhole(path);
  return madeOnce(createHash('sha256').update(bytes).digest('hex'), bytes);
}

/** @param photo Path of a file, or its bytes. */
async function madeOnce(contentId: string, photo: string | Uint8Array): Promise<string> {
  const place = thumbnailPath(contentId);
  if (await isThere(place)) return place;
  const { data, width, height, channels } = await decodePhoto(photo, { maxSide: DECODED_SIDE });
  const picture = sharp(data, { raw: { width, height, channels } }).resize({ width: SIDE, height: SIDE, fit: 'cover' });
  await mkdir(dirname(place), { recursive: true });
  await writeFileWhole(place, await picture.webp({ quality: QUALITY, effort: 2 }).toBuffer());
  return place;
}

function thumbnailPath(contentId: string): string {
  return join(cacheFolder(), 'thumbnails', contentId.slice(0, 2), `${contentId}.webp`);
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}
