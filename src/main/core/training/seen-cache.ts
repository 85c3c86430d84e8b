/**
 * Photographs at the size that they are seen at, kept on disk from one training to the next: raw pixels, the very same as decoding gives. A cache:
 * what goes wrong with it costs time, never a photograph.
 */
import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { FACTS_VERSION } from '../photos/content-facts.js';
import { PictureCache } from '../photos/picture-cache.js';
import type { Size } from './patch-plan.js';

export class SeenCache {
  private readonly files: PictureCache | undefined;

  /** @param bound Bytes on disk; 0 keeps nothing. */
  constructor(bound: number) {
    this.files = bound > 0 ? new PictureCache('seen', bound, '.rgb') : undefined;
  }

  /**
   * Pixels of a file at a size. They are kept by content, and by length and time of the file, too: one that is gone or has been changed is read, and so noticed.
   * @param file Its path, and the SHA-256 that it should have, hex
   * @param decode Called where they are not here; its errors are passed on.
   * @returns sRGB, Uint8Array [height, width, 3]
   */
  async pixels({ path: photograph, contentId }: { path: string; contentId: string }, { width, height }: Size, decode: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const facts = this.files && (await stat(photograph).catch(() => undefined));
    if (this.files === undefined || facts === undefined) return decode();
    const id = createHash('sha256').update(`${FACTS_VERSION} ${contentId} ${facts.size} ${facts.mtimeMs} ${width}x${height}`).digest('hex');
    let decoded: Uint8Array | undefined;
    try {
      const path = await this.files.get(id, async () => (decoded = await decode()));
      return decoded ?? (await wholeFile(path, width * height * 3)) ?? (await decode());
    } catch (error) {
      // Of a full disk, say: the pixels are there all the same.
      if (decoded !== undefined) return decoded;
      throw error;
    }
  }
}

/** What a file holds; undefined, and the file gone, where that is not as much as it should be. */
async function wholeFile(path: string, bytes: number): Promise<Uint8Array | undefined> {
  const held = await readFile(path).catch(() => undefined);
  if (held?.length === bytes) return held;
  await rm(path, { force: true }).catch(() => undefined);
  return undefined;
}
