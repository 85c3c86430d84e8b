/**
 * Colorizing, photographs a second, from file to file: a folder of 256 x 256 pixels with a run of the preset `fast`, beside a program in Python
 * TensorFlow that does the same with the same network, in turns. `node scripts/bench/colorizing.mjs [--count 256] [--rounds 3] [--python PROGRAM]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../setup/cache.mjs';
import { ensureTestPython } from '../setup/python.mjs';
import { makePhotographs } from './photographs.mjs';
import { figuresOf, megabytes, rate } from './program.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const builtIn = here('../../resources/photographs');
/** Steps of the run that colorizes: how well it does is no matter of time. */
const steps = '2';
/** Times the peer's speed. */
const wanted = 1.5;

/** @typedef {import('./program.mjs').Run} Run */

async function main() {
  const { values } = parseArgs({ options: { count: { type: 'string', default: '256' }, rounds: { type: 'string', default: '3' }, python: { type: 'string' } } });
  const python = values.python ?? (await ensureTestPython(cacheFolder()));
  const scratch = await mkdtemp(join(tmpdir(), 'colorizing-'));
  try {
    const [run, folder, graph] = [join(scratch, 'run'), join(scratch, 'photographs'), join(scratch, 'network.pb')];
    await makePhotographs(folder, Number(values.count), builtIn);
    const environment = { CHROMABENCH_CACHE: join(scratch, 'cache') };
    figuresOf(process.execPath, [here('training-run.mjs'), join(builtIn, 'training'), run, 'fast', steps], environment);
    figuresOf(process.execPath, [here('../../bin/chromabench.mjs'), 'graph', 'export', run, '--format', 'pb', '--out', graph, '--json'], environment);
    const rounds = Array.from({ length: Number(values.rounds) }, (_, k) => ({
      ours: figuresOf(process.execPath, [here('colorizing-run.mjs'), run, folder, join(scratch, `out-${k}`)], environment),
      peer: figuresOf(python, [here('../../python/bench/colorizing_peer.py'), graph, folder, join(scratch, `peer-${k}`)]),
    }));
    tell(rounds);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @param {{ ours: Run, peer: Run }[]} rounds */
function tell(rounds) {
  const ratios = rounds.map(({ ours, peer }) => rate(ours) / rate(peer)).sort((a, b) => a - b);
  const ratio = ratios[Math.floor(ratios.length / 2)];
  for (const [k, name] of /** @type {const} */ ([['ours', 'this program'], ['peer', 'Python TensorFlow']])) {
    const { photographs, seconds, cpuSeconds = 0, peakBytes } = rounds.map((round) => round[k]).sort((a, b) => a.seconds - b.seconds)[0];
    const work = `${((cpuSeconds / photographs) * 1000).toFixed(1)} ms of a processor each`;
    console.log(`${name.padEnd(20)}${(photographs / seconds).toFixed(1).padStart(6)} photographs/s, ${work}, peak ${megabytes(peakBytes)}`);
  }
  console.log(`${ratio.toFixed(2)} times the peer's photographs a second (median of ${rounds.length} rounds, ${ratios[0].toFixed(2)} to ${ratios.at(-1)?.toFixed(2)}; wanted: ${wanted})`);
  console.log(JSON.stringify({ benchmark: 'colorizing', ratio, rounds }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
