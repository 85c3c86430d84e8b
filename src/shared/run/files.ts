/**
 * The files of a run folder as schemas: run.json, prior.json, colours.json and split.json. One version number, in run.json, stands for
 * the folder as a whole; every version ever written stays readable.
 */
import { z } from 'zod';
import { staysBelow } from '../below-path.js';
import { trainingConfigSchema } from './config.js';

/** Version of the folder's format that this program writes. */
export const RUN_SCHEMA_VERSION = 1;

/**
 * training: a process holds the run (or was killed: nobody holds its lock). stopped: by the person, can be resumed.
 * finished: came to its end. failed: ended by a fault, told in `reason`; can be resumed when the cause is gone.
 */
export const RUN_STATES = ['training', 'stopped', 'finished', 'failed'] as const;
export type RunState = (typeof RUN_STATES)[number];

const count = z.int().nonnegative();
const pixels = z.int().positive();

const machineSchema = z.strictObject({
  /** `linux x64`. */
  system: z.string(),
  processor: z.string(),
  threads: pixels,
  /** Bytes. */
  memory: count,
});
export type Machine = z.infer<typeof machineSchema>;

export const runFileSchema = z.strictObject({
  schemaVersion: z.literal(RUN_SCHEMA_VERSION),
  /** ISO 8601, UTC. */
  created: z.string(),
  /** What wrote it: chromabench, node, tensorflow, sharp. */
  versions: z.record(z.string(), z.string()),
  /** What the training was begun on; runs of before it was told lack it, and those begun on a cluster. */
  machine: machineSchema.optional(),
  /** The Ray cluster that the training was begun on. */
  cluster: z.strictObject({ workers: z.int().positive() }).optional(),
  config: trainingConfigSchema,
  /** The photographs learnt from. */
  data: z.strictObject({
    /** Absolute path of the folder. */
    folder: z.string(),
    /** Identifies exactly this set of photographs. */
    fingerprint: z.string(),
    training: count,
    validation: count,
    test: count,
    /** Files of the folder that were not used, by fate (photos/fault.ts); runs of before it was told lack it. */
    refused: z.record(z.string(), count).optional(),
    /** Steps that show every training photograph once; fractions count. */
    stepsAnEpoch: z.number().positive(),
    /** Shorter side at which photographs are seen, median over those trained on, in pixels. */
    seenSide: pixels,
    /** L that the pieces trained on range over, their medians (`typicalRange`); runs of before it was looked for have none. */
    lightness: z.strictObject({ low: z.number(), high: z.number() }).optional(),
  }),
  network: z.strictObject({
    /** Trainable numbers. */
    parameters: count,
    /** Bins. */
    Q: pixels,
    /** Side of the pieces trained on, in pixels; smaller than configured where the photographs are. */
    patch: pixels,
    /** Input pixels a side of an output cell. */
    outputStride: pixels,
  }),
  /** Where the training ends. A budget in minutes or epochs is turned into steps once, so that the run can be repeated. */
  steps: pixels,
  state: z.enum(RUN_STATES),
  /** Why it failed, or ended early: a sentence. */
  reason: z.string().optional(),
  /** Last step of which the folder holds everything. */
  step: count,
});
export type RunFile = z.infer<typeof runFileSchema>;

export const priorFileSchema = z.strictObject({
  window: z.int(),
  lambda: z.number(),
  /** ab units. */
  smoothing: z.number(),
  /** Pixels counted: those of the training photographs. */
  pixels: count,
  bins: z.array(z.strictObject({
    /** Tile of the ab plane: row of a, column of b. */
    row: count,
    column: count,
    /** Colour. */
    a: z.number(),
    b: z.number(),
    /** Share of the pixels. */
    share: z.number(),
    /** Prior: the share, smoothed. */
    prior: z.number(),
    /** Weight of the bin in the loss; 1 for all where rebalancing is off. */
    weight: z.number(),
  })).min(1),
});
export type PriorFile = z.infer<typeof priorFileSchema>;

/**
 * How the colours of the training photographs are distributed. Runs of before this file was written have none; what the
 * training needs of it is in prior.json.
 */
export const coloursFileSchema = z.strictObject({
  photographs: count,
  pixels: count,
  /** Cells of one ab unit that hold a pixel, ascending: row of a times 220 plus column of b; and the pixels in each. */
  cells: z.array(count),
  counts: z.array(count),
});
export type ColoursFile = z.infer<typeof coloursFileSchema>;

export const splitPhotoSchema = z.strictObject({
  /** Relative to the folder, parts joined by `/`. */
  path: z.string().refine(staysBelow, 'expected a path within the folder'),
  /** SHA-256 of the file. */
  contentId: z.string(),
  /** As shown, in pixels. */
  width: pixels,
  height: pixels,
});
export type SplitPhoto = z.infer<typeof splitPhotoSchema>;

export const splitFileSchema = z.strictObject({
  training: z.array(splitPhotoSchema),
  validation: z.array(splitPhotoSchema),
  test: z.array(splitPhotoSchema),
});
export type SplitFile = z.infer<typeof splitFileSchema>;

/** Where a checkpoint stands, kept beside the weights in its folder: what a resumed run needs besides them. */
export const checkpointFileSchema = z.strictObject({
  step: count,
  /** Seconds of training so far. */
  seconds: z.number().nonnegative(),
  /** Validation at this very step; absent for a checkpoint made by a stop. */
  validation: z.strictObject({
    loss: z.number(), auc: z.number(), aucRebalanced: z.number(),
    /** At which the colours did best; runs of before it was looked for have none. */
    temperature: z.number().optional(),
  }).optional(),
  /** Losses since the last report, so that the next report is the mean it would have been. */
  unreported: z.strictObject({ steps: count, loss: z.number(), penalty: z.number() }),
  /** Validations since the best one. */
  stale: count,
  /** What the alarms remember. */
  watch: z.strictObject({ firstLosses: z.array(z.number()), lastLosses: z.array(z.number()), flatTold: z.boolean(), narrow: count, collapseTold: z.boolean() }),
});
export type CheckpointFile = z.infer<typeof checkpointFileSchema>;
