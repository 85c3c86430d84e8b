/** Files of graphs, read whole once and bounded: nothing is read that is no file, or larger than TensorFlow itself could write. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { UserError } from '../errors.js';

/** Protocol buffers, and with them all graphs of TensorFlow, end here. */
export const TWO_GIGABYTES = 2 ** 31 - 1;

/** Opens a file for reading, without ever waiting for a pipe. The caller closes it. @throws UserError in a sentence. */
export async function openFile(path: string): Promise<{ file: FileHandle; size: number }> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const facts = await file.stat();
    if (facts.isFile()) return { file, size: facts.size };
  } catch (error) {
    throw openFault(path, error);
  }
  await file.close();
  throw new UserError(`${path} is a folder or a device, not a file. Give the file itself.`);
}

/** @param most Bytes a file may have. @throws UserError in a sentence. */
export async function readWholeFile(path: string, most = TWO_GIGABYTES): Promise<Buffer> {
  const { file, size } = await openFile(path);
  try {
    if (size > most) throw new UserError(`${path} has ${megabytes(size)} MB; files of this kind are read up to ${megabytes(most)} MB.`);
    return await readAt(file, 0, size, path);
  } finally {
    await file.close();
  }
}

/** The first bytes of a file, fewer where it is shorter. */
export async function readStart(path: string, count: number): Promise<{ start: Buffer; size: number }> {
  const { file, size } = await openFile(path);
  try {
    return { start: await readAt(file, 0, Math.min(count, size), path), size };
  } finally {
    await file.close();
  }
}

/** Exactly `count` bytes from a place. @throws UserError where the file ends before. */
export async function readAt(file: FileHandle, from: number, count: number, path: string): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(count);
  let filled = 0;
  while (filled < count) {
    const { bytesRead } = await file.read(buffer, filled, Math.min(count - filled, 2 ** 30), from + filled);
    if (bytesRead === 0) throw new UserError(`${path} breaks off: ${count} bytes were expected from byte ${from} on, ${filled} are there. Copy the file again.`);
    filled += bytesRead;
  }
  return buffer;
}

export function megabytes(bytes: number): string {
  return Math.round(bytes / 2 ** 20).toLocaleString('en');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there. Check the name.',
  ENOTDIR: 'is not there: part of its path is a file. Check the name.',
  EACCES: 'may not be read: permission denied. Change its permissions.',
  EPERM: 'may not be read: permission denied. Change its permissions.',
  EISDIR: 'is a folder, not a file. Give the file itself.',
  ENXIO: 'is no file with content (a pipe, a socket or a device).',
  ENAMETOOLONG: 'has a path that is too long for this system.',
};

export function openFault(path: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new UserError(`${path} ${REASONS[code] ?? `could not be read (${message}).`}`, { cause: error });
}
