/**
 * lab.json, the first file of a laboratory's run folder: what was run, with which settings, by which versions, and where it stands.
 * One version number stands for the folder as a whole; every version ever written stays readable.
 */
import { z } from 'zod';
import { RUN_STATES } from '../run/files.js';
import { activationsConfigSchema } from './activations/config.js';
import { regularizationConfigSchema, sweepConfigSchema } from './regularization/config.js';
import { PENALTY_KINDS } from './regularization/penalties.js';

/** Version of the folder's format that this program writes. */
export const LAB_SCHEMA_VERSION = 1;

const common = {
  schemaVersion: z.literal(LAB_SCHEMA_VERSION),
  /** ISO 8601, UTC. */
  created: z.string(),
  /** What wrote it: chromabench, node, tensorflow. */
  versions: z.record(z.string(), z.string()),
  state: z.enum(RUN_STATES),
  /** Why it failed, or ended early: a sentence. */
  reason: z.string().optional(),
};

/** From which network a smaller one was made. */
export const shrinkOriginSchema = z.strictObject({
  /** Folder of the experiment, where it lay then; and when it was created, by which it is known under any name. */
  run: z.string(),
  created: z.string().optional(),
  penalty: z.enum(PENALTY_KINDS),
  number: z.int().nonnegative(),
  /** Largest size of a weight that counted as zero. */
  threshold: z.number().nonnegative(),
  /** Whether the surviving weights were kept, or fresh ones drawn. */
  weights: z.enum(['keep', 'fresh']),
});
export type ShrinkOrigin = z.infer<typeof shrinkOriginSchema>;

export const regularizationLabSchema = z.strictObject({
  ...common,
  kind: z.literal('regularization'),
  config: regularizationConfigSchema,
  /** Where the networks come from that were made smaller. */
  origin: shrinkOriginSchema.optional(),
});
export type RegularizationLab = z.infer<typeof regularizationLabSchema>;

export const sweepLabSchema = z.strictObject({ ...common, kind: z.literal('sweep'), config: sweepConfigSchema });
export type SweepLab = z.infer<typeof sweepLabSchema>;

export const outliersLabSchema = z.strictObject({ ...common, kind: z.literal('outliers'), config: regularizationConfigSchema });
export type OutliersLab = z.infer<typeof outliersLabSchema>;

export const activationsLabSchema = z.strictObject({
  ...common,
  kind: z.literal('activations'),
  config: activationsConfigSchema,
  /** The pictures: which they were, and how many. */
  data: z.strictObject({ fingerprint: z.string(), classes: z.array(z.string()), training: z.int().positive(), test: z.int().positive() }),
});
export type ActivationsLab = z.infer<typeof activationsLabSchema>;

export const labFileSchema = z.discriminatedUnion('kind', [regularizationLabSchema, sweepLabSchema, outliersLabSchema, activationsLabSchema]);
export type LabFile = z.infer<typeof labFileSchema>;
export const LAB_KINDS = ['regularization', 'sweep', 'outliers', 'activations'] as const satisfies LabFile['kind'][];
export type LabKind = LabFile['kind'];

/** points.json: the points that were fitted, a set for all runs or one a run, so that the experiment can be repeated and shown. */
export const pointSetSchema = z.strictObject({
  x: z.array(z.number()),
  y: z.array(z.number()),
  outliers: z.array(z.int().nonnegative()),
  training: z.array(z.int().nonnegative()),
  test: z.array(z.int().nonnegative()),
  /** The network sees (x - mean) / spread, and gives (y - mean) / spread. */
  scaling: z.strictObject({ x: z.strictObject({ mean: z.number(), spread: z.number() }), y: z.strictObject({ mean: z.number(), spread: z.number() }) }),
});
export type PointSet = z.infer<typeof pointSetSchema>;
export const pointsFileSchema = z.array(pointSetSchema).min(1);
