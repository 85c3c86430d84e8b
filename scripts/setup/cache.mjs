/** The cache that all checkouts share. What lies in it appeared whole, by a rename, or not at all. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { SetupFault } from './fault.mjs';
import { withLock } from './lock.mjs';
import { megabytes } from './report.mjs';
import { disown, own } from './scratch.mjs';

/**
 * The same rule as src/main/core/paths.ts, which does not exist yet while the set-up runs for the first time.
 * @param {{ platform: NodeJS.Platform, home: string, environment: Readonly<Record<string, string | undefined>> }} [surroundings]
 * @returns {string}
 */
export function cacheFolder({ platform, home, environment } = { platform: process.platform, home: homedir(), environment: process.env }) {
  if (environment.CHROMABENCH_CACHE) return resolve(environment.CHROMABENCH_CACHE);
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'chromabench');
  if (platform === 'win32') return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'chromabench');
  return join(environment.XDG_CACHE_HOME || join(home, '.cache'), 'chromabench');
}

/**
 * Makes the cache folder and proves that it can be written.
 * @param {string} cache
 * @throws {SetupFault}
 */
export async function openCache(cache) {
  const proof = join(cache, `.writable-${randomUUID()}`);
  try {
    await mkdir(cache, { recursive: true });
    await writeFile(proof, '');
    await rm(proof);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new SetupFault(
      `The cache folder ${cache} cannot be written (${code}). Make it writable, or name another in the environment variable CHROMABENCH_CACHE.`,
    );
  }
}

/**
 * @param {string} cache
 * @param {number} bytes Needed at the fullest moment.
 * @param {string} purpose
 * @throws {SetupFault}
 */
export async function demandSpace(cache, bytes, purpose) {
  const { bavail, bsize } = await statfs(cache);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw new SetupFault(
    `${purpose} needs ${megabytes(bytes)} on the disk of ${cache}; ${megabytes(free)} are free. Make room, or name another folder in the environment variable CHROMABENCH_CACHE.`,
  );
}

/**
 * A fresh folder to work in, on the cache's disk. Call it holding the lock of the same name: what earlier
 * set-ups of that name left behind when they were killed is swept away.
 * @param {string} cache
 * @param {string} name
 */
export async function openStage(cache, name) {
  const stages = join(cache, 'staging');
  await mkdir(stages, { recursive: true });
  for (const left of await readdir(stages)) {
    if (left.startsWith(`${name}-`)) await rm(join(stages, left), { recursive: true, force: true });
  }
  const stage = own(join(stages, `${name}-${randomUUID()}`));
  await mkdir(stage);
  return stage;
}

/** @param {string} stage */
export async function closeStage(stage) {
  await rm(stage, { recursive: true, force: true });
  disown(stage);
}

/**
 * Gives a finished folder its final name. Where another set-up was quicker, its folder stays and ours goes.
 * @param {string} finished
 * @param {string} place
 */
export async function publish(finished, place) {
  await mkdir(join(place, '..'), { recursive: true });
  try {
    await rename(finished, place);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EPERM') throw error;
    await rm(finished, { recursive: true, force: true });
  }
}

/**
 * Takes an entry out of the cache: out of sight at once, then deleted.
 * @param {string} cache
 * @param {string} place
 */
export async function withdraw(cache, place) {
  const aside = join(cache, 'staging', `withdrawn-${randomUUID()}`);
  await mkdir(join(cache, 'staging'), { recursive: true });
  try {
    await rename(place, aside);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/**
 * Deletes the downloads once all that is made of them stands: they are needed no more, and what needs them holds these locks.
 * @param {string} cache
 */
export async function dropDownloads(cache) {
  const downloads = join(cache, 'downloads');
  if (!(await stat(downloads).catch(() => undefined))) return;
  await withEveryLock(cache, () => rm(downloads, { recursive: true, force: true }));
}

/**
 * Does the work while no set-up makes anything in the cache.
 * @param {string} cache
 * @param {() => Promise<void>} work
 */
export function withEveryLock(cache, work) {
  return ['engine', 'python', 'electron'].reduceRight((inner, name) => () => withLock(join(cache, 'locks', name), inner), work)();
}
