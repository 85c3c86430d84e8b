/**
 * What was found out about photographs, kept between runs of the program and outside the user's folders: facts and
 * colour counts by content, and which content a path had when it was last looked at.
 *
 * It is a cache and behaves like one: whatever goes wrong with it is told in a note and costs time, never a result.
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { ZodType } from 'zod';
import type { ColourCounts } from '../../../shared/colour/histogram.js';
import { cacheFolder } from '../paths.js';
import { openCacheFile, reasonOf, removeCacheFile, sealCacheFile, type CacheTables } from './cache-file.js';
import { readCounts, writeCounts } from './counts-record.js';
import { evictOldest, today } from './eviction.js';
import { isProof, stampBytes, type FileStamp } from './file-stamp.js';

export interface ContentCacheOptions<T> {
  /** Raise it whenever the same file would now give other facts or counts: entries of other versions are not seen. */
  version: number;
  /** What the facts look like; entries that do not fit are dropped. */
  facts: ZodType<T>;
  /** Told, in a sentence, what went wrong. */
  note?: (message: string) => void;
  /** Where the file lies. */
  path?: string;
  /** Bytes that entries may take in all before the longest unused go. */
  bound?: number;
}

/** 1 GiB: about 150,000 photographs of 256 x 256 pixels. */
const CACHE_BOUND = 2 ** 30;
/** New entries after which the bound is looked at again. */
const EVICTION_INTERVAL = 4096;
const CONTENT_ID_BYTES = 32;
const CHECKSUM_BYTES = 4;

/** Place of the cache file. */
export function statisticsCachePath(): string {
  return join(cacheFolder(), 'statistics', 'photographs.mdb');
}

/** @typeParam T facts of one content, as plain data */
export class ContentCache<T> {
  private tables: CacheTables | undefined;
  private readonly path: string;
  private readonly bound: number;
  private readonly note: (message: string) => void;
  private untilEviction = EVICTION_INTERVAL;
  /** Records on their way to the file: a reader of this process sees them at once. */
  private readonly pending = new Map<string, Buffer>();

  constructor(private readonly options: ContentCacheOptions<T>) {
    this.path = options.path ?? statisticsCachePath();
    this.bound = options.bound ?? CACHE_BOUND;
    this.note = options.note ?? (() => {});
    this.attempt('opened', () => {
      mkdirSync(dirname(this.path), { recursive: true });
      this.tables = openCacheFile(this.path, this.note);
      this.evict(this.tables);
    });
  }

  /**
   * Content of a file that was seen before and has not changed since, without reading it.
   * @param path absolute
   * @param stamp the file's stamp as it is now
   * @returns content id, or undefined when only reading the file can tell
   */
  contentIdAt(path: string, stamp: FileStamp): string | undefined {
    return this.attempt('read', ({ paths }) => {
      const entry = paths.get(pathKey(path));
      if (!entry || entry.length !== 2 * CONTENT_ID_BYTES) return undefined;
      const known = stampBytes(stamp);
      return known.equals(entry.subarray(0, known.length)) ? entry.toString('hex', known.length) : undefined;
    });
  }

  /**
   * Remembers, from the next flush on, which content a path has. A stamp that would not prove anything later is not kept.
   * @param stamp taken before the file was read
   * @param contentId SHA-256 of the file's bytes, hex
   */
  rememberPath(path: string, stamp: FileStamp, contentId: string): void {
    this.attempt('written', ({ paths }) => {
      const key = pathKey(path);
      if (isProof(stamp)) this.whenWritten(paths.put(key, Buffer.concat([stampBytes(stamp), Buffer.from(contentId, 'hex')])));
      else this.whenWritten(paths.remove(key));
    });
  }

  /** Facts of a content, or undefined when they are not here. */
  facts(contentId: string): T | undefined {
    return this.entry(contentId, (record) => {
      const end = 4 + record.readUInt32LE(0);
      return this.options.facts.parse(JSON.parse(record.toString('utf8', 4, end)));
    });
  }

  /** Colour counts of a content, or undefined when they are not here: the very numbers that were put. */
  counts(contentId: string): ColourCounts | undefined {
    return this.entry(contentId, (record) => {
      const start = 4 + record.readUInt32LE(0);
      return start < record.length ? readCounts(record.subarray(start)) : undefined;
    });
  }

  /** Keeps what is known of a content. @param counts absent where the content is no photograph to count */
  put(contentId: string, facts: T, counts?: ColourCounts): void {
    this.attempt('written', (tables) => {
      const key = this.contentKey(contentId);
      const record = recordOf(facts, counts);
      this.pending.set(contentId, record);
      const forget = (): boolean => this.pending.delete(contentId);
      this.whenWritten(tables.contents.put(key, record).then(forget));
      this.whenWritten(tables.uses.put(key, useOf(record.length)));
      if (--this.untilEviction > 0) return;
      this.untilEviction = EVICTION_INTERVAL;
      this.evict(tables);
    });
  }

  /** Resolves when everything put so far can be read by other processes. */
  async flush(): Promise<void> {
    try {
      await this.tables?.root.committed;
    } catch (error) {
      this.abandon('written', await causeOf(error));
    }
  }

  /** Writes what is pending and lets go of the file; afterwards nothing is found and nothing is kept. */
  async close(): Promise<void> {
    await this.flush();
    const tables = this.tables;
    this.tables = undefined;
    if (!tables) return;
    await tables.root.close();
    sealCacheFile(this.path);
  }

  /** Reads an entry with a checksum; one that is damaged is dropped and counts as not there. */
  private entry<R>(contentId: string, read: (record: Buffer) => R): R | undefined {
    return this.attempt('read', (tables) => {
      const key = this.contentKey(contentId);
      const stored = this.pending.get(contentId) ?? tables.contents.get(key);
      if (!stored) return undefined;
      try {
        const result = read(checkedRecord(stored));
        this.markUsed(tables, key, stored.length);
        return result;
      } catch {
        this.whenWritten(tables.contents.remove(key));
        return undefined;
      }
    });
  }

  /** Days are fine enough to tell old entries from new, and an entry is written at most once a day for it. */
  private markUsed({ uses }: CacheTables, key: Buffer, bytes: number): void {
    if (uses.get(key)?.readUInt32LE(0) !== today()) this.whenWritten(uses.put(key, useOf(bytes)));
  }

  private evict(tables: CacheTables): void {
    for (const written of evictOldest(tables, this.bound)) this.whenWritten(written);
  }

  private contentKey(contentId: string): Buffer {
    const key = Buffer.alloc(2 + CONTENT_ID_BYTES);
    key.writeUInt16BE(this.options.version, 0);
    key.write(contentId, 2, 'hex');
    return key;
  }

  private attempt<R>(what: 'opened' | 'read' | 'written', action: (tables: CacheTables) => R): R | undefined {
    if (!this.tables && what !== 'opened') return undefined;
    try {
      return action(this.tables as CacheTables);
    } catch (error) {
      this.abandon(what, error);
      return undefined;
    }
  }

  private whenWritten(written: Promise<unknown>): void {
    written.catch(async (error: unknown) => this.abandon('written', await causeOf(error)));
  }

  /** Goes on without a cache. The file may be damaged deep inside: it is removed, so that the next start has a new one. */
  private abandon(what: 'opened' | 'read' | 'written', error: unknown): void {
    const tables = this.tables;
    if (!tables && what !== 'opened') return;
    this.tables = undefined;
    this.note(`The cache of colour statistics could not be ${what} (${reasonOf(error)}); going on without it: ${this.path}`);
    void tables?.root.close().catch(() => {});
    if (what !== 'opened') removeCacheFile(this.path);
  }
}

/** Why a write failed. LMDB tells the cause of a failed commit in a promise of its own, which has to be listened to. */
async function causeOf(error: unknown): Promise<unknown> {
  const { commitError } = error as { commitError?: Promise<unknown> };
  return commitError === undefined ? error : commitError.then(() => error, (cause: unknown) => cause);
}

function pathKey(path: string): Buffer {
  return createHash('sha256').update(path).digest();
}

function useOf(bytes: number): Buffer {
  const use = Buffer.alloc(8);
  use.writeUInt32LE(today(), 0);
  use.writeUInt32LE(bytes, 4);
  return use;
}

/** Checksum, length of the facts, the facts as JSON, the counts. */
function recordOf(facts: unknown, counts?: ColourCounts): Buffer {
  const json = Buffer.from(JSON.stringify(facts));
  const record = Buffer.concat([
    Buffer.alloc(CHECKSUM_BYTES + 4),
    json,
    ...(counts ? [writeCounts(counts)] : []),
  ]);
  record.writeUInt32LE(json.length, CHECKSUM_BYTES);
  record.writeUInt32LE(crc32(record.subarray(CHECKSUM_BYTES)), 0);
  return record;
}

/** The record without its checksum. @throws {RangeError} when they do not fit */
function checkedRecord(stored: Buffer): Buffer {
  const record = stored.subarray(CHECKSUM_BYTES);
  if (stored.length < CHECKSUM_BYTES + 4 || stored.readUInt32LE(0) !== crc32(record)) {
    throw new RangeError('the entry is damaged');
  }
  return record;
}

