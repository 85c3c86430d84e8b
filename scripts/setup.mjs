/**
 * The whole set-up of a checkout: npm packages and the native engine; on request the tests' Python. Safe to run again, to
 * interrupt, and beside another set-up.
 */
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, openCache } from './setup/cache.mjs';
import { ensureEngine, findEngine } from './setup/engine.mjs';
import { ensureGpuEngine } from './setup/gpu-engine.mjs';
import { findDriver } from './setup/gpu-driver.mjs';
import { withLock } from './setup/lock.mjs';
import { ensurePackages, packagesInPlace } from './setup/packages.mjs';
import { demandNode } from './setup/platform.mjs';
import { say } from './setup/report.mjs';
import { tidyOnSignals } from './setup/scratch.mjs';

export const checkout = fileURLToPath(new URL('..', import.meta.url));

/** @throws {import('./setup/fault.mjs').SetupFault} */
export async function setUp() {
  demandNode();
  const version = (await findWhole()) ?? (await prepare());
  say(`Set-up: the npm packages and the engine (TensorFlow ${version}) are in place`);
}

/**
 * Adds the engine for NVIDIA's GPUs to a checkout that is set up.
 * @throws {import('./setup/fault.mjs').SetupFault}
 */
export async function setUpGpu() {
  tidyOnSignals();
  const cache = cacheFolder();
  await openCache(cache);
  const { version, gpu } = await ensureGpuEngine(checkout, cache);
  say(`Set-up: the engine for NVIDIA's GPUs (TensorFlow ${version}) is in place`);
  if (gpu) return;
  const { fault } = await findDriver();
  say(`It computes, but TensorFlow sees no GPU. ${fault ?? 'Ask `npx chromabench doctor` why.'}`);
}

/** Nothing is locked or written where nothing is missing. */
async function findWhole() {
  return (await packagesInPlace(checkout)) ? findEngine(checkout) : undefined;
}

async function prepare() {
  tidyOnSignals();
  const cache = cacheFolder();
  await openCache(cache);
  const name = createHash('sha256').update(await realpath(checkout)).digest('hex').slice(0, 16);
  return withLock(
    join(cache, 'locks', `checkout-${name}`),
    async () => {
      await ensurePackages(checkout);
      return ensureEngine(checkout, cache);
    },
    (holder) => say(`Another set-up (${holder}) works on this checkout; waiting for it`),
  );
}
