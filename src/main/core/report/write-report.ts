/** Writes all that there is to say of a run, of a training or of a laboratory, into one HTML file; or the model card alone, as Markdown. */
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { ensureFolder, writeFileWhole, writeNewFileWhole } from '../files.js';
import type { JobContext } from '../job.js';
import { openLab } from '../labs/lab-folder.js';
import { programVersion } from '../program-folder.js';
import { openRun } from '../runs/index.js';
import { labPage } from './labs/lab-page.js';
import { cardMarkdown } from './card/markdown.js';
import { cardParts } from './card/parts.js';
import { gatherCard, gatherReport, type EvaluationChoice } from './material.js';
import { reportPage } from './page.js';

export interface ReportOptions {
  /** Folder of a training's run, or of a laboratory's. */
  run: string;
  /** The file; its folder is made where it is not there. */
  out: string;
  /** Of a training's run. */
  evaluation: EvaluationChoice;
  /** Whether a file of that name is replaced. */
  overwrite: boolean;
}

export interface WrittenReport {
  /** Of what it tells. */
  kind: 'run' | 'laboratory';
  out: string;
  bytes: number;
  /** Id of the evaluation that it shows. */
  evaluation?: string;
}

/** @throws UserError when it is no run, has no such evaluation, or the file cannot be written; the signal's reason when stopped. */
export async function writeReport({ run: path, out, evaluation, overwrite }: ReportOptions, context: JobContext): Promise<WrittenReport> {
  const draw = await drawing({ run: path, out, evaluation }, context);
  if (!overwrite) await refuseExisting(out);
  tell(context, 0);
  const { kind, text, shown } = await draw(`Chromabench ${programVersion()}`);
  const page = Buffer.from(text);
  context.signal.throwIfAborted();
  tell(context, 2);
  await ensureFolder(dirname(out));
  await (overwrite ? writeFileWhole : writeNewFileWhole)(out, page);
  tell(context, STAGES);
  return { kind, out, bytes: page.length, ...(shown !== undefined && { evaluation: shown }) };
}

/** What is written follows from the run and from the name of the file. */
async function drawing({ run, out, evaluation }: Pick<ReportOptions, 'run' | 'out' | 'evaluation'>, context: JobContext): Promise<Drawing> {
  const isMarkdown = /\.md$/i.test(out);
  if (!(await isLab(run))) return isMarkdown ? drawCard(run, evaluation) : drawRun(run, evaluation, context);
  if (isMarkdown) throw new UserError(`${run} is a laboratory's run, which has no model card. Let the report's name end with .html.`);
  return drawLab(run);
}

type Drawing = (writtenBy: string) => Promise<{ kind: WrittenReport['kind']; text: string; shown?: string }>;

function isLab(path: string): Promise<boolean> {
  return access(join(path, 'lab.json')).then(() => true, () => false);
}

/** @throws UserError when it cannot be opened. */
async function drawLab(path: string): Promise<Drawing> {
  const lab = await openLab(path);
  return async (writtenBy) => ({ kind: 'laboratory', text: await labPage(lab, writtenBy) });
}

/** @throws UserError when it cannot be opened. */
async function drawRun(path: string, evaluation: EvaluationChoice, context: JobContext): Promise<Drawing> {
  const run = await openRun(path);
  return async (writtenBy) => {
    const material = await gatherReport(run, evaluation, context);
    tell(context, 1);
    return { kind: 'run', text: reportPage(material, writtenBy), shown: material.evaluation?.id };
  };
}

/** @throws UserError when it cannot be opened. */
async function drawCard(path: string, evaluation: EvaluationChoice): Promise<Drawing> {
  const run = await openRun(path);
  return async (writtenBy) => {
    const { card, id } = await gatherCard(run, evaluation);
    return { kind: 'run', text: cardMarkdown(card.name, cardParts(card), writtenBy), shown: id };
  };
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
