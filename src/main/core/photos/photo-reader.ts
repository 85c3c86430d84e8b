/**
 * Finds out what one file after another is, several at a time, within a bound of memory.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { stampOf, type FileStamp } from '../statistics/file-stamp.js';
import type { ContentCache } from '../statistics/content-cache.js';
import { contentIdOf } from './content-id.js';
import { findOut, type ContentFacts, type Findings } from './content-facts.js';
import { PhotoFault } from './fault.js';
import { Gate } from '../gate.js';
import { readHeader } from './header.js';
import type { LookAtPixels } from './pixel-facts.js';
import { unusable } from './unusable.js';
import { unreadable, withWholeFile } from './whole-file.js';
import type { WalkItem } from './walk.js';

/** What became known of one item of a walk. */
export interface Sighting extends Findings {
  path: string;
  /** Absent where the file could not be read. */
  file?: SeenFile;
}

interface SeenFile {
  bytes: number;
  mtimeMs: number;
  /** SHA-256 of the file's bytes, hex. */
  contentId: string;
}

/** Bytes of files held at a time. */
const HELD_FILES = 64 * 2 ** 20;
/** Bytes that decoding may take at a time: two photographs of 24 megapixels, hundreds of small ones. */
const HELD_PIXELS = 160 * 2 ** 20;

export class PhotoReader {
  private readonly files = new Gate(HELD_FILES);
  private readonly pixels = new Gate(HELD_PIXELS);

  constructor(
    private readonly folder: string,
    private readonly cache: ContentCache<ContentFacts>,
    private readonly lookAtPixels: LookAtPixels,
    private readonly signal: AbortSignal,
  ) {}

  /** Never throws because of the file: a fault becomes its fate. */
  async look({ path, excluded }: WalkItem): Promise<Sighting> {
    if (excluded) return { path, ...unusable(excluded) };
    try {
      return { path, ...(await this.open(join(this.folder, path))) };
    } catch (error) {
      const fault = unreadable(error);
      if (fault instanceof PhotoFault) return { path, ...unusable(fault) };
      throw fault;
    }
  }

  private async open(path: string): Promise<Findings & { file: SeenFile }> {
    const takenMs = Date.now();
    const stats = await stat(path, { bigint: true });
    const stamp = stampOf(stats, takenMs);
    const known = this.cache.contentIdAt(path, stamp);
    const remembered = known === undefined ? undefined : this.recall(known);
    const { contentId, findings } = remembered ? { contentId: known!, findings: remembered } : await this.read(path, stamp);
    return { ...findings, file: { bytes: Number(stats.size), mtimeMs: Number(stats.mtimeNs / 1000n) / 1000, contentId } };
  }

  private recall(contentId: string): Findings | undefined {
    const facts = this.cache.facts(contentId);
    if (facts === undefined || !facts.usable) return facts && { facts };
    const counts = this.cache.counts(contentId);
    return counts && { facts, counts };
  }

  private read(path: string, stamp: FileStamp): Promise<{ contentId: string; findings: Findings }> {
    return withWholeFile(path, this.files, async (bytes) => {
      const contentId = contentIdOf(bytes);
      const findings = this.recall(contentId) ?? (await this.findOut(bytes, contentId));
      this.cache.rememberPath(path, stamp, contentId);
      return { contentId, findings };
    }, this.signal);
  }

  private async findOut(bytes: Uint8Array, contentId: string): Promise<Findings> {
    const findings = await this.decode(bytes).catch((error: unknown) => {
      if (error instanceof PhotoFault && error.fate !== 'unreadable') return unusable(error);
      throw error;
    });
    this.cache.put(contentId, findings.facts, findings.counts);
    return findings;
  }

  private async decode(bytes: Uint8Array): Promise<Findings> {
    const header = await readHeader(bytes);
    const leave = await this.pixels.enter(header.width * header.height * header.bytesPerPixel);
    try {
      this.signal.throwIfAborted();
      return await findOut(bytes, header, this.lookAtPixels);
    } finally {
      leave();
    }
  }
}
