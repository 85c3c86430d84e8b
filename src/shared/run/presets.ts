/** Presets as data: what every setting is when nobody touches it. */
import type { PresetName, TrainingConfig } from './config.js';

export interface Preset {
  /** One line for a list to choose from. */
  description: string;
  config: TrainingConfig;
}

/** What the presets share. */
const COMMON = {
  seed: 1,
  bins: { window: 10, from: 'used', rebalancing: true, lambda: 0.5, smoothing: 0 },
  encoding: { kind: 'hard', neighbours: 5, sigma: 5, kernelSize: 5, kernelSigma: 2 },
  penalty: { kind: 'none', strength: 0.0001, mix: 0.5 },
  optimizer: { kind: 'adam', momentum: 0.9, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0, averaging: 0 },
  rate: { start: 1e-4, schedule: 'constant', warmup: 0, factor: 0.5, every: 1000, floor: 0 },
  photos: { subfolders: [], testList: null, validationShare: 0.1, testShare: 0.1, side: 256, memory: 256, disk: 2048 },
  reports: { every: 10 },
  checkpoints: { every: 200, keep: 3, best: 'loss' },
  validation: { photos: 96 },
  previews: { photos: 6 },
  earlyStopping: { patience: 0 },
} as const;

export const PRESETS: Record<PresetName, Preset> = {
  fast: {
    description: 'Good colours in minutes: a feature pyramid that sees the whole picture, answers at a quarter of its size and takes colour hints.',
    config: {
      ...COMMON,
      preset: 'fast',
      budget: { minutes: 10 },
      network: { architecture: 'pyramid', width: 1, dropout: 0, hints: true, precision: 'bfloat16' },
      // Nearer to the plain loss than the paper's half, which painted more vividly than the photographs are (docs/study.md).
      bins: { ...COMMON.bins, lambda: 0.6 },
      rate: { ...COMMON.rate, start: 2e-3, schedule: 'cosine' },
      photos: { ...COMMON.photos, subfolders: [], side: 112 },
      patches: { cut: 'random', side: 96, batch: 16, flips: true, zoom: 1, lightness: 0, wear: 0 },
    },
  },
  /** The colorization post: eight valid 3x3 convolutions, 32x32 windows, a 5x5 kernel of sigma 2 over the tiles, Adam 1e-4, batch 32. */
  seed: {
    description: 'The network of the post: eight plain convolutions on windows of 32x32 pixels.',
    config: {
      ...COMMON,
      preset: 'seed',
      budget: { epochs: 10 },
      network: { architecture: 'seed', width: 1, dropout: 0, hints: false, precision: 'float32' },
      encoding: { ...COMMON.encoding, kind: 'kernel' },
      photos: { ...COMMON.photos, subfolders: [] },
      patches: { cut: 'grid', side: 32, batch: 32, flips: false, zoom: 1, lightness: 0, wear: 0 },
    },
  },
  /** Zhang et al. 2016 and its released code: 176-pixel crops with mirroring, batch 40, Adam with beta2 0.99, rate 3.16e-5, weight decay 0.001, five nearest bins. */
  zhang: {
    description: 'The layers of Zhang et al. 2016, with dilation: large and slow; lower the width on a small machine.',
    config: {
      ...COMMON,
      preset: 'zhang',
      budget: { minutes: 60 },
      network: { architecture: 'zhang', width: 1, dropout: 0, hints: false, precision: 'float32' },
      bins: { ...COMMON.bins, smoothing: 5 },
      encoding: { ...COMMON.encoding, kind: 'soft' },
      penalty: { ...COMMON.penalty, kind: 'l2', strength: 0.001 },
      optimizer: { ...COMMON.optimizer, beta2: 0.99 },
      rate: { ...COMMON.rate, start: 3.16e-5 },
      photos: { ...COMMON.photos, subfolders: [] },
      patches: { cut: 'random', side: 176, batch: 40, flips: true, zoom: 1, lightness: 0, wear: 0 },
    },
  },
};

export const DEFAULT_PRESET: PresetName = 'fast';
