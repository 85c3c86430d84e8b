/** Evaluates a run and keeps what was found beside it. */
import { stat } from 'node:fs/promises';
import type { EvaluatedPart } from '../../../shared/run/evaluation.js';
import { UserError } from '../errors.js';
import type { JobContext } from '../job.js';
import { type CheckpointChoice, openRun } from '../runs/index.js';
import { withTrainedModel } from '../trained-model.js';
import { evaluate, type EvaluationReport } from './evaluate.js';
import type { PhotoChoice } from './evaluated-photos.js';
import { keepEvaluation } from './kept-evaluations.js';

export interface EvaluateRunOptions {
  run: string;
  checkpoint: CheckpointChoice;
  /** Folder of photographs whose colours are known; the run's own folder where absent. */
  folder?: string;
  list?: string;
  /** Without a folder: which of the run's own photographs. */
  part: EvaluatedPart;
  /** The run's own where absent. */
  temperature?: number;
  seed: number;
  /** Whether old scans of the photographs are measured too. */
  worn?: boolean;
}

export interface RunEvaluation extends EvaluationReport {
  run: string;
  step: number;
  part?: EvaluatedPart;
  /** Folder that keeps it; absent where the run's folder could not be written. */
  kept?: string;
}

/** @throws UserError as `evaluate` does; also when it is no run, or keeps no photographs of that part. */
export async function evaluateRun(options: EvaluateRunOptions, context: JobContext): Promise<RunEvaluation> {
  const { run, checkpoint, seed, part, worn } = options;
  const choice = options.folder === undefined ? await ownPhotos(run, part) : { folder: options.folder, list: options.list };
  return withTrainedModel(run, checkpoint, async ({ predictor, temperature }) => {
    const evaluated = await evaluate({ ...choice, temperature: options.temperature ?? temperature, seed, worn }, predictor, context);
    const facts = { step: predictor.step, ...(options.folder === undefined && { part }) };
    const kept = await keepEvaluation(run, evaluated, facts, context);
    return { run, ...facts, ...evaluated.report, ...(kept !== undefined && { kept }) };
  });
}

/** Photographs that the run has held back from its training. */
async function ownPhotos(path: string, part: EvaluatedPart): Promise<PhotoChoice> {
  const run = await openRun(path);
  const { folder } = run.file.data;
  const photos = (await run.split())[part];
  if (photos.length === 0) {
    throw new UserError(`${path} kept no photographs for ${part === 'test' ? 'test' : 'validation'}. Name a folder of photographs that it has not learnt from.`);
  }
  const isThere = await stat(folder).then((facts) => facts.isDirectory(), () => false);
  if (!isThere) throw new UserError(`The photographs of ${path} lay in ${folder}, which is not there any more. Bring it back, or name another folder.`);
  return { folder, photos };
}
