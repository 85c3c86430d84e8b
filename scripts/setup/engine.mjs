/** The native TensorFlow engine of a checkout: by the first way that works, kept in the cache for every other checkout. */
import { createRequire } from 'node:module';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeStage, openStage, publish, withdraw } from './cache.mjs';
import { run, tellingLine } from './command.mjs';
import { ClosedWay, SetupFault } from './fault.mjs';
import { listFiles, placeTree } from './files.mjs';
import { withLock } from './lock.mjs';
import { demandAvx } from './platform.mjs';
import { say } from './report.mjs';
import { ownInstaller } from './ways/own-installer.mjs';
import { wheel } from './ways/wheel.mjs';

/**
 * A way to the engine: makes the folders `lib` (the addon) and `deps` (TensorFlow's libraries) in `output`.
 * @typedef {object} Way
 * @property {string} name For the report: `tfjs-node's own installer`.
 * @property {(site: Site) => Promise<void>} make Throws ClosedWay.
 *
 * @typedef {object} Site
 * @property {string} checkout
 * @property {string} cache
 * @property {string} stage A scratch folder on the cache's disk.
 * @property {string} output Where the engine shall stand.
 */

/** @type {readonly Way[]} */
const waysToEngine = [ownInstaller, wheel];

/** Raised when what a way makes changes, so that older entries of the cache are not taken for it. */
const recipe = 1;
/** The folders of an engine, inside tfjs-node's package and inside an entry of the cache: first what the other needs. */
const parts = ['deps', 'lib'];
const manifestName = 'engine.json';
/** The addon speaks version 8 of Node's binary interface, which Node 20, 22 and 24 all offer. */
const addonPath = join('lib', 'napi-v8', 'tfjs_binding.node');
/** An engine takes seconds; a machine with too much to do stretches them. Too late for the first limit, it is asked once more. */
const answerSeconds = [120, 600];

/**
 * @param {string} checkout
 * @returns {Promise<string | undefined>} Version of the engine that loads and computes; undefined where none does.
 * @throws {SetupFault} Where it did not answer in time, which says nothing against it.
 */
export async function findEngine(checkout) {
  const { version, slow } = await probe(checkout);
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
  const installed = await probe(checkout);
  if (installed.version) return installed.version;
  if (installed.slow) throw slowFault();
  const key = `${await addonName(checkout)}-${process.platform}-${process.arch}-${recipe}`;
  const entry = join(cache, 'engine', key);
  /** @type {Attempt[]} */
  const attempts = [{ name: 'the engine already installed', reason: installed.reason }];
  return withLock(
    join(cache, 'locks', 'engine'),
    async () => (await takeFromCache(checkout, cache, entry, attempts)) ?? (await make(checkout, cache, entry, ways, attempts)),
    (holder) => say(`Another set-up (${holder}) is preparing the engine; waiting for it`),
  );
}

/** @typedef {{ name: string, reason: string, cure?: string }} Attempt */

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
  const placed = await probe(checkout);
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
  for (const way of ways) {
    const stage = await openStage(cache, 'engine');
    const output = join(stage, 'engine');
    try {
      demandAvx();
      say(`Preparing TensorFlow: ${way.name}`);
      await way.make({ checkout, cache, stage, output });
      const made = await probe(checkout, join(output, addonPath));
      if (made.slow) throw slowFault();
      if (!made.version) throw new ClosedWay(`what it made does not work: ${made.reason}`);
      await writeManifest(output, way.name, made.version);
      await publish(output, entry);
      await place(entry, checkout);
      return made.version;
    } catch (error) {
      if (!(error instanceof ClosedWay)) throw error;
      say(`  not this way: ${error.message}`);
      attempts.push({ name: way.name, reason: error.message, cure: error.cure });
    } finally {
      await closeStage(stage);
    }
  }
  throw new SetupFault(describeFailure(attempts));
}

/** @param {readonly Attempt[]} attempts */
export function describeFailure(attempts) {
  const tried = attempts.map(({ name, reason }, index) => `  ${index + 1}. ${name}: ${reason}`);
  const cures = [...new Set(attempts.flatMap(({ cure }) => (cure ? [cure] : [])))];
  return [
    'The native TensorFlow engine could not be set up. Tried:',
    ...tried,
    cures.length > 0 ? 'What to do (one of these is enough), before the same command again:' : 'None of this can be cured from here; please report it with these lines.',
    ...cures.map((cure) => `  - ${cure}`),
  ].join('\n');
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

/** @param {string} checkout */
function packageFolder(checkout) {
  return join(checkout, 'node_modules', '@tensorflow', 'tfjs-node');
}

/** @param {string} checkout */
async function addonName(checkout) {
  const { version } = createRequire(import.meta.url)(join(packageFolder(checkout), 'package.json'));
  return `tfjs-node-${version}`;
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
async function isWhole(entry) {
  try {
    const { files } = JSON.parse(await readFile(join(entry, manifestName), 'utf8'));
    const sizes = await Promise.all(files.map((/** @type {{ path: string }} */ { path }) => stat(join(entry, path))));
    return sizes.every(({ size }, index) => size === files[index].bytes);
  } catch {
    return false;
  }
}

/** An engine that is only slow stays where it is. */
function slowFault() {
  return new SetupFault(`The engine did not answer within ${answerSeconds.at(-1)} seconds: the machine is very busy. Nothing was changed; close other programs and run the same command again.`);
}

/** @typedef {{ version?: string, reason: string, slow?: boolean }} Answer */

/**
 * @param {string} checkout
 * @param {string} [addon] One that is not installed yet.
 * @returns {Promise<Answer>}
 */
async function probe(checkout, addon) {
  const installed = join(packageFolder(checkout), addonPath);
  if (!addon && !(await stat(installed).catch(() => undefined))) return { reason: 'not there' };
  const script = fileURLToPath(new URL('engine-probe.cjs', import.meta.url));
  return probeWith(script, addon ? [addon] : [], checkout, answerSeconds);
}

/**
 * @param {string} script Writes one JSON line that names the version.
 * @param {readonly string[]} args
 * @param {string} checkout
 * @param {readonly number[]} limits Seconds, an attempt each.
 * @returns {Promise<Answer>}
 */
export async function probeWith(script, args, checkout, limits) {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' };
  for (const limitSeconds of limits) {
    const outcome = await run(process.execPath, [script, ...args], { cwd: checkout, env, limitSeconds });
    if (!outcome.late) return answerOf(outcome);
  }
  return { reason: `it did not answer within ${limits.at(-1)} seconds`, slow: true };
}

/**
 * @param {import('./command.mjs').Outcome} outcome
 * @returns {Answer}
 */
function answerOf({ code, signal, output, stdout }) {
  if (signal) return { reason: `it crashed (${signal})` };
  if (code !== 0) return { reason: tellingLine(output) };
  const line = /^\{.*\}$/m.exec(stdout)?.[0];
  return line ? { version: JSON.parse(line).tensorflow, reason: '' } : { reason: `it did not tell its version: ${tellingLine(output)}` };
}
