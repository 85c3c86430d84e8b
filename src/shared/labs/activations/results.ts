/** What came of a comparison of activations, as its run folder and the contract hold it. */
import { z } from 'zod';
import { divergenceSchema } from '../divergence.js';
import { spreadSchema } from '../regularization/results.js';
import { NORMALIZATIONS } from './config.js';
import { ACTIVATION_KINDS } from './functions.js';

const count = z.int().nonnegative();
const figure = z.number().nullable();

/** One training: an activation, with or without normalization, and which of its runs. */
export const variantSchema = z.object({ activation: z.enum(ACTIVATION_KINDS), normalization: z.enum(NORMALIZATIONS), run: count });
export type Variant = z.infer<typeof variantSchema>;

/** A layer's outputs over test pictures. */
export const layerActivitySchema = z.object({
  layer: z.string(),
  /** Percent of the units that are never above zero: with ReLU these are dead. */
  silent: z.number(),
  /** Mean of the outputs; null where it is no number any more, absent where an earlier version kept the activity. */
  mean: figure.optional(),
  /** Shares of the outputs in even steps from `low` to `high`; what lies beyond counts with the nearest. */
  shares: z.array(z.number()),
});
export type LayerActivity = z.infer<typeof layerActivitySchema>;

/** Range of the distributions of outputs, and their steps. */
export const ACTIVITY_RANGE = { low: -3, high: 5, steps: 32 } as const;

/** Where a training stands after some steps: a line of metrics.jsonl. */
export const activationsReportSchema = variantSchema.extend({
  epoch: z.number().nonnegative(),
  step: count,
  /** Seconds in the training steps of this variant so far. */
  seconds: z.number().nonnegative(),
  /** Mean over the steps since the last report. */
  loss: figure,
  /** Percent. */
  accuracy: figure,
  /** Over the whole test set, at the end of an epoch and before the first. */
  test: z.object({ loss: figure, accuracy: z.number(), layers: z.array(layerActivitySchema) }).optional(),
});
export type ActivationsReport = z.infer<typeof activationsReportSchema>;

/** A training that came to its end. */
export const variantResultSchema = variantSchema.extend({
  /** On the test set: percent, and mean cross-entropy. */
  accuracy: figure,
  loss: figure,
  /** On the training set in the last epoch, while it was learnt. */
  trainingAccuracy: figure,
  trainingLoss: figure,
  steps: count,
  seconds: z.number(),
  millisecondsAStep: z.number(),
  layers: z.array(layerActivitySchema),
  /** [true class][answer], numbers of test pictures. */
  confusion: z.array(z.array(count)),
  /** Test pictures that were taken for something else, by index. */
  wrong: z.array(count),
  /** The class that each of these was taken for; absent where an earlier version kept the result. */
  wrongAs: z.array(count).optional(),
  /** PReLU's slopes as learnt: the mean of each layer. */
  slopes: z.array(z.number()).optional(),
  diverged: divergenceSchema.optional(),
});
export type VariantResult = z.infer<typeof variantResultSchema>;

export const activationRowSchema = z.object({
  activation: z.enum(ACTIVATION_KINDS),
  normalization: z.enum(NORMALIZATIONS),
  accuracy: spreadSchema,
  loss: spreadSchema,
  trainingAccuracy: spreadSchema,
  millisecondsAStep: spreadSchema,
  /** Percent of all hidden units that are never above zero. */
  silent: spreadSchema,
  accuracies: z.array(figure),
});
export type ActivationRow = z.infer<typeof activationRowSchema>;

export const activationsResultSchema = z.object({
  classes: z.array(z.string()),
  pictures: z.object({ training: count, test: count }),
  rows: z.array(activationRowSchema),
  variants: z.array(variantResultSchema),
  /** Accuracies compared pair by pair over the same starting weights, where there are several runs. */
  comparisons: z.array(z.object({
    normalization: z.enum(NORMALIZATIONS),
    first: z.enum(ACTIVATION_KINDS),
    second: z.enum(ACTIVATION_KINDS),
    difference: figure,
    interval: z.tuple([z.number(), z.number()]).nullable(),
    clear: z.boolean(),
  })),
  /** The test pictures most often taken for something else, over all trainings. */
  hardest: z.array(z.object({
    index: count, label: count, times: count,
    /** The class it was taken for most often. */
    answer: count.optional(),
  })),
  /** How the picture of the hardest lies in `hardest.png`: so many in a row, pixels of one and between two. */
  sheet: z.object({ columns: count, width: count, height: count, gap: count }).optional(),
  statements: z.array(z.string()),
});
export type ActivationsResult = z.infer<typeof activationsResultSchema>;
