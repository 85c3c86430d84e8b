/**
 * `npm run bench`: sets up, builds, and measures, side by side in one run: training steps, whole trainings, folder statistics, colorizing, the live
 * temperature, graphs.
 * `npm run bench -- --long` adds what takes long: 50,000 photographs and a training of 2,000 steps.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './steps/build.mjs';
import { checkout, setUp } from './setup.mjs';
import { runInTheOpen } from './setup/command.mjs';

const { values } = parseArgs({ options: { long: { type: 'boolean', default: false } } });
const parts = [
  ['Training steps', 'steps.mjs'],
  ['The activation network', 'activations.mjs'],
  ['Trainings', 'training.mjs'],
  ['Folder statistics', 'statistics.mjs'],
  ['Colorizing', 'colorizing.mjs'],
  ['Live temperature', 'temperature.mjs'],
  ['Graphs', 'graphs.mjs'],
  ...(values.long ? [['Statistics of 50,000 photographs', 'statistics.mjs', '--large'], ['A training of 2,000 steps', 'training.mjs', '--long']] : []),
];

await setUp();
process.exitCode = await build();
for (const [title, program, ...args] of process.exitCode === 0 ? parts : []) {
  console.log(`\n== ${title}`);
  process.exitCode ||= await runInTheOpen(process.execPath, [join(checkout, 'scripts', 'bench', program), ...args]);
}
