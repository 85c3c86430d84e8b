/** Writes all that there is to say of a run into one HTML file. */
import { access, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../errors.js';
import { writeFault, writeFileWhole, writeNewFileWhole } from '../files.js';
import type { JobContext } from '../job.js';
import { openRun } from '../runs/index.js';
import { versions } from '../training/versions.js';
import { gatherReport, type EvaluationChoice } from './material.js';
import { reportPage } from './page.js';

export interface ReportOptions {
  run: string;
  /** The file; its folder is made where it is not there. */
  out: string;
  evaluation: EvaluationChoice;
  /** Whether a file of that name is replaced. */
  overwrite: boolean;
}

export interface WrittenReport {
  out: string;
  bytes: number;
  /** Id of the evaluation that it shows. */
  evaluation?: string;
}

/** @throws UserError when it is no run, has no such evaluation, or the file cannot be written; the signal's reason when stopped. */
export async function writeReport({ run: path, out, evaluation, overwrite }: ReportOptions, context: JobContext): Promise<WrittenReport> {
  const run = await openRun(path);
  if (!overwrite) await refuseExisting(out);
  tell(context, 0);
  const material = await gatherReport(run, evaluation, context);
  tell(context, 1);
  const { chromabench } = await versions();
  const page = Buffer.from(reportPage(material, `Chromabench ${chromabench}`));
  context.signal.throwIfAborted();
  tell(context, 2);
  await mkdir(dirname(out), { recursive: true }).catch((error: unknown) => {
    throw writeFault(out, error);
  });
  await (overwrite ? writeFileWhole : writeNewFileWhole)(out, page);
  tell(context, STAGES);
  return { out, bytes: page.length, ...(material.evaluation && { evaluation: material.evaluation.id }) };
}

/** Reading the run, drawing, writing. */
const STAGES = 3;

function tell({ progress }: JobContext, done: number): void {
  progress.progress({ phase: 'Writing the report', done, total: STAGES, unit: 'stages' });
}

/** Asked before the work; the writing itself refuses again. */
async function refuseExisting(out: string): Promise<void> {
  const isThere = await access(out).then(() => true, () => false);
  if (isThere) throw new UserError(`${out} is there already and is not overwritten. Choose another name, or say that it may be overwritten.`);
}
