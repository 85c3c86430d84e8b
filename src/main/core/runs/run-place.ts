/** Where a run can be made, and how its folder comes to be: whole, and locked from its first moment. */
import { lstat, mkdtemp, readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { ensureFolder, writeFault, writeFileWhole, writeFolderWhole } from '../files.js';
import { releaseLock, takeLock, writeLock } from './lock.js';

/**
 * Whether a run can be made at a place, asked before long work starts.
 * @returns Whether an empty folder is there, for the run to fill.
 * @throws UserError when something is there that would be overwritten, or nothing can be written there.
 */
export async function checkRunPlace(path: string): Promise<boolean> {
  const names = await namesIn(path);
  if (names === undefined) await checkWritable(await folderAbove(resolve(path)), path);
  else await checkEmpty(path, names);
  return names !== undefined;
}

/** Writes the files of a run into its new folder, the one that makes it a run last. */
export type Filling = (folder: string, write: (path: string, data: string | Uint8Array) => Promise<void>) => Promise<void>;

/**
 * Makes a run's folder, locked by this process. It appears whole; an empty folder that is there is filled.
 * @param parts Names of all that `fill` writes: what is taken away again where it fails.
 * @throws UserError when something is there already, or the place cannot be written.
 */
export async function makeRunFolder(folder: string, parts: readonly string[], fill: Filling): Promise<void> {
  if (await checkRunPlace(folder)) await fillInPlace(folder, parts, fill);
  else await makeWhole(folder, fill);
}

/** Names in a folder; undefined where nothing is there. */
async function namesIn(path: string): Promise<string[] | undefined> {
  try {
    return await readdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') throw new UserError(`${path} is a file. Choose another name for the run's folder.`, { cause: error });
    if (code !== 'ENOENT') throw writeFault(path, error);
    const isLink = await lstat(path).then(() => true, () => false);
    if (isLink) throw new UserError(`${path} is a link to a folder that is not there. Make that folder, or choose another.`, { cause: error });
    return undefined;
  }
}

async function checkEmpty(path: string, names: readonly string[]): Promise<void> {
  if (names.includes('run.json')) throw new UserError(`${path} holds a run already and is not overwritten. Choose another folder, or resume that run.`);
  if (names.length > 0) throw new UserError(`${path} is not empty, and nothing is overwritten. Choose a new folder for the run.`);
  await checkWritable(path, path);
}

/** The nearest folder above that is there. */
async function folderAbove(path: string): Promise<string> {
  const above = dirname(path);
  return await stat(above).then(() => above, () => (above === path ? above : folderAbove(above)));
}

/** Permissions alone do not tell (read-only disks, network shares): only a trial does. @param path What the person asked for. */
async function checkWritable(folder: string, path: string): Promise<void> {
  try {
    await rmdir(await mkdtemp(join(folder, '.chromabench-')));
  } catch (error) {
    throw writeFault(path, error);
  }
}

async function makeWhole(folder: string, fill: Filling): Promise<void> {
  await ensureFolder(dirname(folder));
  await writeFolderWhole(folder, async (aside) => {
    await writeLock(aside);
    await fill(aside, writeFile);
  });
}

/** A folder that is there stays: it can be a link, or where a disk is mounted. */
async function fillInPlace(folder: string, parts: readonly string[], fill: Filling): Promise<void> {
  // Of two processes that found it empty one gets no further.
  await takeLock(folder);
  try {
    await fill(folder, writeFileWhole);
  } catch (error) {
    for (const name of parts) await rm(join(folder, name), { recursive: true, force: true });
    await releaseLock(folder);
    throw error;
  }
}
