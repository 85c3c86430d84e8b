/**
 * How time and memory grow: statistics of folders from 100 photographs on, and statistics and colorizing of photographs from 64 pixels a side to 6,000; each in a
 * process of its own. `node scripts/bench/growth.mjs [--counts 100,1000,5000] [--sides 64,256,1000,3000,6000]`. 50,000 photographs: `statistics.mjs --large`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makePhotographs } from './photographs.mjs';
import { figuresOf, megabytes } from './program.mjs';

/** @typedef {import('./program.mjs').Run} Run */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const builtIn = here('../../resources/photographs');
const usualSide = 256;
/** Pixels of the photographs of one side, in all; at most so many files. */
const pixelsASide = 72e6;
const mostFiles = 100;

async function main() {
  const { values } = parseArgs({ options: { counts: { type: 'string', default: '100,1000,5000' }, sides: { type: 'string', default: '64,256,1000,3000,6000' } } });
  const numbers = (/** @type {string} */ list) => list.split(',').map(Number);
  const scratch = await mkdtemp(join(tmpdir(), 'growth-'));
  const environment = { CHROMABENCH_CACHE: join(scratch, 'cache') };
  const figures = /** @type {object[]} */ ([]);
  const told = (/** @type {string} */ what, /** @type {number} */ side, /** @type {Run} */ run) => {
    figures.push({ what, side, ...run });
    const each = `${((run.seconds / run.photographs) * 1000).toFixed(1)} ms each (${(((run.cpuSeconds ?? 0) / run.photographs) * 1000).toFixed(1)} ms of a processor)`;
    console.log(`${what.padEnd(11)}${String(run.photographs).padStart(6)} of ${side} x ${side} pixels: ${run.seconds.toFixed(1)} s, ${each}, peak ${megabytes(run.peakBytes)}`);
  };
  try {
    for (const count of numbers(values.counts)) {
      const folder = join(scratch, `count-${count}`);
      await makePhotographs(folder, count, builtIn, usualSide);
      told('statistics', usualSide, figuresOf(process.execPath, [here('statistics-run.mjs'), 'scan', folder], { CHROMABENCH_CACHE: join(scratch, `cache-${count}`) }));
      await rm(folder, { recursive: true });
    }
    const run = join(scratch, 'run');
    figuresOf(process.execPath, [here('training-run.mjs'), join(builtIn, 'training'), run, 'fast', '2'], environment);
    for (const side of numbers(values.sides)) {
      const folder = join(scratch, `side-${side}`);
      await makePhotographs(folder, Math.max(2, Math.min(mostFiles, Math.floor(pixelsASide / side ** 2))), builtIn, side);
      told('statistics', side, figuresOf(process.execPath, [here('statistics-run.mjs'), 'scan', folder], environment));
      told('colorizing', side, figuresOf(process.execPath, [here('colorizing-run.mjs'), run, folder, join(scratch, `out-${side}`)], environment));
    }
    console.log(JSON.stringify({ benchmark: 'growth', figures }));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

await main();
