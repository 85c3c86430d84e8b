/** What the window calls the settings of the regularization laboratory, their units, and when each has an effect. */
import type { RegularizationConfig, SweepConfig } from '../../shared/labs/regularization/config.js';
import { PENALTY_NAMES } from '../../shared/labs/regularization/penalties.js';
import type { SettingGroup, SettingWords } from '../components/settings/settings-model.js';

const ofLine = ({ data }: RegularizationConfig) => data.kind === 'line';

export const REGULARIZATION_WORDS: Readonly<Record<string, SettingWords<RegularizationConfig>>> = {
  'seed': { name: 'Seed' },
  'runs': { name: 'Runs', unit: 'of each penalty' },
  'data.kind': { name: 'Points from', choiceNames: { line: 'a line', csv: 'a CSV file' } },
  'data.file': { name: 'File of points', choice: { kind: 'points', title: 'Choose a CSV file of points' }, counts: ({ data }) => data.kind === 'csv' },
  'data.points': { name: 'Points', unit: 'points', counts: ofLine },
  'data.from': { name: 'First x', counts: ofLine },
  'data.to': { name: 'Last x', counts: ofLine },
  'data.slope': { name: 'Slope', counts: ofLine },
  'data.noise': { name: 'Noise', unit: 'units of y', counts: ofLine },
  'data.outliers': { name: 'Outliers', unit: 'points', counts: ofLine },
  'data.distance': { name: 'Distance of outliers', unit: 'units of y', counts: (config) => ofLine(config) && config.data.outliers > 0 },
  'data.testShare': { name: 'Share for test', unit: 'share' },
  'data.redrawn': { name: 'New points for every run', counts: ofLine },
  'network.hidden': { name: 'Hidden layers', unit: 'neurons each' },
  'network.activation': { name: 'Activation', counts: ({ network }) => network.hidden.length > 0 },
  'loss': { name: 'Loss' },
  'penalty.kinds': { name: 'Penalties', choiceNames: PENALTY_NAMES },
  'penalty.lambda': { name: 'Lambda', counts: ({ penalty }) => penalty.kinds.some((kind) => kind !== 'none') },
  'penalty.mix': { name: 'Elastic mix', unit: 'share of L1', counts: ({ penalty }) => penalty.kinds.some((kind) => kind.startsWith('elastic')) },
  'optimizer.kind': { name: 'Optimizer' },
  'optimizer.momentum': { name: 'Momentum', counts: ({ optimizer }) => optimizer.kind === 'momentum' },
  'rate': { name: 'Learning rate', unit: 'a step' },
  'epochs': { name: 'Epochs', unit: 'epochs' },
  'batch': { name: 'Batch', unit: 'points' },
  'threshold': { name: 'Counts as zero', unit: 'at most' },
};

/** Those of a sweep, which has a list of lambdas in place of one. */
export const SWEEP_WORDS: Readonly<Record<string, SettingWords<SweepConfig>>> = {
  ...REGULARIZATION_WORDS,
  'runs': { name: 'Starts', unit: 'a fold' },
  'sweep.lambdas': { name: 'Lambdas' },
  'sweep.folds': { name: 'Folds', unit: 'parts of the points' },
};

/** What most people change, always open. */
export const FIRST_REGULARIZATION_SETTINGS: readonly string[] = ['penalty.kinds', 'penalty.lambda', 'penalty.mix', 'data.outliers', 'rate', 'epochs', 'runs', 'seed'];

/** All the others, by what they belong to. */
export const REGULARIZATION_GROUPS: readonly SettingGroup[] = [
  { title: 'Points', keys: ['data.kind', 'data.file', 'data.points', 'data.from', 'data.to', 'data.slope', 'data.noise', 'data.distance', 'data.testShare', 'data.redrawn'] },
  { title: 'Network and loss', keys: ['network.hidden', 'network.activation', 'loss', 'threshold'] },
  { title: 'Training', keys: ['optimizer.kind', 'optimizer.momentum', 'batch'] },
];

export const FIRST_SWEEP_SETTINGS: readonly string[] = ['sweep.lambdas', 'sweep.folds', 'penalty.kinds', 'penalty.mix', 'data.outliers', 'rate', 'epochs', 'runs', 'seed'];

/** Every point is once kept for the error, and every fold has the same points. */
export const SWEEP_GROUPS: readonly SettingGroup[] = without(REGULARIZATION_GROUPS, ['data.testShare', 'data.redrawn']);

export const FIRST_OUTLIERS_SETTINGS: readonly string[] = ['data.outliers', 'data.distance', 'penalty.lambda', 'rate', 'epochs', 'runs', 'seed'];

/** Losses and penalties are what is compared, and which points of a file are outliers nobody knows. */
export const OUTLIERS_GROUPS: readonly SettingGroup[] = without(REGULARIZATION_GROUPS, ['loss', 'threshold', 'data.kind', 'data.file', 'data.distance']);

function without(groups: readonly SettingGroup[], keys: readonly string[]): SettingGroup[] {
  return groups.map(({ title, keys: all }) => ({ title, keys: all.filter((key) => !keys.includes(key)) }));
}
