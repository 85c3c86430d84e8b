/** The native TensorFlow engine of a checkout: by the first way that works, kept in the cache for every other checkout. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withdraw } from './cache.mjs';
import { engineKey, isWhole, makeEngine } from './engine-making.mjs';
import { packageFolder, probeInstalled, slowFault } from './engine-probing.mjs';
import { placeTree } from './files.mjs';
import { withLock } from './lock.mjs';
import { say } from './report.mjs';
import { ownInstaller } from './ways/own-installer.mjs';
import { wheel } from './ways/wheel.mjs';

/** @typedef {import('./engine-making.mjs').Way} Way */
/** @typedef {import('./engine-making.mjs').Attempt} Attempt */

/** @type {readonly Way[]} */
const waysToEngine = [ownInstaller, wheel];

/** The folders of an engine, inside tfjs-node's package and inside an entry of the cache: first what the other needs. */
const parts = ['deps', 'lib'];

/**
 * @param {string} checkout
 * @returns {Promise<string | undefined>} Version of the engine that loads and computes; undefined where none does.
 * @throws {SetupFault} Where it did not answer in time, which says nothing against it.
 */
export async function findEngine(checkout) {
  const { version, slow } = await probeInstalled(checkout);
  if (slow) throw slowFault();
  return version;
}

/**
 * @param {string} checkout With its npm packages in place.
 * @param {string} cache
 * @param {readonly Way[]} [ways]
 * @returns {Promise<string>} Version of TensorFlow.
 * @throws {SetupFault} Naming each way, why it is closed and what opens it.
 */
export async function ensureEngine(checkout, cache, ways = waysToEngine) {
  const installed = await probeInstalled(checkout);
  if (installed.version) return installed.version;
  if (installed.slow) throw slowFault();
  const entry = join(cache, 'engine', engineKey(checkout));
  /** @type {Attempt[]} */
  const attempts = [{ name: 'the engine already installed', reason: installed.reason }];
  return withLock(
    join(cache, 'locks', 'engine'),
    async () => (await takeFromCache(checkout, cache, entry, attempts)) ?? (await make(checkout, cache, entry, ways, attempts)),
    (holder) => say(`Another set-up (${holder}) is preparing the engine; waiting for it`),
  );
}

/**
 * @param {string} checkout
 * @param {string} cache
 * @param {string} entry
 * @param {Attempt[]} attempts
 * @returns {Promise<string | undefined>}
 */
async function takeFromCache(checkout, cache, entry, attempts) {
  if (!(await isWhole(entry))) {
    await withdraw(cache, entry);
    return undefined;
  }
  await place(entry, checkout);
  const placed = await probeInstalled(checkout);
  if (placed.version) return placed.version;
  if (placed.slow) throw slowFault();
  attempts.push({ name: 'the engine in the cache', reason: placed.reason });
  await remove(checkout);
  await withdraw(cache, entry);
  return undefined;
}

/**
 * @param {string} checkout
 * @param {string} cache
 * @param {string} entry
 * @param {readonly Way[]} ways
 * @param {Attempt[]} attempts
 */
async function make(checkout, cache, entry, ways, attempts) {
  const { version } = await makeEngine(checkout, cache, entry, ways, attempts);
  await place(entry, checkout);
  return version;
}

/**
 * Puts an entry's files into tfjs-node's package. They share the cache's disk space where the file system allows.
 * The addon, which is what tfjs-node looks for, is the first to go and the last to come.
 * @param {string} entry
 * @param {string} checkout
 */
async function place(entry, checkout) {
  await remove(checkout);
  for (const part of parts) await placeTree(join(entry, part), join(packageFolder(checkout), part));
}

/** @param {string} checkout */
async function remove(checkout) {
  for (const part of parts.toReversed()) await rm(join(packageFolder(checkout), part), { recursive: true, force: true });
}
