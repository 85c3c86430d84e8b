/**
 * What photographs cost a training of the preset `fast`: many small ones and a few of 12 megapixels, in its first epoch, when they are decoded, and in the
 * next training, which finds them decoded in the cache; how much of its steps' time it waits for them, and how long it looks through the folder before.
 * `node scripts/bench/training-data.mjs [--small 2000] [--large 160] [--steps 250]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makePhotographs } from './photographs.mjs';
import { figuresOf, megabytes } from './program.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const builtIn = here('../../resources/photographs');
const [smallSide, largeSide] = [256, 3464];

async function main() {
  const { values } = parseArgs({ options: { small: { type: 'string', default: '2000' }, large: { type: 'string', default: '160' }, steps: { type: 'string', default: '250' } } });
  await measure(Number(values.small), smallSide, values.steps);
  await measure(Number(values.large), largeSide, values.steps);
}

/**
 * @param {number} count
 * @param {number} side Pixels.
 * @param {string} steps
 */
async function measure(count, side, steps) {
  if (count === 0) return;
  const scratch = await mkdtemp(join(tmpdir(), 'training-data-'));
  try {
    const folder = join(scratch, 'photographs');
    await makePhotographs(folder, count, builtIn, side);
    for (const [turn, words] of [['first', 'decoded as it goes'], ['second', 'found decoded']]) {
      const figures = figuresOf(process.execPath, [here('training-run.mjs'), folder, join(scratch, turn), 'fast', steps], { CHROMABENCH_CACHE: join(scratch, 'cache') });
      tell(`${count} of ${side} x ${side}, ${words}`, figures);
      console.log(JSON.stringify({ benchmark: 'training-data', count, side, turn, ...figures }));
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * @param {string} name
 * @param {{ elapsed: number, seconds: number, peakBytes: number, epochs: { epoch: number, waitShare: number, photographsASecond: number }[] }} figures
 */
function tell(name, { elapsed, seconds, peakBytes, epochs }) {
  const each = epochs.map(({ epoch, waitShare, photographsASecond }) => `epoch ${epoch} ${photographsASecond.toFixed(0)} photographs/s, ${(100 * waitShare).toFixed(0)} % waiting`);
  console.log(`${name}: ${(elapsed - seconds).toFixed(1)} s beside its steps; ${each.slice(0, 3).join('; ')}; peak ${megabytes(peakBytes)}`);
}

await main();
