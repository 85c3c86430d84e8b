/** What the training and its thread of batches say to each other. */
import type { Encoding } from '../../../shared/colour/encode.js';
import type { PriorFile } from '../../../shared/run/files.js';
import type { AnswerGrid, Batch } from './batch.js';
import type { PatchPlanOptions } from './patch-plan.js';
import type { StoredPhoto } from './photo-store.js';

/** What the thread is started with. */
export interface BatchThreadData {
  folder: string;
  training: StoredPhoto[];
  validation: StoredPhoto[];
  plan: PatchPlanOptions;
  prior: PriorFile;
  encoding: Encoding;
  /** Whether training pieces are shown with hints. */
  hints: boolean;
  /** By how much the lightness of training pieces changes at random, see the setting. */
  lightness: number;
  /** Share of the training pieces that are shown worn, 0..1. */
  wear: number;
  /** How the answer lies on a training piece; a validation square of another side has the same border and stride. */
  grid: AnswerGrid;
  /** Bytes of decoded photographs that may be kept. */
  memory: number;
  /** The same on disk, for later epochs and trainings. */
  disk: number;
}

export type BatchRequest =
  /** The batch of a training step, from 1 on. */
  | { id: number; kind: 'training'; step: number }
  /** Middle squares of validation photographs as a batch; fewer where some cannot be read. */
  | { id: number; kind: 'validation'; from: number; count: number; side: number }
  /** Middle squares of validation photographs as pixels. */
  | { id: number; kind: 'squares'; from: number; count: number; side: number }
  /** How much the decoded photographs take that are kept. */
  | { id: number; kind: 'kept' };

export type BatchReply =
  | { id: number; kind: 'batch'; batch: Batch }
  /** RGB, each Uint8Array [side, side, 3] */
  | { id: number; kind: 'squares'; squares: Uint8Array[] }
  | { id: number; kind: 'kept'; bytes: number }
  /** @property forPerson Whether the message is a sentence for the person at the screen, not a defect. */
  | { id: number; kind: 'fault'; message: string; forPerson: boolean }
  /** A photograph that cannot be read any more; told once, unasked. */
  | { kind: 'skipped'; path: string; reason: string };
