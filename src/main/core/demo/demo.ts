/** The whole job on the built-in photographs: train, colorize and evaluate held-out ones, draw, all into one new folder. */
import { readdir } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { assembleConfig, type ConfigLayer } from '../../../shared/run/assemble.js';
import { drawCharts } from '../charts/index.js';
import { colorizeFolder, type ColorizeReport } from '../colorizing/colorize-folder.js';
import { UserError } from '../errors.js';
import { evaluate, type EvaluationReport } from '../evaluation/evaluate.js';
import { keepEvaluation } from '../evaluation/kept-evaluations.js';
import { ensureFolder, writeFileWhole, writeJsonWhole } from '../files.js';
import type { JobContext } from '../job.js';
import { writeReport } from '../report/write-report.js';
import { train, type TrainingReport } from '../training/index.js';
import { type TrainedModel, withTrainedModel } from '../trained-model.js';
import { BUILT_IN, creditLines, HELD_OUT_FOLDER, TRAINING_FOLDER } from './built-in-photographs.js';
import { contactSheet, type Comparison } from './contact-sheet.js';
import { DEMO_SETTINGS } from './demo-settings.js';

export interface DemoOptions {
  /** A folder that is not there yet, or empty. */
  out: string;
  /** Settings that go before the demonstration's own: another budget, another seed. */
  settings?: ConfigLayer;
}

export interface DemoReport {
  out: string;
  training: TrainingReport;
  /** Step of the checkpoint that colorized. */
  step: number;
  colorizing: ColorizeReport;
  evaluation: EvaluationReport;
  /** Files of charts, absolute. */
  charts: string[];
  contactSheet: string;
  /** The run in one HTML file. */
  report: string;
}

/**
 * Runs the demonstration. A training that is stopped ends it: the run is kept, the rest is not made.
 * @throws UserError when the folder holds something; the signal's reason when stopped.
 */
export async function demonstrate({ out, settings = {} }: DemoOptions, context: JobContext): Promise<DemoReport> {
  await makeEmpty(out);
  const run = join(out, 'run');
  const training = await train({ folder: TRAINING_FOLDER, out: run, config: assembleConfig([DEMO_SETTINGS, settings]) }, context);
  context.signal.throwIfAborted();
  // Which checkpoint is best, so few validation photographs cannot tell: the last one, after the rate has come down, is the steadier choice.
  const tried = await withTrainedModel(run, 'newest', (model) => tryOut(model, out, context));
  const charts = await chartsInto(join(out, 'charts'), run, context);
  const { out: report } = await writeReport({ run, out: join(out, 'report.html'), evaluation: 'newest', overwrite: false }, context);
  return { out, training, ...tried, charts, report };
}

/** The colours of the photographs, and all that can be drawn of the run. */
async function chartsInto(folder: string, run: string, context: JobContext): Promise<string[]> {
  const formats = ['svg', 'png', 'csv'] as const;
  const ofPhotographs = await drawCharts({ source: TRAINING_FOLDER, out: join(folder, 'photographs'), formats }, context);
  const ofRun = await drawCharts({ source: run, out: join(folder, 'run'), formats }, context);
  return [...ofPhotographs.files, ...ofRun.files];
}

/** Colorizes the held-out photographs, and measures and shows how near that comes to the truth. */
async function tryOut({ id, predictor, temperature }: TrainedModel, out: string, context: JobContext) {
  const options = { inputs: [HELD_OUT_FOLDER], out: join(out, 'colorized'), format: 'png', temperature, overwrite: false } as const;
  const colorizing = await colorizeFolder(options, { id, predictor }, context);
  const evaluated = await evaluate({ folder: HELD_OUT_FOLDER, temperature, seed: 1 }, predictor, context);
  const { step } = predictor;
  await keepEvaluation(predictor.run.path, evaluated, { step }, context);
  const { report: evaluation } = evaluated;
  await writeJsonWhole(join(out, 'evaluation.json'), evaluation);
  const sheet = join(out, 'contact-sheet.png');
  await writeFileWhole(sheet, await contactSheet(await comparisonsOf(colorizing.files)));
  return { step, colorizing, evaluation, contactSheet: sheet };
}

async function makeEmpty(folder: string): Promise<void> {
  await ensureFolder(folder);
  if ((await readdir(folder)).length > 0) throw new UserError(`${folder} holds something already, and nothing is overwritten. Choose another place.`, { option: '--out' });
}

/** Photographs on the contact sheet: every source in turn, until the sheet is full. */
const SHOWN = 8;

async function comparisonsOf(files: ColorizeReport['files']): Promise<Comparison[]> {
  const credits = await creditLines();
  return bySourcesInTurn(files).slice(0, SHOWN).map(({ input, output }) => ({
    photograph: input, colorized: output, caption: credits.get(relative(BUILT_IN, input).split(sep).join('/')) ?? '',
  }));
}

/** First pictures of all sources, then second ones, and so on. File names are a source and a number: `osprey-02.jpg`. */
function bySourcesInTurn(files: ColorizeReport['files']): ColorizeReport['files'] {
  const turn = ({ input }: { input: string }) => Number(/-(\d+)\.\w+$/.exec(basename(input))?.[1] ?? 0);
  return [...files].sort((one, other) => turn(one) - turn(other) || one.input.localeCompare(other.input));
}
