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
 * @param {'cpu' | 'gpu'} [engine]
 * @returns {Promise<{ steps: number, seconds: number, peakBytes: number, waitShare: number }>}
 */
export async function measureTraining(preset, steps, engine = 'cpu') {
  const scratch = await mkdtemp(join(tmpdir(), 'training-'));
  try {
    const environment = { CHROMABENCH_CACHE: join(scratch, 'cache'), CHROMABENCH_ENGINE: engine };
    return figuresOf(process.execPath, [here('training-run.mjs'), photographs, join(scratch, 'run'), preset, String(steps)], environment);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function main() {
  const { values } = parseArgs({
    options: { presets: { type: 'string', default: 'seed,fast' }, steps: { type: 'string', default: '60' }, long: { type: 'boolean', default: false } },
  });
  const presets = values.long ? ['fast'] : values.presets.split(',');
  const { gpuAddon } = await import('../../out/main/core/graph/index.js');
  const engines = gpuAddon() === undefined ? ['cpu'] : ['cpu', 'gpu'];
  for (const preset of presets) {
    for (const engine of engines) {
      const figures = await measureTraining(preset, values.long ? longSteps : Number(values.steps), engine);
      tell(preset, engine, figures);
      if (values.long && figures.peakBytes > longBound) process.exitCode = 1;
    }
  }
}

function tell(preset, engine, figures) {
  const { steps, seconds, peakBytes, waitShare } = figures;
  const name = `${preset}${engine === 'gpu' ? ', engine for GPUs' : ''}`;
  console.log(`${name.padEnd(24)}${steps} steps in ${seconds.toFixed(0)} s, ${(100 * waitShare).toFixed(1)} % of the steps' time waiting for photographs, peak ${megabytes(peakBytes)}`);
  console.log(JSON.stringify({ benchmark: 'training', preset, engine, ...figures }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
