/**
 * Pausing: from asking a training to pause until it has come to rest, as a share of what its own steps take beside it in the same run; a
 * window asks through the same engine. `node scripts/bench/pause.mjs [--pauses 20]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { started, timed } from './temperature.mjs';

/** Steps between two pauses, which also tell how long a step takes. */
const BETWEEN = 10;

/** @typedef {import('../../out/main/engine/engine.js').Engine} Engine */

async function main() {
  const { values } = parseArgs({ options: { pauses: { type: 'string', default: '20' } } });
  const scratch = await mkdtemp(join(tmpdir(), 'pause-'));
  Object.assign(process.env, { CHROMABENCH_CACHE: join(scratch, 'cache'), CHROMABENCH_SETTINGS: join(scratch, 'settings'), CHROMABENCH_RUNS: join(scratch, 'runs') });
  const { Engine } = await import('../../out/main/engine/engine.js');
  const engine = new Engine({ yields: true });
  try {
    const id = await started(engine, join(scratch, 'run'));
    // The first steps compile the graph.
    await told(engine, 'metrics', 2 * BETWEEN);
    /** @type {number[]} */
    const steps = [];
    const control = (/** @type {'pause' | 'resume'} */ action) => engine.request('controlJob', { id, action });
    const pauses = await timed(async () => {
      const rest = told(engine, 'paused', 1);
      await control('pause');
      await rest;
    }, Number(values.pauses), async () => {
      await control('resume');
      await told(engine, 'metrics', 2);
      const began = performance.now();
      await told(engine, 'metrics', BETWEEN);
      steps.push((performance.now() - began) / BETWEEN);
    });
    await engine.request('cancelJob', { id });
    const step = steps.sort((x, y) => x - y)[Math.floor(steps.length / 2)];
    console.log(`pause: ${pauses.median.toFixed(0)} ms, 95 % within ${pauses.slowest.toFixed(0)} ms; a step ${step.toFixed(0)} ms (wanted: below one step)`);
    console.log(JSON.stringify({ benchmark: 'pause', pauses, step }));
  } finally {
    await engine.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Waits for events of a training.
 * @param {Engine} engine
 * @param {string} name
 * @param {number} times
 * @returns {Promise<void>}
 */
function told(engine, name, times) {
  return new Promise((resolve) => {
    let left = times;
    const leave = engine.subscribe((/** @type {any} */ event) => {
      if (event.type !== 'event' || event.name !== name || --left > 0) return;
      leave();
      resolve();
    });
  });
}

await main();
