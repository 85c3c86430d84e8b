/** A run's network as colorizing and evaluation take it: open, and named so that its pictures can be told from any other's. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Model } from './colorizing/colorize-folder.js';
import { withFrozenModel } from './frozen-colorizer.js';
import type { JobContext } from './job.js';
import { type CheckpointChoice, type Colorizer, openColorizer, openRun } from './runs/index.js';

export interface TrainedModel extends Model {
  predictor: Colorizer;
}

/**
 * Opens a run for the length of some work and closes it afterwards. Loads TensorFlow.
 * @throws UserError when it is no run or has no such checkpoint.
 */
export async function withTrainedModel<R>(path: string, checkpoint: CheckpointChoice, work: (model: TrainedModel) => Promise<R>): Promise<R> {
  const run = await openRun(path);
  const chosen = await run.checkpoint(checkpoint);
  const predictor = await openColorizer(run, { checkpoint: chosen.step });
  try {
    return await work({ id: await contentOf(`${chosen.prefix}.data-00000-of-00001`), predictor, temperature: predictor.temperature });
  } finally {
    predictor.close();
  }
}

/** Opens what colorizes: a run's folder, or a frozen graph exported from one. @throws UserError when it is neither. */
export async function withModel<R>(path: string, checkpoint: CheckpointChoice, { signal }: Pick<JobContext, 'signal'>, work: (model: Model, step: number) => Promise<R>): Promise<R> {
  const isFile = await stat(path).then((facts) => facts.isFile(), () => false);
  return isFile ? withFrozenModel(path, work, signal) : withTrainedModel(path, checkpoint, (model) => work(model, model.predictor.step));
}

/** SHA-256 of the weights, hex: a run that was moved or renamed is still the same model. */
async function contentOf(weights: string): Promise<string> {
  return createHash('sha256').update(await readFile(weights)).digest('hex');
}
