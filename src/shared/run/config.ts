/**
 * The configuration of a training: every setting there is, with its range and one line of what it does.
 * A configuration is always whole; presets (presets.ts) say what a setting is when nobody touches it.
 */
import { z } from 'zod';
import { WINDOWS } from '../colour/bins.js';
import { choice, flag, names, number, optionalFile, settingsOf, whole, type Setting } from './setting.js';

export const PRESET_NAMES = ['fast', 'seed', 'zhang'] as const;
const ARCHITECTURE_NAMES = ['pyramid', 'fast', 'seed', 'zhang'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** Where a training ends: exactly one of the three. */
const budget = z.strictObject({
  minutes: number('Train for about so many minutes: a short warm-up turns them into steps, which the run stores.', { above: 0 }).optional(),
  steps: whole('Train for so many steps, one batch each.', { from: 1 }).optional(),
  epochs: number('Train until every photograph was seen so many times.', { above: 0 }).optional(),
});

/** Pieces that a step may have. */
export const MOST_PIECES = 1024;

export const trainingConfigSchema = z.strictObject({
  preset: choice('The preset that the other settings start from.', PRESET_NAMES),
  seed: whole('Start of every random number: same seed, same photographs, same machine give the same losses.', { from: 0, to: 2 ** 31 - 1 }),
  budget,
  network: z.strictObject({
    architecture: choice('The layers: a feature pyramid, a plain encoder-decoder (fast), those of the post (seed) or of the paper (zhang).', ARCHITECTURE_NAMES),
    width: number('Multiplies the number of filters of every layer but the last.', { from: 0.05, to: 4 }),
    dropout: number('Share of activations set to 0 while training, against learning by heart.', { from: 0, below: 1 }),
    /** Runs from before there were hints have none. */
    hints: flag('Learn to follow colour hints, by showing some pieces with a few of their true colours; only pyramid can.').default(false),
    precision: choice('What convolutions of a training step compute in: bfloat16 is faster, and taken where the processor has it.', ['float32', 'bfloat16']).default('float32'),
  }),
  bins: z.strictObject({
    window: choice('Side of a colour bin in ab units: smaller tells more colours apart and costs time.', WINDOWS),
    from: choice('Which bins there are: those that the photographs use, or all that a screen can show (gamut).', ['used', 'gamut']),
    rebalancing: flag('Let rare colours count more, so that results are not grayish.'),
    lambda: number('How much rebalancing is held back: 0 not at all, 1 entirely.', { from: 0, to: 1 }),
    smoothing: number('Spread of the Gaussian that smooths the colour distribution before rebalancing, in ab units; 0 for none.', { from: 0, to: 110 }),
  }),
  encoding: z.strictObject({
    kind: choice('The answer asked for at a pixel: its bin (hard), its nearest bins (soft), or a kernel of tiles as in the post (kernel).', ['hard', 'soft', 'kernel']),
    neighbours: whole('Soft encoding: number of nearest bins.', { from: 1, to: 32 }),
    sigma: number('Soft encoding: spread of the shares in ab units.', { above: 0, to: 110 }),
    kernelSize: choice('Kernel encoding: tiles a side.', [3, 5, 7, 9]),
    kernelSigma: number('Kernel encoding: spread of the shares in tiles.', { above: 0, to: 20 }),
  }),
  penalty: z.strictObject({
    kind: choice('Penalty on the weights: none, sum of sizes (l1), of squares (l2), or a mix of both (elastic).', ['none', 'l1', 'l2', 'elastic']),
    strength: number('How strong the penalty is beside the loss.', { from: 0, to: 10 }),
    mix: number('Elastic net: share of l1 in it.', { from: 0, to: 1 }),
  }),
  optimizer: z.strictObject({
    kind: choice('How weights follow the gradient.', ['sgd', 'momentum', 'adam', 'adamw']),
    momentum: number('Momentum: how much of the last step is kept.', { from: 0, below: 1 }),
    beta1: number('Adam: memory of the gradient.', { from: 0, below: 1 }),
    beta2: number('Adam: memory of its square.', { from: 0, below: 1 }),
    epsilon: number('Adam: keeps the division finite.', { above: 0, to: 1 }),
    weightDecay: number('Share of each weight taken off at a step, times the rate (with Adam: AdamW); 0 for none.', { from: 0, to: 1 }),
    /** Runs from before there was averaging are used as they are. */
    averaging: number('Use moving averages of the weights, which keep this share at a step; 0 for none.', { from: 0, below: 1 }).default(0),
  }),
  rate: z.strictObject({
    start: number('Learning rate at its highest: too high and the loss explodes, too low and nothing is learnt.', { above: 0, to: 100 }),
    schedule: choice('How the rate falls: not at all, by a factor smoothly (exponential) or in stairs (step), to the end as cosine or line.', ['constant', 'exponential', 'step', 'cosine', 'linear']),
    warmup: whole('Steps over which the rate first rises from 0; 0 for none.', { from: 0 }),
    factor: number('Exponential and step: what the rate is multiplied by.', { above: 0, to: 1 }),
    every: whole('Exponential and step: over so many steps.', { from: 1 }),
    floor: number('Cosine and linear: share of the highest rate that is left at the end.', { from: 0, to: 1 }),
  }),
  photos: z.strictObject({
    subfolders: names('First-level subfolders to learn from; none named means all.'),
    testList: optionalFile('File that lists photographs kept for test, one path a line, relative to the folder.'),
    validationShare: number('Share of the photographs that only watch how well the training goes.', { from: 0, to: 0.9 }),
    testShare: number('Share kept for test; a test list replaces it.', { from: 0, to: 0.9 }),
    side: whole('Photographs are seen at this size: a longer shorter side is reduced to it, in pixels.', { from: 32, to: 2048 }),
    memory: whole('Decoded photographs kept in memory, in megabytes.', { from: 16, to: 65536 }),
    disk: whole('Decoded photographs kept in the cache folder for later epochs and trainings, in megabytes; 0 for none.', { from: 0, to: 2 ** 20 }).default(2048),
  }),
  patches: z.strictObject({
    cut: choice('An epoch is one piece of every photograph, anywhere in it (random), or every piece side by side (grid).', ['random', 'grid']),
    side: whole('Side of the piece of a photograph that is learnt from at a time, in pixels.', { from: 32, to: 512 }),
    batch: whole('Pieces a step.', { from: 1, to: MOST_PIECES }),
    flips: flag('Mirror half of the pieces, left to right.'),
    /** Runs from before there was a choice showed pieces as they are. */
    zoom: number('Cut random pieces up to so many times larger or smaller, to learn things at several sizes; 1 for none.', { from: 1, to: 3 }).default(1),
    lightness: number('Change contrast and brightness of pieces at random by up to this share, to learn other prints; 0 for none.', { from: 0, to: 0.5 }).default(0),
    /** Runs from before there was wear have none. */
    wear: number('Share of the pieces that are shown worn, as old scans are: sepia, faded, grainy or scratched.', { from: 0, to: 1 }).default(0),
  }),
  reports: z.strictObject({
    every: whole('Steps between two lines of figures.', { from: 1 }),
  }),
  checkpoints: z.strictObject({
    every: whole('Steps between two checkpoints; each is preceded by a validation and previews.', { from: 1 }),
    keep: whole('Newest checkpoints kept, beside the best.', { from: 1, to: 1000 }),
    best: choice('What makes a checkpoint the best: lowest validation loss, or highest AuC, plain or rebalanced.', ['loss', 'auc', 'aucRebalanced']),
  }),
  validation: z.strictObject({
    photos: whole('Most photographs that a validation looks at.', { from: 1, to: 100_000 }),
  }),
  previews: z.strictObject({
    photos: whole('Photographs shown as training goes on: with every checkpoint, and at steps 10, 25, 50 and 100; 0 for none.', { from: 0, to: 64 }),
  }),
  earlyStopping: z.strictObject({
    patience: whole('End after so many validations without a better one; 0 never does.', { from: 0 }),
  }),
});

export type TrainingConfig = z.infer<typeof trainingConfigSchema>;

/** Every setting with its description, in the order above. */
export const TRAINING_SETTINGS: readonly Setting[] = settingsOf(trainingConfigSchema);
