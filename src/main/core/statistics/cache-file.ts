/**
 * The LMDB file behind the statistics cache: opened, or thrown away where it is damaged. Several processes may have it open.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { open, type Database, type RootDatabase } from 'lmdb';

type Bytes = Database<Buffer, Buffer>;

const TABLES = ['contents', 'uses', 'paths'] as const;

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
    if (!isThere(path) || (isWhole(path) && (isSealed(path) || canBeRead(path)))) return openTables(path);
    note(`The cache of colour statistics was damaged and starts anew: ${path}`);
  } catch (error) {
    note(`The cache of colour statistics could not be opened (${reasonOf(error)}) and starts anew: ${path}`);
  }
  removeCacheFile(path);
  return openTables(path);
}

/** Removes the file. A process that still has it open goes on with what it has. */
export function removeCacheFile(path: string): void {
  for (const part of [path, `${path}-lock`, sealOf(path)]) rmSync(part, { recursive: true, force: true });
}

/** Notes the file's state after it was closed in order: as long as it stays like this, it need not be looked through before use. */
export function sealCacheFile(path: string): void {
  try {
    writeFileSync(sealOf(path), stateOf(path));
  } catch {
    // Without a seal (on a full disk, say) the next start looks the file through: slower, and right.
  }
}

/** Message of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function openTables(path: string): CacheTables {
  // Each commit is on the disk before it counts, so that a power cut leaves a whole file; it happens beside this thread, and what
  // is put meanwhile goes into the next commit together.
  const root = open({ path, maxDbs: 4, overlappingSync: false });
  const table = (name: string): Bytes => root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
  const [contents, uses, paths] = TABLES.map(table);
  return { root, contents, uses, paths };
}

function sealOf(path: string): string {
  return `${path}-seal`;
}

function stateOf(path: string): string {
  const { size, mtimeNs } = statSync(path, { bigint: true });
  return `${size} ${mtimeNs}`;
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isSealed(path: string): boolean {
  return isThere(sealOf(path)) && readFileSync(sealOf(path), 'utf8') === stateOf(path);
}

/** Reads every entry and writes once. */
const LOOK_THROUGH = `
const [, lmdb, path, ...names] = process.argv;
const root = require(lmdb).open({ path, maxDbs: 4, overlappingSync: false });
const tables = names.map((name) => root.openDB({ name, encoding: 'binary', keyEncoding: 'binary' }));
for (const table of tables) for (const { value } of table.getRange({})) value.length;
const probe = Buffer.from('probe');
for (const table of tables) table.putSync(probe, Buffer.alloc(10000));
for (const table of tables) table.removeSync(probe);
root.close();
`;
const LONGEST_LOOK_MS = 60_000;

/**
 * Whether a file that somebody may have changed, or that was in use when its process was killed, can be read from end to end.
 * LMDB trusts its pages: a damaged one may end the process that reads it, so another process does.
 */
function canBeRead(path: string): boolean {
  const lmdb = createRequire(import.meta.url).resolve('lmdb');
  const look = spawnSync(process.execPath, ['-e', LOOK_THROUGH, lmdb, path, ...TABLES], { timeout: LONGEST_LOOK_MS, stdio: 'ignore' });
  return look.status === 0;
}

/** LMDB's file header: two meta pages, each with a magic number, the page size, the number of the last page and of the transaction. */
const META = { magic: 24, pageSize: 48, lastPage: 144, transaction: 152, bytes: 160 };
const MAGIC = 0xbeefc0de;

/**
 * Whether the file is LMDB's and as long as it says: LMDB maps it into memory, and a page beyond the file's end would
 * end the process instead of throwing.
 */
function isWhole(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const first = metaPage(file, 0);
    const second = first && metaPage(file, first.pageSize);
    if (!first || !second) return false;
    const newest = second.transaction > first.transaction ? second : first;
    return (newest.lastPage + 1n) * BigInt(newest.pageSize) <= BigInt(fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

function metaPage(file: number, at: number): { pageSize: number; lastPage: bigint; transaction: bigint } | undefined {
  const page = Buffer.alloc(META.bytes);
  if (readSync(file, page, 0, META.bytes, at) < META.bytes || page.readUInt32LE(META.magic) !== MAGIC) return undefined;
  return {
    pageSize: page.readUInt32LE(META.pageSize),
    lastPage: page.readBigUInt64LE(META.lastPage),
    transaction: page.readBigUInt64LE(META.transaction),
  };
}
