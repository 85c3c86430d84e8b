/**
 * A graph of 200 MB: frozen with its proof, then looked into, each by the command line with all its processes. Wanted: frozen within 10 s, looked
 * into within 3 s, less than 1 GB of memory. `node scripts/bench/graphs.mjs [--megabytes 200]`.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figuresOf, megabytes } from './program.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const program = here('../../bin/chromabench.mjs');
const pageBytes = 4096;

/** Resident bytes of a process and all below it. @param {number} root */
async function treeMemory(root) {
  const parents = new Map();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (stat) parents.set(Number(name), { parent: Number(fields[1]), bytes: Number(fields[21]) * pageBytes });
  }
  const below = (/** @type {number} */ pid) => pid === root || (parents.has(pid) && below(parents.get(pid).parent));
  return [...parents].filter(([pid]) => below(pid)).reduce((sum, [, { bytes }]) => sum + bytes, 0);
}

/** @param {readonly string[]} words @returns {Promise<{ seconds: number, peakBytes: number }>} */
async function measured(words) {
  const begun = performance.now();
  const child = spawn(process.execPath, [program, 'graph', ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  let peakBytes = 0;
  const watch = setInterval(async () => {
    const bytes = await treeMemory(/** @type {number} */ (child.pid));
    peakBytes = Math.max(peakBytes, bytes);
  }, 25);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`graph ${words.join(' ')} failed`);
  return { seconds: (performance.now() - begun) / 1000, peakBytes };
}

async function main() {
  const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '200' } } });
  const scratch = await mkdtemp(join(tmpdir(), 'graphs-'));
  try {
    const { graph, checkpoint } = figuresOf(process.execPath, [here('graphs-made.mjs'), scratch, values.megabytes]);
    const frozen = join(scratch, 'frozen.pb');
    const parts = {
      freeze: await measured(['freeze', '--graph', graph, '--checkpoint', checkpoint, '--outputs', 'y', '--out', frozen]),
      info: await measured(['info', frozen]),
    };
    for (const [part, { seconds, peakBytes }] of Object.entries(parts)) {
      console.log(`${part.padEnd(7)}${values.megabytes} MB: ${seconds.toFixed(1)} s, peak of all processes ${megabytes(peakBytes)}`);
      console.log(JSON.stringify({ benchmark: 'graphs', part, seconds, peakBytes }));
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
