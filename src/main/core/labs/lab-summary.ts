/** A laboratory's run in a line, for lists. */
import { basename, join } from 'node:path';
import type { LabSummary } from '../../../shared/contract/lab-view.js';
import { activationsFigures, experimentFigures, outliersFigures, sweepFigures } from '../../../shared/labs/figures.js';
import { activationsResultSchema } from '../../../shared/labs/activations/results.js';
import { LAB_KINDS, type LabKind } from '../../../shared/labs/files.js';
import { outliersResultSchema, regularizationResultSchema, sweepResultSchema } from '../../../shared/labs/regularization/results.js';
import { boundedText } from '../bounded-text.js';
import { RestingSummaries } from '../runs/resting-summaries.js';
import { runId } from '../runs/run-summary.js';
import { openLab, type Lab } from './lab-folder.js';

/** Of lab.json, as far as it is looked at when it is damaged. */
const MOST_BYTES = 2 ** 20;

const summaries = new RestingSummaries<LabSummary>(['metrics.jsonl', 'lab.json', 'result.json']);

/** A run that cannot be read is listed, too, with the reason. */
export function summarizeLab(path: string): Promise<LabSummary> {
  return summaries.of(path, (changedAt) => readSummary({ id: runId(path), name: basename(path), path, changedAt }));
}

async function readSummary(named: Pick<LabSummary, 'id' | 'name' | 'path' | 'changedAt'>): Promise<LabSummary> {
  try {
    const lab = await openLab(named.path);
    const { kind, created, reason } = lab.file;
    const shrunk = lab.file.kind === 'regularization' && lab.file.origin !== undefined;
    const figures = lab.state === 'finished' ? await figuresOf(lab) : undefined;
    return { ...named, kind, created, state: lab.state, reason, ...(shrunk && { shrunk }), figures };
  } catch (error) {
    return { ...named, kind: await probableKind(named.path), state: 'unreadable', reason: (error as Error).message };
  }
}

/** What a damaged run says that it is: its list names it. */
async function probableKind(path: string): Promise<LabKind | undefined> {
  const text = await boundedText(join(path, 'lab.json'), MOST_BYTES).catch(() => '');
  // Its own kind is the first that it names.
  const named = /"kind":\s*"(\w+)"/.exec(text)?.[1];
  return LAB_KINDS.find((kind) => kind === named);
}

/** @throws UserError when the result is missing or damaged. */
async function figuresOf(lab: Lab): Promise<string> {
  switch (lab.file.kind) {
    case 'regularization':
      return experimentFigures(await lab.read('result.json', regularizationResultSchema));
    case 'sweep':
      return sweepFigures(await lab.read('result.json', sweepResultSchema));
    case 'outliers':
      return outliersFigures(await lab.read('result.json', outliersResultSchema));
    case 'activations':
      return activationsFigures(await lab.read('result.json', activationsResultSchema));
  }
}
