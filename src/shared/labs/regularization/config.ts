/** The regularization laboratory's settings: every one with its range and a line of what it does, and the presets. */
import { z } from 'zod';
import { choice, choices, flag, number, numbers, optionalFile, settingsOf, whole, wholes, type Setting } from '../../run/setting.js';
import { descentSettings } from '../descent.js';
import { PENALTY_KINDS } from './penalties.js';

export const ACTIVATIONS = ['none', 'relu', 'tanh'] as const;
export const LOSSES = ['absolute', 'squared'] as const;
export type Loss = (typeof LOSSES)[number];

const DATA_KINDS = ['line', 'csv'] as const;

export const regularizationConfigSchema = z.strictObject({
  seed: whole('Start of every random number: same seed, same machine give the same errors.', { from: 0, to: 2 ** 31 - 1 }),
  runs: whole('How often each penalty is trained, every time from other starting weights; all penalties share them.', { from: 1, to: 50 }),
  data: z.strictObject({
    kind: choice('Where the points come from: a noisy line with outliers (line), or your own file of x,y (csv).', DATA_KINDS),
    file: optionalFile('Your own points: a CSV file of two columns, x and y. Both are brought to mean 0 and spread 1 for the training.'),
    points: whole('Line: number of points, evenly spaced; the share for test is taken out of them.', { from: 5, to: 2000 }),
    from: number('Line: x of the first point.', { from: -1000, to: 1000 }),
    to: number('Line: x of the last point.', { from: -1000, to: 1000 }),
    slope: number('Line: how much y grows with each unit of x.', { from: -1000, to: 1000 }),
    noise: number('Line: noise added to y, evenly spread from 0 to this.', { from: 0, to: 1000 }),
    outliers: whole('Line: number of outliers, evenly spaced among the points.', { from: 0, to: 1000 }),
    distance: number('Line: outliers lie higher by one random share of this.', { from: -10_000, to: 10_000 }),
    testShare: number('Share of the points that are kept for the error and never trained on.', { above: 0, to: 0.9 }),
    redrawn: flag('Draw new points for every run, instead of one set for all.'),
  }),
  network: z.strictObject({
    hidden: wholes('Neurons of each hidden layer, separated by commas; none is a straight line.', { from: 1, to: 256 }, { most: 8, allowed: 'up to 8 whole numbers from 1 to 256, separated by commas' }),
    activation: choice('What follows each hidden layer; none keeps the network linear.', ACTIVATIONS),
  }),
  loss: choice('What an error costs: its size (absolute) or its square (squared), summed over the batch.', LOSSES),
  penalty: z.strictObject({
    kinds: choices('Penalties that are compared, from the same starting weights. By its gradient L1 swings around zero; by its proximal step it reaches exact zeros.', PENALTY_KINDS),
    lambda: number('Lambda: how strong the penalty is beside the loss; at 0 there is none, and a very strong one drives every weight to zero.', { from: 0, to: 1000 }),
    mix: number('Elastic net: share of L1 in it, the rest is L2.', { from: 0, to: 1 }),
  }),
  ...descentSettings,
  epochs: whole('How often every training point is seen.', { from: 1, to: 10_000 }),
  batch: whole('Points that a step sees at once: one, as in the post, makes the most steps and the least steady ones.', { from: 1, to: 2000 }),
  threshold: number('A weight of at most this size counts as zero where zeros and dead neurons are counted; no training depends on it.', { from: 0, to: 10 }),
});
export type RegularizationConfig = z.infer<typeof regularizationConfigSchema>;

/** Every setting with its description, in the order above. */
export const REGULARIZATION_SETTINGS: readonly Setting[] = settingsOf(regularizationConfigSchema);

/** A sweep: the same settings, with lambda taken from a list and the points divided into folds. */
export const sweepConfigSchema = regularizationConfigSchema.extend({
  sweep: z.strictObject({
    lambdas: numbers('Sweep: the lambdas that are tried.', { from: 0, to: 1000 }, { most: 40, allowed: 'up to 40 numbers from 0 to 1000, separated by commas' }),
    folds: whole('Sweep: parts of the points, each of which is once kept for the error.', { from: 2, to: 20 }),
  }),
});
export type SweepConfig = z.infer<typeof sweepConfigSchema>;

/** The experiment with one of the lambdas of a sweep, everything else as the sweep had it. */
export function experimentOf(sweep: SweepConfig, lambda: number): RegularizationConfig {
  const config = z.object(regularizationConfigSchema.shape).parse(sweep);
  return { ...config, penalty: { ...config.penalty, lambda } };
}

export const SWEEP_SETTINGS: readonly Setting[] = settingsOf(sweepConfigSchema);
