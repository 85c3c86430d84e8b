/**
 * `npm run bench`: sets up, builds, and measures, side by side in one run: training steps, whole trainings, folder statistics, colorizing, the live
 * temperature, pausing, starting, installed size, growth with the number and the size of photographs, graphs.
 * `npm run bench -- --long` adds what takes long: 50,000 photographs and a training of 2,000 steps. Names (steps, window) measure only those.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './steps/build.mjs';
import { checkout, setUp } from './setup.mjs';
import { runInTheOpen } from './setup/command.mjs';

const { values, positionals } = parseArgs({ options: { long: { type: 'boolean', default: false } }, allowPositionals: true });
const all = [
  ['Training steps', 'steps.mjs'],
  ['The activation network', 'activations.mjs'],
  ['Trainings', 'training.mjs'],
  ['Photographs of a training', 'training-data.mjs'],
  ['Folder statistics', 'statistics.mjs'],
  ['Colorizing', 'colorizing.mjs'],
  ['Live temperature', 'temperature.mjs'],
  ['Pausing', 'pause.mjs'],
  ['Starting', 'starting.mjs'],
  ['Installed size', 'size.mjs'],
  ['Growth', 'growth.mjs'],
  ['Graphs', 'graphs.mjs'],
  ['The window', 'window.mjs'],
  ...(values.long ? [['Statistics of 50,000 photographs', 'statistics.mjs', '--large'], ['A training of 2,000 steps', 'training.mjs', '--long']] : []),
];

const unknown = positionals.filter((name) => !all.some(([, program]) => program === `${name}.mjs`));
if (unknown.length) throw new Error(`There is no benchmark named ${unknown.join(', ')}; there are ${[...new Set(all.map(([, program]) => program.replace('.mjs', '')))].join(', ')}.`);
const parts = positionals.length ? all.filter(([, program]) => positionals.includes(program.replace('.mjs', ''))) : all;

await setUp();
process.exitCode = await build();
for (const [title, program, ...args] of process.exitCode === 0 ? parts : []) {
  console.log(`\n== ${title}`);
  process.exitCode ||= await runInTheOpen(process.execPath, [join(checkout, 'scripts', 'bench', program), ...args]);
}
