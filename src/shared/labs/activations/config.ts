/** The activation laboratory's settings: every one with its range and a line of what it does, and the presets. */
import { z } from 'zod';
import { choice, choices, number, optionalFile, settingsOf, whole, wholes, type Setting } from '../../run/setting.js';
import { descentSettings } from '../descent.js';
import { ACTIVATION_KINDS } from './functions.js';

export const NORMALIZATIONS = ['without', 'with'] as const;
export type Normalization = (typeof NORMALIZATIONS)[number];

export const activationsConfigSchema = z.strictObject({
  seed: whole('Start of every random number: same seed, same pictures, same machine give the same figures.', { from: 0, to: 2 ** 31 - 1 }),
  runs: whole('How often each activation is trained, every time from other starting weights; all activations share them.', { from: 1, to: 20 }),
  data: z.strictObject({
    kind: choice('Pictures to tell apart: built-in digits, MNIST files (mnist), CIFAR-10 files (cifar), or your own pictures, a subfolder a class (pictures).', ['digits', 'mnist', 'cifar', 'pictures']),
    folder: optionalFile('Folder of the MNIST files, the CIFAR-10 files or your pictures.'),
    side: whole('Your pictures: side in pixels to which they are brought.', { from: 8, to: 96 }),
    training: whole('Most pictures to train on; 0 for all. Fewer are faster, and less is learnt from them.', { from: 0 }),
    test: whole('Most pictures to test on; 0 for all. The fewer, the more an accuracy owes to chance.', { from: 0 }),
    testShare: number('Your pictures: share kept for the test.', { above: 0, to: 0.9 }),
  }),
  network: z.strictObject({
    kind: choice("The post's fully connected layers (dense), or a small network of convolutions before one of them (convolutional).", ['dense', 'convolutional']),
    hidden: wholes('Dense: units of each hidden layer, separated by commas; the post has two layers, 1024 and 128.', { from: 1, to: 4096 }, { most: 6, allowed: 'up to 6 whole numbers from 1 to 4096, separated by commas' }),
    filters: wholes('Convolutional: filters of each 3x3 convolution, each followed by a halving of the picture.', { from: 1, to: 256 }, { most: 4, allowed: 'up to 4 whole numbers from 1 to 256, separated by commas' }),
    units: whole('Convolutional: units of the layer before the last.', { from: 1, to: 4096 }),
  }),
  activations: choices('Activations that are compared, from the same starting weights and on the same batches.', ACTIVATION_KINDS),
  normalization: z.strictObject({
    kinds: choices('Train without batch normalization, with it, or both.', NORMALIZATIONS),
    decay: number('Share of the running averages that a step keeps, once as many steps are taken.', { from: 0, below: 1 }),
    epsilon: number('Added to the variance before its root is taken, so that nothing is divided by zero.', { above: 0, to: 1 }),
  }),
  ...descentSettings,
  epochs: whole('How often every training picture is seen.', { from: 1, to: 1000 }),
  batch: whole('Pictures that a step sees at once; batch normalization takes its mean and spread from them.', { from: 1, to: 4096 }),
});
export type ActivationsConfig = z.infer<typeof activationsConfigSchema>;

/** Every setting with its description, in the order above. */
export const ACTIVATIONS_SETTINGS: readonly Setting[] = settingsOf(activationsConfigSchema);

/** The post: 784-1024-128-10, Xavier, Adam 1e-4, batch 60, 10 epochs, with and without batch normalization (decay 0.999, epsilon 1e-8). */
const POST: ActivationsConfig = {
  seed: 1,
  runs: 1,
  data: { kind: 'digits', folder: null, side: 28, training: 0, test: 0, testShare: 0.2 },
  network: { kind: 'dense', hidden: [1024, 128], filters: [16, 32], units: 64 },
  activations: ['relu', 'lrelu', 'prelu', 'elu', 'rrelu'],
  normalization: { kinds: ['without', 'with'], decay: 0.999, epsilon: 1e-8 },
  optimizer: { kind: 'adam', momentum: 0.9 },
  rate: 1e-4,
  epochs: 10,
  batch: 60,
};

export const ACTIVATIONS_PRESETS = {
  post: { description: 'The comparison of the post: ReLU, LReLU, PReLU, ELU and RReLU with and without batch normalization.', config: POST },
  paper: {
    description: "The paper's activations: ReLU, LReLU with a = 100 and a = 5.5, PReLU and RReLU in a small network of convolutions.",
    config: {
      ...POST,
      network: { ...POST.network, kind: 'convolutional' },
      activations: ['relu', 'lrelu-100', 'lrelu', 'prelu-channel', 'rrelu'],
      normalization: { ...POST.normalization, kinds: ['without'] },
      rate: 1e-3,
    },
  },
  spread: {
    description: 'Five runs of each: which differences are larger than the spread.',
    config: { ...POST, runs: 5, epochs: 5 },
  },
} as const satisfies Record<string, { description: string; config: ActivationsConfig }>;

export type ActivationsPreset = keyof typeof ACTIVATIONS_PRESETS;
export const ACTIVATIONS_PRESET_NAMES = Object.keys(ACTIVATIONS_PRESETS) as ActivationsPreset[];
