import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { JobResult } from '../../../../shared/contract/kinds.js';
import { counted, duration } from '../../../../shared/words/words.js';
import { verdict } from '../../../../shared/words/verdict.js';
import { HELD_OUT_FOLDER, TRAINING_FOLDER } from '../../../core/demo/built-in-photographs.js';
import type { CommandHost } from '../command-host.js';
import { evaluationTable } from '../evaluation-text.js';
import { jsonOption } from '../json-option.js';
import { columns } from '../lines.js';
import { numberWithin, place } from '../option-values.js';
import { pathText } from '../path-text.js';
import { trainingView } from '../training-view.js';

const notes = () => `
It trains on ${photographsIn(TRAINING_FOLDER)} landscapes for about two minutes and tries the result on ${photographsIn(HELD_OUT_FOLDER)} others, taken from pictures that the
training never saw. So short a training gives first colours, not good ones.

Example:
  $ chromabench demo --out ~/chromabench-demo`;

interface Options {
  out?: string;
  steps?: number;
  seed?: number;
}

export function demoCommand(host: CommandHost): Command {
  return new Command('demo')
    .addOption(new Option('--out <folder>', 'new folder for all that is made (default: chromabench-demo, here)').argParser(place))
    .addOption(new Option('--steps <n>', 'train for so many steps instead of two minutes').argParser(numberWithin(1, Infinity, { whole: true })))
    .addOption(new Option('--seed <s>', 'start of all random numbers').argParser(numberWithin(0, 2 ** 31 - 1, { whole: true })))
    .addOption(jsonOption())
    .addHelpText('after', notes)
    .action(async ({ out = freePlace(), steps, seed }: Options) => {
      const result = await host.run('demo', { out, steps, seed }, trainingView);
      host.report(result, demoText(result));
    });
}

function photographsIn(folder: string): number {
  return readdirSync(folder).filter((name) => name.endsWith('.jpg')).length;
}

/** `chromabench-demo` in the working directory, with a number where that is taken. */
function freePlace(): string {
  for (let number = 1; ; number++) {
    const folder = resolve(number === 1 ? 'chromabench-demo' : `chromabench-demo-${number}`);
    if (!existsSync(folder)) return folder;
  }
}

function demoText({ out, training, colorizing, evaluation, charts, contactSheet, report }: JobResult<'demo'>): string {
  const { run, steps, seconds } = training;
  return [
    `Trained ${counted(steps, 'step')} in ${duration(seconds)}, then colorized ${counted(colorizing.files.length, 'photograph')} that the training never saw:`,
    '',
    evaluationTable(evaluation),
    '',
    verdict(evaluation),
    '',
    `Everything is in ${pathText(out)}:`,
    columns([
      [inside(out, contactSheet), 'look at this first: gray, colorized and true side by side'],
      [inside(out, colorizing.out), counted(colorizing.files.length, 'colorized photograph')],
      [inside(out, join(out, 'charts')), `${counted(charts.length, 'chart file')}: colours, bins, weights, curves, filters`],
      ['evaluation.json', 'the figures above'],
      [inside(out, report), 'all there is to say of the run, in one page for any browser'],
      [inside(out, run), `the trained run; colorize your own with it:  chromabench colorize ${pathText(run)} PHOTOGRAPHS --out FOLDER`],
    ]),
  ].join('\n');
}

function inside(folder: string, path: string): string {
  return path.slice(folder.length + 1);
}
