/** One set-up at a time: a lock file that names its holder and is kept fresh while the holder lives. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupFault } from './fault.mjs';
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
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw lockFault(path, error);
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

/**
 * @param {string} path
 * @param {unknown} error
 */
function lockFault(path, error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  return new SetupFault(`The lock ${path} cannot be taken (${code ?? message}). Make its folder writable; if another user's set-up left it, delete it.`);
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
 * Removes a stale lock. Many waiters may see it: one at a time looks again and removes it, so that nobody takes away the lock of a newcomer.
 * @param {string} path
 * @param {string} seen
 */
async function breakLock(path, seen) {
  const turn = `${path}.turn`;
  if (!(await takeTurn(turn))) return;
  own(turn);
  try {
    if ((await readIfThere(path)) === seen) await rm(path, { force: true });
  } catch (error) {
    throw lockFault(path, error);
  } finally {
    await rm(turn, { force: true });
    disown(turn);
  }
}

/** @param {string} turn The file that only one can make at a time. */
async function takeTurn(turn) {
  try {
    await writeFile(turn, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw lockFault(turn, error);
  }
  const found = await stat(turn).catch(() => undefined);
  if (found && Date.now() - found.mtimeMs > staleSeconds * 1000) await rm(turn, { force: true });
  else await sleep(pollMilliseconds / 10);
  return false;
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
