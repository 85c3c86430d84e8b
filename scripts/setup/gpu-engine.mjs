/** The engine for NVIDIA's GPUs: in an entry of the cache of its own, to which a checkout has a pointer. The processor's engine is not touched. */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withdraw } from './cache.mjs';
import { engineKey, isWhole, makeEngine } from './engine-making.mjs';
import { addonPath, probeAside, slowFault } from './engine-probing.mjs';
import { withLock } from './lock.mjs';
import { say } from './report.mjs';
import { gpuWheel } from './ways/gpu-wheel.mjs';

/** Read by src/main/core/graph/engine-choice.ts; beside the packages, so that no package of the program takes it along. */
const pointerName = '.chromabench-gpu-engine.json';

/** @typedef {import('./engine-making.mjs').Answer & { version: string }} Working */

/**
 * @param {string} checkout With its npm packages in place.
 * @param {string} cache
 * @param {readonly import('./engine-making.mjs').Way[]} [ways]
 * @returns {Promise<Working>} What the engine says of itself; it computes on the processor where TensorFlow sees no GPU.
 * @throws {import('./fault.mjs').SetupFault} Naming each way, why it is closed and what opens it.
 */
export async function ensureGpuEngine(checkout, cache, ways = [gpuWheel]) {
  const entry = join(cache, 'engine', engineKey(checkout, 'gpu'));
  const engine = await withLock(
    join(cache, 'locks', 'engine'),
    async () => (await findInCache(checkout, cache, entry)) ?? makeEngine(checkout, cache, entry, ways, [], "The engine for NVIDIA's GPUs"),
    (holder) => say(`Another set-up (${holder}) is preparing an engine; waiting for it`),
  );
  await point(checkout, entry);
  return engine;
}

/**
 * @param {string} checkout
 * @param {string} cache
 * @param {string} entry
 * @returns {Promise<Working | undefined>}
 */
async function findInCache(checkout, cache, entry) {
  const answer = (await isWhole(entry)) ? await probeAside(checkout, entry) : undefined;
  if (answer?.slow) throw slowFault();
  if (answer?.version) return { ...answer, version: answer.version };
  await withdraw(cache, entry);
  return undefined;
}

/**
 * @param {string} checkout
 * @param {string} entry
 */
async function point(checkout, entry) {
  const place = join(checkout, 'node_modules', pointerName);
  const fresh = `${place}.${process.pid}`;
  await writeFile(fresh, JSON.stringify({ addon: join(entry, addonPath) }));
  await rename(fresh, place);
}
