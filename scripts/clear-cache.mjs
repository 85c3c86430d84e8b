/**
 * `npm run clear-cache`: deletes what can be made again. Names of parts (engine, python, electron, downloads, statistics) delete only
 * those. A checkout that is set up keeps its engine.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, withEveryLock } from './setup/cache.mjs';
import { bytesIn } from './setup/files.mjs';
import { megabytes } from './setup/report.mjs';

const lockFolder = 'locks';

/**
 * @param {string} cache
 * @param {readonly string[]} wanted Empty: all.
 */
async function clear(cache, wanted) {
  const parts = (await readdir(cache).catch(() => [])).filter((name) => name !== lockFolder);
  const unknown = wanted.filter((name) => !parts.includes(name));
  if (unknown.length > 0) throw new Error(`The cache ${cache} has no part named ${unknown.join(', ')}; it holds: ${parts.join(', ') || 'nothing'}.`);
  for (const name of wanted.length > 0 ? wanted : parts) {
    const bytes = await bytesIn(join(cache, name));
    await rm(join(cache, name), { recursive: true, force: true });
    console.log(`${name}: ${megabytes(bytes)} deleted`);
  }
}

/** No set-up may be at work on what is deleted. */
const cache = cacheFolder();
try {
  await withEveryLock(cache, () => clear(cache, process.argv.slice(2)));
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
