/** A run as windows see it. */
import { z } from 'zod';
import { trainingEstimateSchema } from './estimate.js';
import { PRESET_NAMES } from '../run/config.js';
import { priorFileSchema, runFileSchema } from '../run/files.js';
import { metricsLineSchema } from '../run/metrics.js';

/** Names a run: handed out by the engine, derived from its folder's path. */
export const runIdSchema = z.string().regex(/^[0-9a-f]{16}$/, 'expected the id of a run');

export const runSummarySchema = z.object({
  id: runIdSchema,
  /** Name of its folder. */
  name: z.string(),
  path: z.string(),
  /** `unreadable` where it cannot be opened: the reason says why. */
  state: z.enum(['training', 'interrupted', 'stopped', 'finished', 'failed', 'unreadable']),
  reason: z.string().optional(),
  preset: z.enum(PRESET_NAMES).optional(),
  /** Folder of the photographs it learnt from. */
  folder: z.string().optional(),
  photographs: z.int().nonnegative().optional(),
  /** Milliseconds since 1970 of the last change. */
  changedAt: z.number(),
  step: z.int().nonnegative().optional(),
  steps: z.int().nonnegative().optional(),
  /** Colour bins. */
  Q: z.int().nonnegative().optional(),
  /** Seconds of training so far. */
  seconds: z.number().nonnegative().optional(),
  /** Weights are kept that can be used; before the first checkpoint there are none. */
  hasCheckpoint: z.boolean().optional(),
  /** Address of the cluster that trains it, as far as is known here. */
  cluster: z.string().optional(),
  /** The best validation by the run's own measure. */
  best: z.object({ step: z.int(), loss: z.number(), auc: z.number(), aucRebalanced: z.number(), temperature: z.number().optional() }).optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const runDetailsSchema = z.object({
  summary: runSummarySchema,
  /** run.json as it is. */
  file: runFileSchema,
  prior: priorFileSchema.nullable(),
  /** By step; of a long run as many as asked for, evenly thinned, validations kept. */
  metrics: z.array(metricsLineSchema),
  /** Steps that have a preview picture, and those that have a checkpoint. */
  previews: z.array(z.int()),
  checkpoints: z.array(z.int()),
  /** Steps of which the filters are kept. */
  filters: z.array(z.int()),
  /** What the training was expected to take when it began. */
  estimate: trainingEstimateSchema.optional(),
  /** The last lines of log.txt. */
  log: z.array(z.string()),
});
export type RunDetails = z.infer<typeof runDetailsSchema>;
