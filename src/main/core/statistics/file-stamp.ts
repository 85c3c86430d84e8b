/**
 * What tells, without reading a file, that it has not changed.
 */
import type { BigIntStats } from 'node:fs';

/** Nanoseconds since 1970 and whole numbers, as `stat(path, { bigint: true })` gives them. */
export interface FileStamp {
  size: bigint;
  mtimeNs: bigint;
  /** Time of the last change to content or attributes; programs that set a file's mtime back cannot set this one. */
  ctimeNs: bigint;
  ino: bigint;
  /** When the stamp was taken, by this machine's clock. */
  takenNs: bigint;
}

/**
 * File clocks tick as coarsely as 2 s (FAT). A file that changed less than this before its stamp was taken could
 * change again without its times moving on, so that such a stamp proves nothing (git calls these entries racy).
 */
const CLOCK_TICK_NS = 2_000_000_000n;

/** Stamp of a file. @param takenMs `Date.now()` from just before the `stat` call, and that before the file is read */
export function stampOf(stats: Pick<BigIntStats, 'size' | 'mtimeNs' | 'ctimeNs' | 'ino'>, takenMs: number): FileStamp {
  return {
    size: stats.size,
    mtimeNs: stats.mtimeNs,
    ctimeNs: stats.ctimeNs,
    ino: stats.ino,
    takenNs: BigInt(Math.floor(takenMs)) * 1_000_000n,
  };
}

/** Whether a later stamp equal to this one proves that the file is the same. */
export function isProof(stamp: FileStamp): boolean {
  const changed = stamp.mtimeNs > stamp.ctimeNs ? stamp.mtimeNs : stamp.ctimeNs;
  return changed + CLOCK_TICK_NS <= stamp.takenNs;
}

const STAMP_BYTES = 32;

/** Size, times and inode as 32 bytes: equal for equal stamps, whenever they were taken. */
export function stampBytes(stamp: FileStamp): Buffer {
  const bytes = Buffer.alloc(STAMP_BYTES);
  bytes.writeBigUInt64LE(stamp.size, 0);
  bytes.writeBigInt64LE(stamp.mtimeNs, 8);
  bytes.writeBigInt64LE(stamp.ctimeNs, 16);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, stamp.ino), 24);
  return bytes;
}
