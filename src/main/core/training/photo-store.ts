/** Decoded photographs at the size they are seen at, as many of them in memory as fit. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import { Gate } from '../gate.js';
import { sharp, withCodec } from '../photos/codec.js';
import { demandContent } from '../photos/content-id.js';
import { decodePhoto } from '../photos/decode.js';
import { withWholeFile } from '../photos/whole-file.js';
import type { Size } from './patch-plan.js';
import { SeenCache } from './seen-cache.js';

export interface SeenPhoto extends Size {
  /** sRGB, three bytes a pixel. Uint8Array [height, width, 3] */
  rgb: Uint8Array;
}

export interface StoredPhoto {
  /** Relative to the folder. */
  path: string;
  /** SHA-256 of the file that the run was begun with, hex. */
  contentId: string;
  /** Size it is seen at. */
  seen: Size;
}

/** Bytes of files held at a time: a batch asks for all its photographs at once, and each may be a large one. */
const HELD_FILES = 64 * 2 ** 20;

/** The photographs' folder is not there any more: training cannot go on. */
export class FolderGone extends UserError {
  constructor(folder: string) {
    super(`The folder of photographs ${folder} is gone. Bring it back, then resume the run: it goes on where it stopped.`);
  }
}

export class PhotoStore {
  /** By index, least recently used first. */
  private readonly kept = new Map<number, Promise<SeenPhoto>>();
  private bytes = 0;
  private readonly files = new Gate(HELD_FILES);

  /** @param limit Bytes of decoded photographs that may be kept in memory. @param cache Where more of them lie. */
  constructor(
    private readonly folder: string,
    private readonly photos: readonly StoredPhoto[],
    private readonly limit: number,
    private readonly cache = new SeenCache(0),
  ) {}

  /**
   * A photograph's pixels.
   * @throws FolderGone. @throws PhotoFault when this one cannot be read, or is another one than at the start of the run.
   */
  get(index: number): Promise<SeenPhoto> {
    const known = this.kept.get(index);
    if (known !== undefined) {
      this.kept.delete(index);
      this.kept.set(index, known);
      return known;
    }
    const decoding = this.decode(this.photos[index]);
    this.keep(index, decoding);
    return decoding;
  }

  /** Bytes of the photographs that are kept now. */
  get keptBytes(): number {
    return this.bytes;
  }

  private keep(index: number, decoding: Promise<SeenPhoto>): void {
    this.kept.set(index, decoding);
    this.bytes += this.bytesOf(index);
    decoding.catch(() => this.forget(index));
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= this.limit || oldest === index) break;
      this.forget(oldest);
    }
  }

  private forget(index: number): void {
    if (this.kept.delete(index)) this.bytes -= this.bytesOf(index);
  }

  private bytesOf(index: number): number {
    const { width, height } = this.photos[index].seen;
    return width * height * 3;
  }

  private async decode({ path, contentId, seen }: StoredPhoto): Promise<SeenPhoto> {
    try {
      const file = join(this.folder, path);
      const rgb = await this.cache.pixels({ path: file, contentId }, seen, () => withWholeFile(file, this.files, async (bytes) => {
        demandContent(bytes, contentId);
        return fitted(await decodePhoto(bytes, { maxSide: Math.max(seen.width, seen.height) }), seen);
      }));
      return { ...seen, rgb };
    } catch (error) {
      await stat(this.folder).catch(() => {
        throw new FolderGone(this.folder);
      });
      throw error;
    }
  }
}

/** Rounding and small photographs: what is not of the size yet is brought to it. */
async function fitted(pixels: Size & { data: Uint8Array }, { width, height }: Size): Promise<Uint8Array> {
  if (pixels.width === width && pixels.height === height) return pixels.data;
  const raw = { width: pixels.width, height: pixels.height, channels: 3 as const };
  return withCodec(() => sharp(pixels.data, { raw }).resize(width, height, { fit: 'fill' }).raw().toBuffer());
}
