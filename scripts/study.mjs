/**
 * `npm run study -- FOLDER --out STUDY`: trains the experiments of study/experiments.mjs on a folder of photographs and measures each on
 * validation photographs. What is done is not done again, what was broken off goes on; table.csv and table.md hold what there is so far.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './steps/build.mjs';
import { checkout, setUp } from './setup.mjs';
import { runInTheOpen } from './setup/command.mjs';
import { EXPERIMENTS } from './study/experiments.mjs';

const USAGE = 'npm run study -- FOLDER --out STUDY [--test-list FILE] [--steps 1500] [--seeds 1,2,3] [--only NAME,NAME] [--part validation|test]';

/** @typedef {{ auc: number, aucRebalanced: number, psnr: number, chroma: number }} Figures */
/** @typedef {{ name: string, seed: number, part: string, steps: number, seconds: number, temperature: number, figures: Figures, gray: Figures, trueChroma: number }} Row */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'out': { type: 'string' }, 'test-list': { type: 'string' }, 'steps': { type: 'string', default: '1500' }, 'seeds': { type: 'string', default: '1' },
    'only': { type: 'string' }, 'part': { type: 'string', default: 'validation' },
  },
});

/** @param {string[]} words */
const chromabench = (...words) => runInTheOpen(process.execPath, [join(checkout, 'bin', 'chromabench.mjs'), ...words]);

/** @param {string} text */
function wholeNumber(text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${JSON.stringify(text)} is no whole number from 1 on.\n${USAGE}`);
  return number;
}

function chosenExperiments() {
  const names = values.only?.split(',') ?? EXPERIMENTS.map(({ name }) => name);
  const unknown = names.filter((name) => !EXPERIMENTS.some((experiment) => experiment.name === name));
  if (unknown.length) throw new Error(`There is no experiment named ${unknown.join(', ')}; there are ${EXPERIMENTS.map(({ name }) => name).join(', ')}.`);
  return EXPERIMENTS.filter(({ name }) => names.includes(name));
}

/** @param {string} file @returns {Promise<any>} */
const json = async (file) => JSON.parse(await readFile(file, 'utf8'));

/**
 * The run of an experiment, trained to its end.
 * @param {string} folder @param {string} run @param {readonly string[]} settings @param {number} steps
 */
async function trained(folder, run, settings, steps) {
  if (existsSync(join(run, 'run.json'))) return (await json(join(run, 'run.json'))).state === 'finished' ? 0 : chromabench('resume', run);
  const list = values['test-list'] === undefined ? [] : ['--test-list', resolve(values['test-list'])];
  return chromabench('train', folder, '--out', run, '--steps', String(steps), ...list, ...settings.flatMap((setting) => ['--set', setting]));
}

/** @param {string} run @returns {Promise<Row | undefined>} */
async function measured(run, name = '', seed = 0) {
  const file = `${run}-${values.part}.json`;
  if (!existsSync(file)) {
    // The command's own JSON goes to standard output: the evaluation that the run keeps is read instead.
    if ((await chromabench('evaluate', run, '--checkpoint', 'newest', '--part', String(values.part))) !== 0) return undefined;
    const newest = (await readdir(join(run, 'evaluations'))).sort().at(-1);
    if (newest === undefined) return undefined;
    await writeFile(`${file}.part`, await readFile(join(run, 'evaluations', newest, 'evaluation.json')));
    await rename(`${file}.part`, file);
  }
  const { auc, aucRebalanced, psnr, chroma, temperature, trueChroma, baselines: { gray } } = await json(file);
  const lines = (await readFile(join(run, 'metrics.jsonl'), 'utf8')).trim().split('\n');
  const { step, seconds } = JSON.parse(lines[lines.length - 1]);
  return { name, seed, part: String(values.part), steps: step, seconds, temperature, figures: { auc, aucRebalanced, psnr, chroma }, gray, trueChroma };
}

/** @param {readonly Row[]} rows */
function tableOf(rows) {
  const head = ['experiment', 'seed', 'part', 'steps', 'seconds', 'temperature', 'AuC over gray', 'rebalanced over gray', 'PSNR over gray (dB)', 'vividness'];
  const cells = rows.map(({ name, seed, part, steps, seconds, temperature, figures, gray, trueChroma }) => [
    name, seed, part, steps, Math.round(seconds), temperature, (figures.auc - gray.auc).toFixed(2),
    (figures.aucRebalanced - gray.aucRebalanced).toFixed(2), (figures.psnr - gray.psnr).toFixed(2), (figures.chroma / trueChroma).toFixed(2),
  ]);
  return { head, cells };
}

/** @param {string} out @param {readonly Row[]} rows */
async function writeTables(out, rows) {
  const { head, cells } = tableOf(rows);
  const lines = [head, ...cells];
  await writeFile(join(out, 'table.csv'), `${lines.map((line) => line.join(',')).join('\n')}\n`);
  const ruled = [head, head.map(() => '---'), ...cells];
  await writeFile(join(out, 'table.md'), `${ruled.map((line) => `| ${line.join(' | ')} |`).join('\n')}\n`);
}

async function main() {
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1 || values.out === undefined) throw new Error(`Usage: ${USAGE}`);
  const [out, steps, seeds] = [resolve(values.out), wholeNumber(values.steps), values.seeds.split(',').map(wholeNumber)];
  const experiments = chosenExperiments();
  await setUp();
  if ((await build()) !== 0) return 1;
  await mkdir(join(out, 'runs'), { recursive: true });
  /** @type {Row[]} */
  const rows = [];
  for (const seed of seeds) {
    for (const { name, question, work = 1, settings } of experiments) {
      const run = join(out, 'runs', `${name}-${seed}`);
      console.log(`\n== ${name}, seed ${seed}: ${question}`);
      const failed = (await trained(resolve(folder), run, [...settings, `seed=${seed}`], Math.round(steps / work))) !== 0;
      const row = failed ? undefined : await measured(run, name, seed);
      if (row === undefined) return 1;
      rows.push(row);
      await writeTables(out, rows);
    }
  }
  return 0;
}

process.exitCode = await main();
