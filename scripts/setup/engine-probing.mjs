/** The question whether an engine works, asked in a process of its own, which a broken engine may crash. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, tellingLine } from './command.mjs';
import { SetupFault } from './fault.mjs';

/** The addon speaks version 8 of Node's binary interface, which Node 20, 22 and 24 all offer. */
export const addonPath = join('lib', 'napi-v8', 'tfjs_binding.node');
/** An engine takes seconds; a machine with too much to do stretches them. Too late for the first limit, it is asked once more. */
const answerSeconds = [120, 600];

/**
 * @typedef {object} Answer
 * @property {string} [version] Of TensorFlow; absent where the engine does not compute.
 * @property {boolean} [gpu] Whether TensorFlow computes on a GPU.
 * @property {string} reason Why it does not work; else empty.
 * @property {boolean} [slow]
 */

/**
 * @param {string} checkout
 * @returns {Promise<Answer>} Of the engine inside tfjs-node's package.
 */
export async function probeInstalled(checkout) {
  if (!(await stat(join(packageFolder(checkout), addonPath)).catch(() => undefined))) return { reason: 'not there' };
  return probe(checkout);
}

/**
 * @param {string} checkout
 * @param {string} engine Folder of one that is not installed.
 * @returns {Promise<Answer>}
 */
export function probeAside(checkout, engine) {
  return probe(checkout, [join(engine, addonPath)]);
}

/** @param {string} checkout */
export function packageFolder(checkout) {
  return join(checkout, 'node_modules', '@tensorflow', 'tfjs-node');
}

/** An engine that is only slow stays where it is. */
export function slowFault() {
  return new SetupFault(`The engine did not answer within ${answerSeconds.at(-1)} seconds: the machine is very busy. Nothing was changed; close other programs and run the same command again.`);
}

/**
 * @param {string} checkout
 * @param {readonly string[]} [args]
 */
function probe(checkout, args = []) {
  return probeWith(fileURLToPath(new URL('engine-probe.cjs', import.meta.url)), args, checkout, answerSeconds);
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
  if (!line) return { reason: `it did not tell its version: ${tellingLine(output)}` };
  const { tensorflow, gpu } = JSON.parse(line);
  return { version: tensorflow, reason: '', ...(gpu && { gpu }) };
}
