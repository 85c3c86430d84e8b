/** A run's network as colorizing and evaluation take it: open, and named so that its pictures can be told from any other's. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Model } from './colorizing/colorize-folder.js';
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
    return await work({ id: await contentOf(`${chosen.prefix}.data-00000-of-00001`), predictor });
  } finally {
    predictor.close();
  }
}

/** SHA-256 of the weights, hex: a run that was moved or renamed is still the same model. */
async function contentOf(weights: string): Promise<string> {
  return createHash('sha256').update(await readFile(weights)).digest('hex');
}
