/** What the window calls the settings of the activation laboratory, and when each has an effect. */
import type { ActivationsConfig } from '../../shared/labs/activations/config.js';
import { ACTIVATION_NAMES } from '../../shared/labs/activations/functions.js';
import type { SettingGroup, SettingWords } from '../components/settings/settings-model.js';

const isOwn = ({ data }: ActivationsConfig) => data.kind === 'pictures';
const isDense = ({ network }: ActivationsConfig) => network.kind === 'dense';
const isConvolutional = ({ network }: ActivationsConfig) => network.kind === 'convolutional';
const isNormalized = ({ normalization }: ActivationsConfig) => normalization.kinds.includes('with');

export const ACTIVATION_SETTING_WORDS: Record<string, SettingWords<ActivationsConfig>> = {
  'seed': { name: 'Seed' },
  'runs': { name: 'Runs of each', unit: 'runs' },
  'data.kind': { name: 'Pictures', choiceNames: { digits: 'built-in digits', mnist: 'MNIST files', cifar: 'CIFAR-10 files', pictures: 'own pictures' } },
  'data.folder': { name: 'Folder of the pictures', counts: ({ data }) => data.kind !== 'digits', choice: { kind: 'folder', title: 'Choose the folder of the pictures' } },
  'data.side': { name: 'Side of a picture', unit: 'px', counts: isOwn },
  'data.training': { name: 'Pictures to train on', unit: 'at most' },
  'data.test': { name: 'Pictures to test on', unit: 'at most' },
  'data.testShare': { name: 'Share for the test', unit: 'share', counts: isOwn },
  'network.kind': { name: 'Network' },
  'network.hidden': { name: 'Hidden layers', unit: 'units', counts: isDense },
  'network.filters': { name: 'Convolutions', unit: 'filters', counts: isConvolutional },
  'network.units': { name: 'Layer before the last', unit: 'units', counts: isConvolutional },
  'activations': { name: 'Activations', choiceNames: ACTIVATION_NAMES },
  'normalization.kinds': { name: 'Batch normalization' },
  'normalization.decay': { name: 'Decay of the averages', unit: 'share', counts: isNormalized },
  'normalization.epsilon': { name: 'Epsilon', counts: isNormalized },
  'optimizer.kind': { name: 'Optimizer' },
  'optimizer.momentum': { name: 'Momentum', unit: 'share', counts: ({ optimizer }) => optimizer.kind === 'momentum' },
  'rate': { name: 'Learning rate' },
  'epochs': { name: 'Epochs', unit: 'epochs' },
  'batch': { name: 'Batch', unit: 'pictures' },
};

/** What most people look at, always open. */
export const FIRST_ACTIVATION_SETTINGS: readonly string[] = [
  'data.kind', 'data.folder', 'normalization.kinds', 'network.kind', 'epochs', 'runs', 'rate', 'seed', 'activations',
];

export const ACTIVATION_SETTING_GROUPS: readonly SettingGroup[] = [
  { title: 'Pictures', keys: ['data.training', 'data.test', 'data.side', 'data.testShare'] },
  { title: 'Network', keys: ['network.hidden', 'network.filters', 'network.units', 'normalization.decay', 'normalization.epsilon'] },
  { title: 'Optimizer and batch', keys: ['optimizer.kind', 'optimizer.momentum', 'batch'] },
];
