/** Presets of the regularization laboratory as data: the post's experiment and what it leaves open. */
import type { RegularizationConfig, SweepConfig } from './config.js';

/** The post: 50 points of y = 2x + noise, ten outliers, linear layers 1-10-10-10-1, SGD 0.01, batch 1, lambda 0.3, 5 runs. */
const POST: RegularizationConfig = {
  seed: 1,
  runs: 5,
  data: { kind: 'line', file: null, points: 50, from: 0.5, to: 9.5, slope: 2, noise: 2, outliers: 10, distance: 10, testShare: 0.2, redrawn: false },
  network: { hidden: [10, 10, 10], activation: 'none' },
  loss: 'absolute',
  penalty: { kinds: ['none', 'l1', 'l2', 'elastic', 'l1-proximal', 'elastic-proximal'], lambda: 0.3, mix: 0.5 },
  optimizer: { kind: 'sgd', momentum: 0.9 },
  rate: 0.01,
  epochs: 100,
  batch: 1,
  threshold: 0.01,
};

export const REGULARIZATION_PRESETS = {
  post: { description: 'The experiment of the post: a noisy line with outliers, a linear network with more neurons than it needs.', config: POST },
  sparse: {
    description: 'L1 by gradient and by proximal step: which of them reaches exact zeros.',
    config: { ...POST, penalty: { ...POST.penalty, kinds: ['l1', 'l1-proximal'] } },
  },
  paired: {
    description: 'Twenty pairs of L1 and L2, each pair on points of its own and from the same starting weights.',
    config: { ...POST, runs: 20, data: { ...POST.data, redrawn: true }, penalty: { ...POST.penalty, kinds: ['l1', 'l2'] } },
  },
  calm: {
    description: 'The same line without outliers, trained with smaller steps: errors that differ less from run to run.',
    config: { ...POST, data: { ...POST.data, outliers: 0 }, rate: 0.001, epochs: 400 },
  },
} as const satisfies Record<string, { description: string; config: RegularizationConfig }>;

export type RegularizationPreset = keyof typeof REGULARIZATION_PRESETS;
export const REGULARIZATION_PRESET_NAMES = Object.keys(REGULARIZATION_PRESETS) as RegularizationPreset[];

/** The post's hypothetical improvement: lambda over a grid, each value judged on points that it was not trained on. */
export const SWEEP_DEFAULT: SweepConfig = {
  ...POST,
  runs: 1,
  penalty: { ...POST.penalty, kinds: ['none', 'l1', 'l2', 'elastic', 'l1-proximal'] },
  sweep: { lambdas: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3], folds: 5 },
};

export const SWEEP_PRESETS = {
  grid: { description: 'The experiment of the post with lambda from 0.001 to 3, every value judged on five folds.', config: SWEEP_DEFAULT },
  fine: {
    description: 'Small steps, no outliers, three starts a fold: less chance in every figure. It takes ten times as long.',
    config: { ...SWEEP_DEFAULT, runs: 3, data: { ...POST.data, outliers: 0 }, rate: 0.002, epochs: 200, sweep: { ...SWEEP_DEFAULT.sweep, lambdas: [0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1, 2] } },
  },
} as const satisfies Record<string, { description: string; config: SweepConfig }>;
export type SweepPreset = keyof typeof SWEEP_PRESETS;

/**
 * Loss against penalty: both losses, L1 and L2, with and without outliers. Plain steps of 0.01 throw the squared loss out of its
 * course, so that these trainings use Adam, which both losses bear; and the outliers lie three times as far, so that they pull.
 */
export const OUTLIERS_DEFAULT: RegularizationConfig = {
  ...POST,
  runs: 10,
  data: { ...POST.data, distance: 30 },
  penalty: { ...POST.penalty, kinds: ['l1', 'l2'] },
  optimizer: { ...POST.optimizer, kind: 'adam' },
  rate: 0.003,
  epochs: 300,
  batch: 8,
};

export const OUTLIERS_PRESETS = {
  far: { description: 'Ten outliers of fifty points, three times as far as in the post, ten runs.', config: OUTLIERS_DEFAULT },
  post: { description: 'The same with outliers as near as in the post.', config: { ...OUTLIERS_DEFAULT, data: { ...OUTLIERS_DEFAULT.data, distance: POST.data.distance } } },
  redrawn: {
    description: 'Twenty runs, each on points of its own: what holds for more than one draw of the outliers.',
    config: { ...OUTLIERS_DEFAULT, runs: 20, data: { ...OUTLIERS_DEFAULT.data, redrawn: true } },
  },
} as const satisfies Record<string, { description: string; config: RegularizationConfig }>;
export type OutliersPreset = keyof typeof OUTLIERS_PRESETS;
