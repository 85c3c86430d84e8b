/**
 * Photographs a second: this program's folder statistics, cold and from the cache, beside bare decoding and beside Pillow with
 * scikit-image. `node scripts/bench/statistics.mjs [--count 3000] [--rounds 3] [--folder DIR] [--python PROGRAM]`;
 * `--large` reads 50,000 distinct photographs once instead and tells the peak of memory.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../setup/cache.mjs';
import { ensureTestPython } from '../setup/python.mjs';
import { makePhotographs } from './photographs.mjs';
import { figuresOf, megabytes, rate } from './program.mjs';

/** @typedef {import('./program.mjs').Run} Run */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const builtIn = here('../../resources/photographs');
const largeCount = 50_000;
const largeBound = 1.5e9;

/**
 * @param {string} folder
 * @param {{ rounds: number, python: string, scratch: string }} options
 * @returns {Promise<Record<'peer' | 'bare' | 'counted' | 'hashed' | 'cold' | 'cached', Run>>} The fastest run of each.
 */
export async function compareStatistics(folder, { rounds, python, scratch }) {
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    const cache = await mkdtemp(join(scratch, 'cache-'));
    runs.push({
      bare: ownRun('bare', folder, cache),
      counted: ownRun('counted', folder, cache),
      hashed: ownRun('hashed', folder, cache),
      cold: ownRun('scan', folder, cache),
      cached: ownRun('scan', folder, cache),
      peer: figuresOf(python, [here('../../python/bench/statistics_peer.py'), folder]),
    });
  }
  const fastest = (/** @type {keyof typeof runs[0]} */ name) => runs.map((run) => run[name]).sort((a, b) => a.seconds - b.seconds)[0];
  return { peer: fastest('peer'), bare: fastest('bare'), counted: fastest('counted'), hashed: fastest('hashed'), cold: fastest('cold'), cached: fastest('cached') };
}

/**
 * @param {'bare' | 'counted' | 'hashed' | 'scan'} kind
 * @param {string} folder
 * @param {string} cache
 * @returns {Run}
 */
function ownRun(kind, folder, cache) {
  // As the engine starts its children.
  const UV_THREADPOOL_SIZE = String(Math.max(4, availableParallelism()));
  return figuresOf(process.execPath, [here('statistics-run.mjs'), kind, folder], { CHROMABENCH_CACHE: cache, UV_THREADPOOL_SIZE });
}

/** @param {Record<string, Run>} runs */
function print(runs) {
  const names = { peer: 'Pillow + scikit-image', bare: 'bare decoding (sharp)', counted: 'decoding and counting', hashed: 'hashing alone', cold: 'statistics, first time', cached: 'statistics, from the cache' };
  for (const [key, name] of Object.entries(names)) {
    const run = runs[key];
    const ratios = `${(rate(run) / rate(runs.peer)).toFixed(2)} x peer, ${(rate(run) / rate(runs.bare)).toFixed(2)} x bare`;
    const work = `${(((run.cpuSeconds ?? 0) / run.photographs) * 1000).toFixed(2)} ms of a processor each`;
    console.log(`${name.padEnd(28)}${rate(run).toFixed(0).padStart(6)} photographs/s   ${ratios.padEnd(28)} ${work}   peak ${megabytes(run.peakBytes)}`);
  }
}

/** @param {string} scratch */
async function large(scratch) {
  const folder = join(scratch, 'large');
  await makePhotographs(folder, largeCount, builtIn);
  const run = ownRun('scan', folder, join(scratch, 'cache'));
  console.log(
    `${run.photographs} distinct photographs in ${run.seconds.toFixed(0)} s (${rate(run).toFixed(0)} photographs/s), peak ${megabytes(run.peakBytes)} of ${largeBound / 1e6}`,
  );
  console.log(JSON.stringify({ benchmark: 'statistics-large', ...run, bound: largeBound }));
  if (run.photographs !== largeCount || run.peakBytes > largeBound) process.exitCode = 1;
}

async function main() {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '3000' },
      rounds: { type: 'string', default: '3' },
      folder: { type: 'string' },
      python: { type: 'string' },
      large: { type: 'boolean', default: false },
    },
  });
  const scratch = await mkdtemp(join(tmpdir(), 'statistics-'));
  try {
    if (values.large) return await large(scratch);
    const folder = values.folder ?? join(scratch, 'photographs');
    if (values.folder === undefined) await makePhotographs(folder, Number(values.count), builtIn);
    const python = values.python ?? (await ensureTestPython(cacheFolder()));
    const runs = await compareStatistics(folder, { rounds: Number(values.rounds), python, scratch });
    print(runs);
    console.log(JSON.stringify({ benchmark: 'statistics', ...runs }));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
