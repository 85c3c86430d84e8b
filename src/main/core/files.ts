/**
 * Files that appear whole or not at all: written aside in the same folder, flushed to the disk, then renamed.
 * A reader never sees half a file, and a process killed at any moment leaves at worst an aside file behind.
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { UserError } from './errors.js';

/** What a file is made of: pieces are written one after the other, so that a large file is never in memory whole. */
export type Content = string | Uint8Array | Iterable<Uint8Array>;

const ASIDE = /^\..+\.[0-9a-f-]{36}\.aside$/;

/** Whether a name is that of a half-written file or folder; readers pass over these. */
export function isAside(name: string): boolean {
  return ASIDE.test(name);
}

/**
 * Writes a file whole; one that is there already is replaced in the same instant.
 * @throws UserError with a sentence when the disk is full, the place is read-only or gone.
 */
export function writeFileWhole(path: string, data: Content): Promise<void> {
  return published(path, data, renamed);
}

/**
 * Writes a file whole under a name that nothing has yet: whatever came there meanwhile, even in the last instant, is kept.
 * @throws UserError as writeFileWhole does, also when `path` is there already.
 */
export function writeNewFileWhole(path: string, data: Content): Promise<void> {
  return published(path, data, renameToNew);
}

/** @param publish Gives the finished file its name. */
async function published(path: string, data: Content, publish: (aside: string, path: string) => Promise<void>): Promise<void> {
  const aside = asideOf(path);
  try {
    await writeFlushed(aside, data);
    await publish(aside, path);
    await flushFolder(dirname(path));
  } catch (error) {
    await rm(aside, { force: true });
    throw writeFault(path, error);
  }
}

/** A rename would replace what is there; a second name is refused. */
async function renameToNew(aside: string, path: string): Promise<void> {
  try {
    await link(aside, path);
  } catch (error) {
    if (!WITHOUT_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return claimAndRename(aside, path);
  }
  await rm(aside);
}

/** What file systems say that give a file one name only (exFAT, many network drives). */
const WITHOUT_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Takes the name with an empty file, which the finished one then replaces in one instant. */
async function claimAndRename(aside: string, path: string): Promise<void> {
  await (await open(path, 'wx')).close();
  try {
    await renamed(aside, path);
  } catch (error) {
    await rm(path);
    throw error;
  }
}

/** Windows refuses for a moment to rename what a virus scanner or an indexer looks at. */
async function renamed(from: string, to: string): Promise<void> {
  for (let wait = 10; ; wait *= 2) {
    try {
      return await rename(from, to);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (process.platform !== 'win32' || wait > LONGEST_WAIT_MS || !REFUSED_FOR_A_MOMENT.has(code)) throw error;
      await setTimeout(wait);
    }
  }
}

const LONGEST_WAIT_MS = 1_000;
const REFUSED_FOR_A_MOMENT = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Makes a folder, and those above it, where they are not there. @throws UserError in a sentence. */
export async function ensureFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw writeFault(path, error);
  });
}

/** Writes a value as indented JSON, whole. */
export function writeJsonWhole(path: string, value: unknown): Promise<void> {
  return writeFileWhole(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Makes a folder appear whole: `fill` writes into a folder aside, whose files are flushed before it gets its name.
 * @param fill Gets the path of the folder aside.
 * @throws UserError as writeFileWhole does, also when `path` is there already.
 */
export async function writeFolderWhole(path: string, fill: (aside: string) => Promise<void>): Promise<void> {
  const aside = asideOf(path);
  try {
    await mkdir(aside);
    await fill(aside);
    for (const entry of await readdir(aside, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) await flushFile(join(entry.parentPath, entry.name));
    }
    await flushFolder(aside);
    await renamed(aside, path);
    await flushFolder(dirname(path));
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw writeFault(path, error);
  }
}

/** Removes what a killed process left half-written in a folder. Only the folder's owner may call it. */
export async function removeAsides(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (isAside(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * The error a person should read when `path` could not be written; anything but a fault of the disk passes unchanged.
 */
export function writeFault(path: string, error: unknown): unknown {
  if (error instanceof UserError) return error;
  const sentence = FAULTS[faultCode(error)];
  return sentence === undefined ? error : new UserError(sentence(path), { cause: error });
}

const FAULTS: Record<string, (path: string) => string> = {
  ENOSPC: (path) => `The disk is full: ${path} could not be written. Free some space and try again.`,
  EDQUOT: (path) => `Your disk quota is used up: ${path} could not be written. Free some space and try again.`,
  EACCES: (path) => `${path} may not be written: permission denied. Choose another place or change its permissions.`,
  EPERM: (path) => `${path} may not be written: the system refuses it. Choose another place or change its permissions.`,
  EROFS: (path) => `${path} lies on a disk that is read-only. Choose another place.`,
  ENOENT: (path) => `${path} could not be written: its folder is not there (any more). Make the folder or choose another place.`,
  ENOTDIR: (path) => `${path} could not be written: part of its path is a file, not a folder. Choose another place.`,
  EISDIR: (path) => `${path} could not be written: a folder of that name is there. Choose another name.`,
  EEXIST: (path) => `${path} is there already and is not overwritten. Choose another name.`,
  ENOTEMPTY: (path) => `${path} is there already and is not overwritten. Choose another name.`,
};

/** The system's code of an error; native libraries pass the system's words on instead. */
function faultCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== undefined && code in FAULTS) return code;
  return /no space left on device/i.test(error.message) ? 'ENOSPC' : '';
}

function asideOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}.aside`);
}

async function writeFlushed(path: string, data: Content): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for (const piece of typeof data === 'string' || data instanceof Uint8Array ? [data] : data) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename durable. Windows cannot open a folder as a file and needs no such call; neither do network drives that refuse it. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    if (!WITHOUT_FLUSHING.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await folder.close();
  }
}

/** What file systems say that flush files and no folders. */
const WITHOUT_FLUSHING = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);
