/** Checkpoints of a run: folders named by their step that hold TensorFlow's files and where the training stood. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingConfig } from '../../../shared/run/config.js';
import { checkpointFileSchema, type CheckpointFile } from '../../../shared/run/files.js';

export type BestMeasure = TrainingConfig['checkpoints']['best'];

export interface Checkpoint {
  step: number;
  folder: string;
  /** What TensorFlow calls the checkpoint: the path of its files without their endings. */
  prefix: string;
  /** What else a resumed run needs. */
  file: CheckpointFile;
}

const FOLDER_NAME = /^step-(\d{6,})$/;
const PARTS = ['model.ckpt.index', 'model.ckpt.data-00000-of-00001'];

/** Name of a step's folder or preview: `step-000500`. */
export function stepName(step: number): string {
  return `step-${String(step).padStart(6, '0')}`;
}

/** What TensorFlow's files of a checkpoint folder are called together. */
export function prefixIn(folder: string): string {
  return join(folder, 'model.ckpt');
}

/** The whole checkpoints of a run, by ascending step; one that misses a file does not count. */
export async function listCheckpoints(run: string): Promise<Checkpoint[]> {
  const folder = join(run, 'checkpoints');
  const names = await readdir(folder).catch(() => []);
  const read = await Promise.all(names.filter((name) => FOLDER_NAME.test(name)).map((name) => readCheckpoint(join(folder, name))));
  return read.filter((checkpoint) => checkpoint !== undefined).sort((x, y) => x.step - y.step);
}

async function readCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  try {
    const file = checkpointFileSchema.parse(JSON.parse(await readFile(join(folder, 'checkpoint.json'), 'utf8')));
    await Promise.all(PARTS.map((part) => stat(join(folder, part))));
    return { step: file.step, folder, prefix: prefixIn(folder), file };
  } catch {
    return undefined;
  }
}

/** The best of the checkpoints that were validated, the earlier of equals; undefined where none was. */
export function bestCheckpoint(checkpoints: readonly Checkpoint[], measure: BestMeasure): Checkpoint | undefined {
  return checkpoints.reduce<Checkpoint | undefined>((best, candidate) => {
    const value = candidate.file.validation;
    if (value === undefined) return best;
    return best?.file.validation === undefined || isBetter(value, best.file.validation, measure) ? candidate : best;
  }, undefined);
}

type Validation = NonNullable<CheckpointFile['validation']>;

/** Whether a validation beats another: a lower loss, or a higher AuC. */
export function isBetter(value: Validation, other: Validation, measure: BestMeasure): boolean {
  return measure === 'loss' ? value.loss < other.loss : value[measure] > other[measure];
}

/** Removes all but the newest few and the best. */
export async function pruneCheckpoints(run: string, keep: number, measure: BestMeasure): Promise<void> {
  const checkpoints = await listCheckpoints(run);
  const best = bestCheckpoint(checkpoints, measure);
  for (const checkpoint of checkpoints.slice(0, -keep)) {
    if (checkpoint !== best) await rm(checkpoint.folder, { recursive: true, force: true });
  }
}
