/**
 * Folders in the system's temporary one through which graphs reach TensorFlow. They bear the number of the process that made them: what a killed
 * one left is taken away by the next that makes one.
 */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BEGINS = 'chromabench-graph-';
/** Younger ones stay: the folder of temporary files may be shared with a system that numbers its processes on its own. */
const LEFT_AFTER_MS = 3_600_000;

let tidied: Promise<void> | undefined;

/** @returns A new, empty folder. Whoever makes it removes it. */
export async function makeGraphFolder(): Promise<string> {
  await (tidied ??= removeLeftFolders());
  return mkdtemp(join(tmpdir(), `${BEGINS}${process.pid}-`));
}

/** Removes a folder. What is not let go of (Windows keeps files that are mapped) is left to the next start. */
export async function removeGraphFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => {});
}

/** Removes the folders of processes that are gone. What cannot be removed stays for the next time. */
export async function removeLeftFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const ours = names.filter((name) => name.startsWith(BEGINS)).map((name) => ({ path: join(tmpdir(), name), maker: Number(name.slice(BEGINS.length).split('-')[0]) }));
  await Promise.all(ours.filter(({ maker }) => !isRunning(maker)).map(({ path }) => removeOld(path).catch(() => {})));
}

async function removeOld(path: string): Promise<void> {
  if (Date.now() - (await stat(path)).mtimeMs > LEFT_AFTER_MS) await removeGraphFolder(path);
}

/** @param id Of a process; names of earlier versions have none. */
function isRunning(id: number): boolean {
  if (!Number.isInteger(id) || id <= 0) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
