/** What came of a regularization experiment, as its run folder and the contract hold it. */
import { z } from 'zod';
import { divergenceSchema } from '../divergence.js';
import { PENALTY_KINDS } from './penalties.js';

const count = z.int().nonnegative();
/** null: not a number, of a run that diverged. */
const figure = z.number().nullable();

export const spreadSchema = z.object({ mean: figure, deviation: figure, count });

export const sparsitySchema = z.object({ weights: count, zeroWeights: count, exactZeros: count, neurons: count, deadNeurons: count });

/** One training of one penalty. */
export const regularizationRunSchema = z.object({
  run: count,
  /** Sum of the sizes of the errors over the test points, in the units of y. */
  error: figure,
  /** The same over the training points. */
  trainingError: figure,
  /** Mean loss a point in the last epoch, and the penalty at its end. */
  loss: figure,
  penalty: figure,
  sparsity: sparsitySchema,
  diverged: divergenceSchema.optional(),
});
export type RegularizationRun = z.infer<typeof regularizationRunSchema>;

export const penaltyResultSchema = z.object({
  kind: z.enum(PENALTY_KINDS),
  runs: z.array(regularizationRunSchema),
  error: spreadSchema,
  /** Percent of the weights. */
  zeroWeights: spreadSchema,
  exactZeros: spreadSchema,
  /** Neurons of the hidden layers. */
  deadNeurons: spreadSchema,
});
export type PenaltyResult = z.infer<typeof penaltyResultSchema>;

export const MEASURES = ['error', 'zeroWeights', 'deadNeurons'] as const;

/** Two penalties over the same points and starting weights, run by run. */
export const comparisonSchema = z.object({
  measure: z.enum(MEASURES),
  first: z.enum(PENALTY_KINDS),
  second: z.enum(PENALTY_KINDS),
  difference: figure,
  deviation: figure,
  interval: z.tuple([z.number(), z.number()]).nullable(),
  firstLower: count,
  pairs: count,
  clear: z.boolean(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

export const regularizationResultSchema = z.object({
  penalties: z.array(penaltyResultSchema),
  comparisons: z.array(comparisonSchema),
  /** What the figures say, in sentences. */
  statements: z.array(z.string()),
});
export type RegularizationResult = z.infer<typeof regularizationResultSchema>;

/** A report of one training while it goes on: a line of metrics.jsonl holds one for each. */
export const memberReportSchema = z.object({
  kind: z.enum(PENALTY_KINDS),
  run: count,
  loss: figure,
  penalty: figure,
  error: figure,
  zeroWeights: count,
  deadNeurons: count,
});
export const regularizationEpochSchema = z.object({
  epoch: count,
  step: count,
  /** Seconds of training so far. */
  seconds: z.number().nonnegative(),
  members: z.array(memberReportSchema),
});
export type RegularizationEpoch = z.infer<typeof regularizationEpochSchema>;

/** One place of a sweep. */
export const sweepPointSchema = z.object({
  kind: z.enum(PENALTY_KINDS),
  lambda: z.number(),
  /** Mean size of an error at a held-out point, in the units of y, over folds and runs. */
  error: spreadSchema,
  /** Percent of the weights. */
  zeroWeights: spreadSchema,
  deadNeurons: spreadSchema,
  /** Trainings that diverged. */
  diverged: count,
});
export type SweepPoint = z.infer<typeof sweepPointSchema>;

export const sweepResultSchema = z.object({
  points: z.array(sweepPointSchema),
  /** The lowest mean error of each penalty, and of all. */
  bestOfEach: z.array(z.object({ kind: z.enum(PENALTY_KINDS), lambda: z.number(), error: z.number() })),
  best: z.object({ kind: z.enum(PENALTY_KINDS), lambda: z.number(), error: z.number() }).nullable(),
  statements: z.array(z.string()),
});
export type SweepResult = z.infer<typeof sweepResultSchema>;

/** y of the line fitted with outliers and of the one fitted without, at the same places. */
export const outlierLinesSchema = z.object({ x: z.array(z.number()), withOutliers: z.array(figure), withoutOutliers: z.array(figure) });
export type OutlierLines = z.infer<typeof outlierLinesSchema>;

/** One way to train of the comparison of losses and penalties. */
export const outlierCellSchema = z.object({
  loss: z.enum(['absolute', 'squared']),
  penalty: z.enum(['l1', 'l2']),
  /** Mean size of the error at the test points, beside the points as they were without outliers. */
  withOutliers: spreadSchema,
  withoutOutliers: spreadSchema,
  /** How far the outliers move the fitted line, mean over x. */
  pull: spreadSchema,
  pulls: z.array(figure),
  /** The fitted lines, mean over the runs that came to their end; results of earlier versions have none. */
  lines: outlierLinesSchema.optional(),
  diverged: count,
});
export type OutlierCell = z.infer<typeof outlierCellSchema>;

/** What changing one thing does to the pull of the outliers, run by run over the same points and starting weights. */
const effectSchema = z.object({ difference: figure, interval: z.tuple([z.number(), z.number()]).nullable(), clear: z.boolean() });

export const outliersResultSchema = z.object({
  cells: z.array(outlierCellSchema),
  /** Squared loss instead of absolute, mean over both penalties. */
  ofLoss: effectSchema,
  /** L2 instead of L1, mean over both losses. */
  ofPenalty: effectSchema,
  statements: z.array(z.string()),
});
export type OutliersResult = z.infer<typeof outliersResultSchema>;

/** A network beside the smaller one that was made of it. */
export const shrinkResultSchema = z.object({
  penalty: z.enum(PENALTY_KINDS),
  number: count,
  threshold: z.number(),
  weights: z.enum(['keep', 'fresh']),
  full: z.object({ sizes: z.array(count), parameters: count, error: figure, errors: z.array(figure), spread: spreadSchema }),
  small: z.object({ sizes: z.array(count), parameters: count, errorBefore: figure, errors: z.array(figure), spread: spreadSchema }),
  /** Largest difference between the answers of the two over all points, before the smaller one is trained; null with fresh weights. */
  difference: figure,
  statements: z.array(z.string()),
});
export type ShrinkResult = z.infer<typeof shrinkResultSchema>;
