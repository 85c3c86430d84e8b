/** A laboratory's run in a line, for lists. */
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { LabSummary } from '../../../shared/contract/lab-view.js';
import { activationsFigures, experimentFigures, outliersFigures, sweepFigures } from '../../../shared/labs/figures.js';
import { activationsResultSchema } from '../../../shared/labs/activations/results.js';
import { outliersResultSchema, regularizationResultSchema, sweepResultSchema } from '../../../shared/labs/regularization/results.js';
import { runId } from '../runs/run-summary.js';
import { openLab, type Lab } from './lab-folder.js';

/** A run that cannot be read is listed, too, with the reason. */
export async function summarizeLab(path: string): Promise<LabSummary> {
  const named = { id: runId(path), name: basename(path), path, changedAt: await changedAt(path) };
  try {
    const lab = await openLab(path);
    const { kind, reason } = lab.file;
    const shrunk = lab.file.kind === 'regularization' && lab.file.origin !== undefined;
    const figures = lab.state === 'finished' ? await figuresOf(lab) : undefined;
    return { ...named, kind, state: lab.state, reason, ...(shrunk && { shrunk }), figures };
  } catch (error) {
    return { ...named, state: 'unreadable', reason: (error as Error).message };
  }
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

/** Of the files that change last. */
async function changedAt(path: string): Promise<number> {
  const times = await Promise.all(['lab.json', 'metrics.jsonl'].map((name) => stat(join(path, name)).then(({ mtimeMs }) => mtimeMs, () => 0)));
  return Math.max(...times);
}
