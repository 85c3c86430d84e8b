/** One set-up at a time: a lock file that names its holder and is kept fresh while the holder lives. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { disown, own } from './scratch.mjs';

const heartbeatSeconds = 5;
/** A lock that was not kept fresh for this long has lost its holder, wherever that ran. */
const staleSeconds = 60;
const pollMilliseconds = 300;

/**
 * Does the work while no other process holds the lock.
 * @template T
 * @param {string} path The lock file.
 * @param {() => Promise<T>} work
 * @param {(holder: string) => void} [onWait] Told once who is waited for.
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait = () => {}) {
  const mine = await acquire(path, onWait);
  own(path);
  const heartbeat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), heartbeatSeconds * 1000);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    disown(path);
    if ((await readIfThere(path)) === mine) await rm(path, { force: true });
  }
}

/**
 * @param {string} path
 * @param {(holder: string) => void} onWait
 */
async function acquire(path, onWait) {
  await mkdir(dirname(path), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  let told = false;
  for (;;) {
    try {
      await writeFile(path, mine, { flag: 'wx' });
      return mine;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const theirs = await readIfThere(path);
    if (theirs === undefined) continue;
    if (await isStale(path, theirs)) {
      await breakLock(path, theirs);
      continue;
    }
    if (!told) onWait(holderOf(theirs));
    told = true;
    await sleep(pollMilliseconds);
  }
}

/** @param {string} path */
async function readIfThere(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * @param {string} path
 * @param {string} content
 */
async function isStale(path, content) {
  const owner = parseOwner(content);
  if (owner && owner.host === hostname() && !isAlive(owner.pid)) return true;
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > staleSeconds * 1000;
}

/**
 * Two waiters may see the same stale lock. The one that moves it aside checks that it moved what it saw, and puts
 * back the lock of a newcomer. Were that to fail too, work would be done twice, nothing broken: results appear by rename.
 * @param {string} path
 * @param {string} seen
 */
async function breakLock(path, seen) {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readIfThere(aside)) === seen) await rm(aside, { force: true });
  else await rename(aside, path);
}

/**
 * @param {string} content Empty for an instant after the file was made.
 * @returns {{ pid: number, host: string } | undefined}
 */
function parseOwner(content) {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** @param {string} content */
function holderOf(content) {
  const owner = parseOwner(content);
  return owner ? `process ${owner.pid}` : 'another process';
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
