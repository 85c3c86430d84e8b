/**
 * A file of someone else's folder, read once and whole: what is hashed is what is decoded, even while it changes.
 */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { PhotoFault } from './fault.js';

/** Bytes a file may have: an uncompressed 16-bit picture of 85 million pixels. */
export const MAX_FILE_BYTES = 512 * 2 ** 20;

export interface WholeFile {
  bytes: Buffer;
  mtimeMs: number;
}

/**
 * @param path The file, links followed. It is opened for reading only, and never waited for: pipes and devices are refused.
 * @param admit Is told the size before memory is taken for it, and may wait until there is room.
 * @throws PhotoFault `unreadable`, `not-a-picture` or `too-large`.
 */
export async function readWhole(path: string, admit?: (bytes: number) => Promise<void>): Promise<WholeFile> {
  let file: FileHandle | undefined;
  try {
    // Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size, mtimeMs } = await regularFile(file);
    await admit?.(size);
    return { bytes: await readExactly(file, size), mtimeMs };
  } catch (error) {
    throw unreadable(error);
  } finally {
    await file?.close();
  }
}

/** Where bytes of memory are asked for, and given back by what is returned. */
export interface Room {
  enter(bytes: number): Promise<() => void>;
}

/**
 * Reads a file when there is room for it, and holds the room as long as something is done with it.
 * @throws PhotoFault as readWhole; what `work` throws; the signal's reason when stopped before it was read.
 */
export async function withWholeFile<R>(path: string, room: Room, work: (bytes: Buffer) => Promise<R>, signal?: AbortSignal): Promise<R> {
  let leave: (() => void) | undefined;
  try {
    const { bytes } = await readWhole(path, async (size) => {
      leave = await room.enter(size);
      signal?.throwIfAborted();
    });
    return await work(bytes);
  } finally {
    leave?.();
  }
}

async function regularFile(file: FileHandle): Promise<{ size: number; mtimeMs: number }> {
  const facts = await file.stat();
  if (facts.isDirectory()) throw new PhotoFault('folder', 'A folder, not a file.');
  if (!facts.isFile()) throw new PhotoFault('not-a-picture', 'Not a file with content (a pipe, a socket or a device); it was not read.');
  if (facts.size > MAX_FILE_BYTES) {
    const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20).toLocaleString('en');
    throw new PhotoFault('too-large', `The file has ${megabytes(facts.size)} MB, more than the ${megabytes(MAX_FILE_BYTES)} MB that are read; save a smaller copy.`);
  }
  return facts;
}

/** Reads `size` bytes and makes sure that there are no fewer and no more. */
async function readExactly(file: FileHandle, size: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(size + 1);
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  if (filled !== size) throw new PhotoFault('unreadable', 'The file changed while it was being read; try again when it is complete.');
  return buffer.subarray(0, size);
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'It is gone: moved or deleted meanwhile.',
  EACCES: 'Permission denied: this account may not read it.',
  EPERM: 'Permission denied: this account may not read it.',
  ELOOP: 'A link that leads back to itself.',
  ENOTDIR: 'It is gone: moved or deleted meanwhile.',
  ENXIO: 'Not a file with content (a pipe, a socket or a device); it was not read.',
  EIO: 'The disk could not read it (input/output error).',
  ENAMETOOLONG: 'Its path is too long for this system; shorten the names of its folders.',
  EMFILE: 'Too many files are open in this program.',
  ENFILE: 'Too many files are open on this system.',
};

/** The fault of a file or folder that the system would not hand over; what is not the system's error passes unchanged. */
export function unreadable(error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new PhotoFault('unreadable', SYSTEM_REASONS[code] ?? `It could not be read (${message}).`, { cause: error });
}
