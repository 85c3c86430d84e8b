/**
 * One process trains a run. Its lock is a file that names the process; one left by a process that is gone is taken over.
 */
import { readFileSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { writeFault } from '../files.js';
import { inTurn } from '../mutex-file.js';

const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** Start of the process in the system's own measure, so that another process with the same number is not taken for it. */
  started: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

/** A lock this young that cannot be read is being written at this moment. */
const BEING_WRITTEN_MS = 2000;

/**
 * Takes the lock of a run folder for this process.
 * @throws UserError when a living process holds it, or it cannot be read or written.
 */
export function takeLock(folder: string): Promise<void> {
  // One at a time: a lock must not be taken from somebody who has just taken it over.
  return inTurn(join(folder, '.lock.turn'), async () => {
    const holder = await readLock(folder);
    if (holder.state === 'held') throw heldError(folder, holder.by);
    try {
      if (holder.state === 'stale') await rm(lockPath(folder), { force: true });
      await writeLock(folder);
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? heldError(folder) : writeFault(lockPath(folder), error);
    }
  });
}

/** Writes the lock of this process into a folder that has none. */
export function writeLock(folder: string): Promise<void> {
  return writeFile(lockPath(folder), JSON.stringify(thisProcess()), { flag: 'wx' });
}

/** Gives this process's lock back. A run folder that was deleted meanwhile has none to give. */
export function releaseLock(folder: string): Promise<void> {
  return rm(lockPath(folder), { force: true });
}

/** Whether a living process holds the run. */
export async function isLocked(folder: string): Promise<boolean> {
  return (await readLock(folder)).state === 'held';
}

type LockReading = { state: 'none' | 'stale' } | { state: 'held'; by?: Holder };

async function readLock(folder: string): Promise<LockReading> {
  const text = await readFile(lockPath(folder), 'utf8').catch((error: unknown) => {
    // No lock, or no folder any more.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw lockFault(folder, error);
  });
  if (text === undefined) return { state: 'none' };
  const holder = holderOf(text);
  if (holder !== undefined) return isAlive(holder) ? { state: 'held', by: holder } : { state: 'stale' };
  const written = await stat(lockPath(folder)).catch(() => undefined);
  return written !== undefined && Date.now() - written.mtimeMs < BEING_WRITTEN_MS ? { state: 'held' } : { state: 'stale' };
}

function holderOf(text: string): Holder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A process on another machine cannot be looked at and counts as alive. */
function isAlive({ pid, host, started }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return started === '' || startOf(pid) === started;
}

function thisProcess(): Holder {
  return { pid: process.pid, host: hostname(), started: startOf(process.pid) };
}

/** When a process started, in ticks since boot; empty where the system does not tell (no /proc). */
function startOf(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function heldError(folder: string, holder?: Holder): UserError {
  const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`;
  return new UserError(`${folder} is being trained by ${who}. Wait for it or stop it; if it is long gone, delete ${lockPath(folder)}.`);
}

function lockFault(folder: string, cause: unknown): UserError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new UserError(`${lockPath(folder)}, which tells who trains the run, cannot be read (${code ?? message}). Make it readable; if nobody trains the run, delete it.`, { cause });
}

function lockPath(folder: string): string {
  return join(folder, 'lock.json');
}
