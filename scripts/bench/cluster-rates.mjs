/** What one core of a cluster's machine looks through and decodes in a second: `node scripts/bench/cluster-rates.mjs [--count 500] [--python PROGRAM]`, after a build. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { colourTables } from '../../out/main/core/cluster/package-files.js';
import { cacheFolder } from '../setup/cache.mjs';
import { ensureClusterPython } from '../setup/python.mjs';
import { makePhotographs } from './photographs.mjs';
import { figuresOf, megabytes } from './program.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

const { values } = parseArgs({ options: { count: { type: 'string', default: '500' }, python: { type: 'string' } } });
const scratch = await mkdtemp(join(tmpdir(), 'chromabench-bench-'));
try {
  const folder = join(scratch, 'photographs');
  await makePhotographs(folder, Number(values.count), here('../../resources/photographs'));
  await writeFile(join(scratch, 'colour.f64'), colourTables());
  const python = values.python ?? (await ensureClusterPython(cacheFolder()));
  const { photographs, lookedASecond, decodedASecond, memory } = figuresOf(python, [here('../../python/bench/cluster_rates.py'), join(scratch, 'colour.f64'), folder]);
  console.log(`${photographs} photographs of 256 x 256 pixels, one core, seconds of processor time:`);
  console.log(`looked through (decoded, colours counted)  ${lookedASecond.toFixed(0)} a second, ${(1000 / lookedASecond).toFixed(1)} ms each`);
  console.log(`decoded and reduced to 112 pixels          ${decodedASecond.toFixed(0)} a second, ${(1000 / decodedASecond).toFixed(1)} ms each`);
  console.log(`memory                                     ${megabytes(memory)}`);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
