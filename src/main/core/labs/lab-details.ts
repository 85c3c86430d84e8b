/** A laboratory's run with its reports and its result, for a window. */
import { endianness } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { LabDetails, LabWeights } from '../../../shared/contract/lab-view.js';
import { activationsReportSchema, activationsResultSchema } from '../../../shared/labs/activations/results.js';
import { shownReports } from '../../../shared/labs/activations/shown-reports.js';
import { pointsFileSchema } from '../../../shared/labs/files.js';
import { parametersOfSizes } from '../../../shared/labs/regularization/packed-layers.js';
import {
  outliersResultSchema, regularizationEpochSchema, regularizationResultSchema, shrinkResultSchema, sweepResultSchema, type ShrinkResult,
} from '../../../shared/labs/regularization/results.js';
import { finishedVariants } from './activations/finished-variants.js';
import { thinned } from '../../../shared/run/thinned.js';
import { boundedText } from '../bounded-text.js';
import { type Lab, openLab } from './lab-folder.js';
import { summarizeLab } from './lab-summary.js';
import { readPackedSnapshots } from './regularization/snapshots.js';

/** A log that holds more is none of a laboratory, and not shown. */
const MOST_LOG_BYTES = 16 * 2 ** 20;
/** Lines of the log that are shown. */
const LOG_LINES = 200;

/**
 * @param path The run's folder.
 * @param points Most reports that are handed over.
 * @throws UserError when it cannot be opened or is damaged.
 */
export async function labDetails(path: string, points: number): Promise<LabDetails> {
  const lab = await openLab(path);
  const common = { summary: await summarizeLab(path), log: await logOf(lab) };
  const { file } = lab;
  switch (file.kind) {
    case 'regularization':
      return {
        ...common, kind: file.kind, file,
        points: await lab.read('points.json', pointsFileSchema),
        reports: thinned(await lab.reports(regularizationEpochSchema), points),
        result: await resultOf(lab, regularizationResultSchema),
        shrink: file.origin === undefined ? null : await shrinkOf(lab),
      };
    case 'sweep':
      return { ...common, kind: file.kind, file, result: await resultOf(lab, sweepResultSchema) };
    case 'outliers':
      return { ...common, kind: file.kind, file, points: await lab.read('points.json', pointsFileSchema), result: await resultOf(lab, outliersResultSchema) };
    case 'activations':
      return {
        ...common, kind: file.kind, file,
        reports: shownReports(await lab.reports(activationsReportSchema), points),
        variants: await finishedVariants(path, file.config),
        result: await resultOf(lab, activationsResultSchema),
      };
  }
}

/** Earlier versions could end a run without it. */
async function shrinkOf(lab: Lab): Promise<ShrinkResult | null> {
  return lab.state === 'finished' ? lab.readWhereThere('shrink.json', shrinkResultSchema) : null;
}

/** null while there is none. @throws UserError when it is damaged. */
async function resultOf<T>(lab: Lab, schema: z.ZodType<T>): Promise<T | null> {
  return lab.state === 'finished' ? lab.read('result.json', schema) : null;
}

async function logOf({ path }: Lab): Promise<string[]> {
  const text = await boundedText(join(path, 'log.txt'), MOST_LOG_BYTES).catch(() => '');
  return text.trimEnd().split('\n').slice(-LOG_LINES);
}

/** Bytes of weights that one reply holds. */
const MOST_BYTES = 4 * 2 ** 20;

/**
 * Weights of a regularization experiment at its recorded epochs, also while it runs.
 * @param first Number of the first recorded epoch. @param count How many are wanted; a reply holds at least one, and no more than fit.
 * @throws UserError when it is no such experiment.
 */
export async function labWeights(path: string, first: number, count: number): Promise<LabWeights> {
  const { config } = (await openLab(path, 'regularization')).file;
  const sizes = [1, ...config.network.hidden, 1];
  const members = config.penalty.kinds.flatMap((kind) => Array.from({ length: config.runs }, (_, run) => ({ kind, run })));
  const most = Math.max(1, Math.floor(MOST_BYTES / (4 * members.length * parametersOfSizes(sizes))));
  const read = await readPackedSnapshots(path, members.length, sizes, first, Math.min(count, most));
  return { sizes, members, records: read.records, first, count: read.count, values: base64Of(read.numbers) };
}

function base64Of(numbers: Float32Array): string {
  const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return (endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32()).toString('base64');
}
