/** An engine as it lies in the cache: made by the first way that works, whole or not there. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { closeStage, openStage, publish } from './cache.mjs';
import { packageFolder, probeAside, slowFault } from './engine-probing.mjs';
import { ClosedWay, SetupFault } from './fault.mjs';
import { listFiles } from './files.mjs';
import { demandAvx } from './platform.mjs';
import { say } from './report.mjs';

/**
 * A way to an engine: makes the folders `lib` (the addon) and `deps` (TensorFlow's libraries) in `output`.
 * @typedef {object} Way
 * @property {string} name For the report: `tfjs-node's own installer`.
 * @property {(site: Site) => Promise<void>} make Throws ClosedWay.
 *
 * @typedef {object} Site
 * @property {string} checkout
 * @property {string} cache
 * @property {string} stage A scratch folder on the cache's disk.
 * @property {string} output Where the engine shall stand.
 *
 * @typedef {{ name: string, reason: string, cure?: string }} Attempt
 * @typedef {import('./engine-probing.mjs').Answer} Answer
 */

/** Raised when what a way makes changes, so that older entries of the cache are not taken for it. */
const recipe = 1;
const manifestName = 'engine.json';

/**
 * @param {string} checkout
 * @param {string} [kind] Of engine, where it is not the processor's.
 * @returns {string} The name under which the cache keeps it.
 */
export function engineKey(checkout, kind) {
  const { version } = createRequire(import.meta.url)(join(packageFolder(checkout), 'package.json'));
  return [`tfjs-node-${version}`, process.platform, process.arch, ...(kind ? [kind] : []), recipe].join('-');
}

/**
 * Call it holding the lock `engine`.
 * @param {string} checkout
 * @param {string} cache
 * @param {string} entry Where it shall stand.
 * @param {readonly Way[]} ways
 * @param {Attempt[]} attempts What was tried before; grows.
 * @param {string} title Of the report where every way is closed.
 * @returns {Promise<Answer & { version: string }>} What the engine said of itself.
 * @throws {SetupFault} Naming each way, why it is closed and what opens it.
 */
export async function makeEngine(checkout, cache, entry, ways, attempts, title = 'The native TensorFlow engine') {
  for (const way of ways) {
    const stage = await openStage(cache, 'engine');
    const output = join(stage, 'engine');
    try {
      demandAvx();
      say(`Preparing TensorFlow: ${way.name}`);
      await way.make({ checkout, cache, stage, output });
      const made = await probeAside(checkout, output);
      if (made.slow) throw slowFault();
      const { version } = made;
      if (!version) throw new ClosedWay(`what it made does not work: ${made.reason}`);
      await writeManifest(output, way.name, version);
      await publish(output, entry);
      return { ...made, version };
    } catch (error) {
      if (!(error instanceof ClosedWay)) throw error;
      say(`  not this way: ${error.message}`);
      attempts.push({ name: way.name, reason: error.message, cure: error.cure });
    } finally {
      await closeStage(stage);
    }
  }
  throw new SetupFault(describeFailure(attempts, title));
}

/**
 * @param {readonly Attempt[]} attempts
 * @param {string} [title]
 */
export function describeFailure(attempts, title = 'The native TensorFlow engine') {
  const tried = attempts.map(({ name, reason }, index) => `  ${index + 1}. ${name}: ${reason}`);
  const cures = [...new Set(attempts.flatMap(({ cure }) => (cure ? [cure] : [])))];
  return [
    `${title} could not be set up. Tried:`,
    ...tried,
    cures.length > 0 ? 'What to do (one of these is enough), before the same command again:' : 'None of this can be cured from here; please report it with these lines.',
    ...cures.map((cure) => `  - ${cure}`),
  ].join('\n');
}

/**
 * @param {string} output
 * @param {string} way
 * @param {string} tensorflow
 */
async function writeManifest(output, way, tensorflow) {
  const files = await listFiles(output);
  await writeFile(join(output, manifestName), JSON.stringify({ way, tensorflow, files }, null, 2));
}

/**
 * A rename can outlive the data it names when the power fails: the files must have the sizes that were written down.
 * @param {string} entry
 */
export async function isWhole(entry) {
  try {
    const { files } = JSON.parse(await readFile(join(entry, manifestName), 'utf8'));
    const sizes = await Promise.all(files.map((/** @type {{ path: string }} */ { path }) => stat(join(entry, path))));
    return sizes.every(({ size }, index) => size === files[index].bytes);
  } catch {
    return false;
  }
}
