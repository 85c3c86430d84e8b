/**
 * Keeps the statistics cache bounded: the contents that were not asked for longest go first.
 */
import type { CacheTables } from './cache-file.js';

const DAY_MS = 86_400_000;
/** Share of the bound that an eviction leaves filled, so that the next one is some time off. */
const KEPT_SHARE = 0.75;
/** Paths remembered at most; beyond, all are forgotten and found again by content. */
const MOST_PATHS = 1_000_000;

/** Days since 1970. */
export function today(): number {
  return Math.floor(Date.now() / DAY_MS);
}

/**
 * Removes the longest unused contents when they take more than `bound` bytes, and all paths when there are too many of them.
 * @returns the removals, which settle when they are written
 */
export function evictOldest(tables: CacheTables, bound: number): Promise<unknown>[] {
  const removals: Promise<unknown>[] = entryCount(tables.paths) > MOST_PATHS ? [tables.paths.clearAsync()] : [];
  const taken = bytesOf(tables.contents);
  if (taken <= bound) return removals;
  const entries = entriesByUse(tables);
  let toRemove = entries.reduce((sum, entry) => sum + entry.bytes, 0) * (1 - (KEPT_SHARE * bound) / taken);
  for (const { key, bytes } of entries) {
    if (toRemove <= 0) break;
    removals.push(tables.contents.remove(key), tables.uses.remove(key));
    toRemove -= bytes;
  }
  return removals;
}

interface Entry {
  key: Buffer;
  day: number;
  bytes: number;
}

/** Longest unused first. */
function entriesByUse({ uses }: CacheTables): Entry[] {
  const entries = Array.from(uses.getRange({}), ({ key, value }) => ({
    key,
    day: value.readUInt32LE(0),
    bytes: value.readUInt32LE(4),
  }));
  return entries.sort((x, y) => x.day - y.day);
}

interface Stats {
  pageSize: number;
  treeBranchPageCount: number;
  treeLeafPageCount: number;
  overflowPages: number;
  entryCount: number;
}

function statsOf(table: CacheTables['contents']): Stats {
  return table.getStats() as unknown as Stats;
}

function entryCount(table: CacheTables['contents']): number {
  return statsOf(table).entryCount;
}

function bytesOf(table: CacheTables['contents']): number {
  const { pageSize, treeBranchPageCount, treeLeafPageCount, overflowPages } = statsOf(table);
  return pageSize * (treeBranchPageCount + treeLeafPageCount + overflowPages);
}
