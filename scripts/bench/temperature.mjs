/**
 * The live temperature: from a moved slider to the bytes of the new picture, a photograph of 256 x 256 pixels, through the engine and
 * its service as a window asks for it; alone, and while a training runs. `node scripts/bench/temperature.mjs [--moves 40]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figuresOf } from './program.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const builtIn = here('../../resources/photographs');
/** A moved slider is to show the new picture within this time, in milliseconds. */
const target = 100;

async function main() {
  const { values } = parseArgs({ options: { moves: { type: 'string', default: '40' } } });
  const scratch = await mkdtemp(join(tmpdir(), 'temperature-'));
  Object.assign(process.env, { CHROMABENCH_CACHE: join(scratch, 'cache'), CHROMABENCH_SETTINGS: join(scratch, 'settings'), CHROMABENCH_RUNS: join(scratch, 'runs') });
  const { Engine } = await import('../../out/main/engine/engine.js');
  const engine = new Engine({ yields: true });
  try {
    const run = join(scratch, 'run');
    figuresOf(process.execPath, [here('training-run.mjs'), join(builtIn, 'training'), run, 'fast', '2']);
    const move = await opened(engine, run);
    const turn = (/** @type {number} */ k) => move(Number((0.1 + k * 0.013).toFixed(3)));
    const alone = await timed(turn, Number(values.moves));
    const training = await started(engine, join(scratch, 'other'));
    const beside = await timed(turn, Number(values.moves));
    await engine.request('cancelJob', { id: training });
    tell('temperature', { alone, beside }, target);
  } finally {
    await engine.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Opens a photograph beside the run.
 * @param {import('../../out/main/engine/engine.js').Engine} engine
 * @param {string} run
 * @returns {Promise<(temperature: number) => Promise<unknown>>} Asks for its picture at a temperature.
 */
async function opened(engine, run) {
  const { id } = await engine.request('openRun', { path: run });
  const { step } = await engine.request('openWeights', { run: id, checkpoint: 'newest' });
  const set = await engine.request('gatherPhotographs', { paths: [join(builtIn, 'held-out')] });
  const move = (/** @type {number} */ temperature) => engine.picture(`colorized/${id}/${step}/${set.id}/0/colour/draft/${temperature}`);
  // The first one is shown to the network; the compiler has warmed up after a few.
  for (let k = 1; k <= 10; k++) await move(k / 20);
  return move;
}

/**
 * Starts a training and waits until it steps.
 * @param {import('../../out/main/engine/engine.js').Engine} engine
 * @param {string} out
 * @returns {Promise<string>}
 */
export async function started(engine, out) {
  const { assembleConfig } = await import('../../out/shared/run/assemble.js');
  const stepping = new Promise((resolve) => engine.subscribe((/** @type {any} */ event) => event.type === 'event' && event.name === 'metrics' && resolve(undefined)));
  const config = assembleConfig([{ preset: 'fast', budget: { steps: 5000 }, reports: { every: 1 } }]);
  const { id } = await engine.request('startJob', { kind: 'train', parameters: { folder: join(builtIn, 'training'), out, config } });
  await stepping;
  return id;
}

/** @typedef {{ median: number, slowest: number }} Times Milliseconds; 95 % are not above `slowest`. */

/**
 * @param {(k: number) => Promise<unknown>} act
 * @param {number} times How often, one after the other.
 * @param {() => Promise<unknown>} [after] Done after each, and not counted.
 * @returns {Promise<Times>}
 */
export async function timed(act, times, after) {
  const taken = [];
  for (let k = 0; k < times; k++) {
    const began = performance.now();
    await act(k);
    taken.push(performance.now() - began);
    await after?.();
  }
  taken.sort((x, y) => x - y);
  return { median: taken[Math.floor(times / 2)], slowest: taken[Math.floor(times * 0.95)] };
}

/**
 * @param {string} what Is changed.
 * @param {{ alone: Times, beside: Times }} figures
 * @param {number} target Milliseconds.
 */
export function tell(what, { alone, beside }, target) {
  for (const [name, { median, slowest }] of Object.entries({ 'alone': alone, 'while a training runs': beside })) {
    console.log(`${what} to picture, ${name}: ${median.toFixed(0)} ms, 95 % within ${slowest.toFixed(0)} ms (wanted: below ${target} ms)`);
  }
  console.log(JSON.stringify({ benchmark: what, alone, beside }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
