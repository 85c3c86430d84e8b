/** Runs of the laboratories as windows see them. */
import { z } from 'zod';
import { activationsReportSchema, activationsResultSchema, variantResultSchema } from '../labs/activations/results.js';
import { activationsLabSchema, LAB_KINDS, outliersLabSchema, pointsFileSchema, regularizationLabSchema, sweepLabSchema } from '../labs/files.js';
import { PENALTY_KINDS } from '../labs/regularization/penalties.js';
import {
  outliersResultSchema, regularizationEpochSchema, regularizationResultSchema, shrinkResultSchema, sweepResultSchema,
} from '../labs/regularization/results.js';
import { runIdSchema } from './run-view.js';

const count = z.int().nonnegative();

export const labSummarySchema = z.object({
  id: runIdSchema,
  /** Name of its folder. */
  name: z.string(),
  path: z.string(),
  /** Absent where nothing of it can be read. */
  kind: z.enum(LAB_KINDS).optional(),
  /** When it was created, by which it is known under any name. */
  created: z.string().optional(),
  /** Its networks were made smaller ones of another experiment's. */
  shrunk: z.boolean().optional(),
  /** `unreadable` where it cannot be opened: the reason says why. */
  state: z.enum(['training', 'interrupted', 'stopped', 'finished', 'failed', 'unreadable']),
  reason: z.string().optional(),
  /** Milliseconds since 1970 of the last change. */
  changedAt: z.number(),
  /** What came out, or what it is about, in one line. */
  figures: z.string().optional(),
});
export type LabSummary = z.infer<typeof labSummarySchema>;

const common = {
  summary: labSummarySchema,
  /** The last lines of log.txt. */
  log: z.array(z.string()),
};

export const labDetailsSchema = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('regularization'),
    file: regularizationLabSchema,
    points: pointsFileSchema,
    /** Reports of the recorded epochs. */
    reports: z.array(regularizationEpochSchema),
    /** null while there is none. */
    result: regularizationResultSchema.nullable(),
    /** Of an experiment with smaller networks: beside the full one. */
    shrink: shrinkResultSchema.nullable(),
  }),
  z.object({ ...common, kind: z.literal('sweep'), file: sweepLabSchema, result: sweepResultSchema.nullable() }),
  z.object({ ...common, kind: z.literal('outliers'), file: outliersLabSchema, points: pointsFileSchema, result: outliersResultSchema.nullable() }),
  z.object({
    ...common,
    kind: z.literal('activations'),
    file: activationsLabSchema,
    /** By training and step; of a long one about as many as asked for, every so many epochs; layers of the first run alone. */
    reports: z.array(activationsReportSchema),
    /** Trainings that came to their end, also while others go on. */
    variants: z.array(variantResultSchema),
    result: activationsResultSchema.nullable(),
  }),
]);
export type LabDetails = z.infer<typeof labDetailsSchema>;
export type DetailsOf<K extends LabDetails['kind']> = Extract<LabDetails, { kind: K }>;

/** Weights of an experiment at some of its recorded epochs. */
export const labWeightsSchema = z.object({
  /** Sizes of the layers from input to output. */
  sizes: z.array(count),
  /** Whose weights these are, in their order: each network of each recorded epoch. */
  members: z.array(z.object({ kind: z.enum(PENALTY_KINDS), run: count })),
  /** Recorded epochs that the run holds whole by now. */
  records: count,
  /** Number of the first one that is handed over, and how many are. */
  first: count,
  count,
  /** float32, little-endian, in base64: record by record, network by network, layer by layer, weights before biases. */
  values: z.string(),
});
export type LabWeights = z.infer<typeof labWeightsSchema>;
