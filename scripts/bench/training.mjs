/**
 * Whole trainings on the built-in photographs: the share of time that the steps wait for photographs, and the peak of memory.
 * `node scripts/bench/training.mjs [--presets seed,fast] [--steps 60]`; `--long` makes one training of 2,000 steps instead.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figuresOf, megabytes } from './program.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const photographs = here('../../resources/photographs/training');
const longSteps = 2000;
const longBound = 1.5e9;

/**
 * @param {string} preset
 * @param {number} steps
 * @returns {Promise<{ steps: number, seconds: number, peakBytes: number, waitShare: number }>}
 */
export async function measureTraining(preset, steps) {
  const scratch = await mkdtemp(join(tmpdir(), 'training-'));
  try {
    const cache = { CHROMABENCH_CACHE: join(scratch, 'cache') };
    return figuresOf(process.execPath, [here('training-run.mjs'), photographs, join(scratch, 'run'), preset, String(steps)], cache);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function main() {
  const { values } = parseArgs({
    options: { presets: { type: 'string', default: 'seed,fast' }, steps: { type: 'string', default: '60' }, long: { type: 'boolean', default: false } },
  });
  const presets = values.long ? ['fast'] : values.presets.split(',');
  for (const preset of presets) {
    const figures = await measureTraining(preset, values.long ? longSteps : Number(values.steps));
    const { steps, seconds, peakBytes, waitShare } = figures;
    console.log(`${preset.padEnd(6)}${steps} steps in ${seconds.toFixed(0)} s, ${(100 * waitShare).toFixed(1)} % of the steps' time waiting for photographs, peak ${megabytes(peakBytes)}`);
    console.log(JSON.stringify({ benchmark: 'training', preset, ...figures }));
    if (values.long && peakBytes > longBound) process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
