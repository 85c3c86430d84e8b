/**
 * The LMDB file behind the statistics cache: opened, or thrown away where it is damaged. Several processes may have it open.
 */
import { closeSync, fstatSync, openSync, readSync, rmSync } from 'node:fs';
import { open, type Database, type RootDatabase } from 'lmdb';

type Bytes = Database<Buffer, Buffer>;

/** Tables of the file; keys and values are bytes. */
export interface CacheTables {
  root: RootDatabase;
  /** Decode version and content id -> what is known of that content. */
  contents: Bytes;
  /** The same key -> the day it was last asked for and its size. */
  uses: Bytes;
  /** Digest of a path -> stamp of the file and its content id. */
  paths: Bytes;
}

/**
 * Opens the file and makes it where there is none.
 * @param note told in a sentence when a damaged file was thrown away
 * @throws what LMDB or the file system throws when not even a new file can be opened
 */
export function openCacheFile(path: string, note: (message: string) => void): CacheTables {
  try {
    if (isWhole(path)) return openTables(path);
    note(`The cache of colour statistics was damaged and starts anew: ${path}`);
  } catch (error) {
    note(`The cache of colour statistics could not be opened (${reasonOf(error)}) and starts anew: ${path}`);
  }
  removeCacheFile(path);
  return openTables(path);
}

/** Removes the file. A process that still has it open goes on with what it has. */
export function removeCacheFile(path: string): void {
  rmSync(path, { recursive: true, force: true });
  rmSync(`${path}-lock`, { recursive: true, force: true });
}

/** Message of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function openTables(path: string): CacheTables {
  // Losing the last entries to a power cut costs only their recounting, so nothing waits for the disk.
  const root = open({ path, maxDbs: 4, noSync: true });
  const table = (name: string): Bytes => root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
  return { root, contents: table('contents'), uses: table('uses'), paths: table('paths') };
}

/** LMDB's file header: two meta pages, each with a magic number, the page size, the number of the last page and of the transaction. */
const META = { magic: 24, pageSize: 48, lastPage: 144, transaction: 152, bytes: 160 };
const MAGIC = 0xbeefc0de;

/**
 * Whether the file is LMDB's and as long as it says: LMDB maps it into memory, and a page beyond the file's end would
 * end the process instead of throwing. A file that is not there is whole.
 */
function isWhole(path: string): boolean {
  const file = openIfThere(path);
  if (file === undefined) return true;
  try {
    const meta = Buffer.alloc(META.bytes);
    if (readSync(file, meta, 0, META.bytes, 0) < META.bytes || meta.readUInt32LE(META.magic) !== MAGIC) return false;
    const pageSize = meta.readUInt32LE(META.pageSize);
    const second = Buffer.alloc(META.bytes);
    if (readSync(file, second, 0, META.bytes, pageSize) < META.bytes || second.readUInt32LE(META.magic) !== MAGIC) return false;
    const newest = second.readBigUInt64LE(META.transaction) > meta.readBigUInt64LE(META.transaction) ? second : meta;
    return (newest.readBigUInt64LE(META.lastPage) + 1n) * BigInt(pageSize) <= BigInt(fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
