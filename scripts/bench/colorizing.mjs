/**
 * Colorizing, photographs a second: a folder of 256 x 256 pixels with a run of the preset `fast`.
 * `node scripts/bench/colorizing.mjs [--count 256]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makePhotographs } from './photographs.mjs';
import { figuresOf, megabytes, rate } from './program.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const builtIn = here('../../resources/photographs');
/** Steps of the run that colorizes: how well it does is no matter of time. */
const steps = '2';

async function main() {
  const { values } = parseArgs({ options: { count: { type: 'string', default: '256' } } });
  const scratch = await mkdtemp(join(tmpdir(), 'colorizing-'));
  try {
    const [run, folder] = [join(scratch, 'run'), join(scratch, 'photographs')];
    await makePhotographs(folder, Number(values.count), builtIn);
    figuresOf(process.execPath, [here('training-run.mjs'), join(builtIn, 'training'), run, 'fast', steps], { CHROMABENCH_CACHE: join(scratch, 'cache') });
    const figures = figuresOf(process.execPath, [here('colorizing-run.mjs'), run, folder, join(scratch, 'out')]);
    console.log(`colorizing ${figures.photographs} photographs of 256 x 256 pixels: ${rate(figures).toFixed(1)} photographs/s, peak ${megabytes(figures.peakBytes)}`);
    console.log(JSON.stringify({ benchmark: 'colorizing', ...figures }));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
