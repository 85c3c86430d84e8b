/** What the window calls the settings of a training, their units, and when each has an effect. */
import type { TrainingConfig } from '../../shared/run/config.js';
import type { SettingGroup, SettingWords } from '../components/settings/settings-model.js';

export const SETTING_WORDS: Record<string, SettingWords<TrainingConfig>> = {
  'preset': { name: 'Preset' },
  'seed': { name: 'Seed' },
  'budget.minutes': { name: 'Minutes', unit: 'min' },
  'budget.steps': { name: 'Steps', unit: 'steps' },
  'budget.epochs': { name: 'Epochs', unit: 'epochs' },
  'network.architecture': { name: 'Architecture' },
  'network.width': { name: 'Width', unit: '×' },
  'network.dropout': { name: 'Dropout', unit: 'share' },
  'bins.window': { name: 'Window', unit: 'ab units' },
  'bins.from': { name: 'Bins' },
  'bins.rebalancing': { name: 'Rebalancing' },
  'bins.lambda': { name: 'Lambda', unit: 'share', counts: ({ bins }) => bins.rebalancing },
  'bins.smoothing': { name: 'Smoothing', unit: 'ab units', counts: ({ bins }) => bins.rebalancing },
  'encoding.kind': { name: 'Encoding' },
  'encoding.neighbours': { name: 'Neighbours', unit: 'bins', counts: ({ encoding }) => encoding.kind === 'soft' },
  'encoding.sigma': { name: 'Sigma', unit: 'ab units', counts: ({ encoding }) => encoding.kind === 'soft' },
  'encoding.kernelSize': { name: 'Kernel size', unit: 'tiles', counts: ({ encoding }) => encoding.kind === 'kernel' },
  'encoding.kernelSigma': { name: 'Kernel sigma', unit: 'tiles', counts: ({ encoding }) => encoding.kind === 'kernel' },
  'penalty.kind': { name: 'Penalty' },
  'penalty.strength': { name: 'Strength', counts: ({ penalty }) => penalty.kind !== 'none' },
  'penalty.mix': { name: 'Share of L1', unit: 'share', counts: ({ penalty }) => penalty.kind === 'elastic' },
  'optimizer.kind': { name: 'Optimizer' },
  'optimizer.momentum': { name: 'Momentum', counts: ({ optimizer }) => optimizer.kind === 'momentum' },
  'optimizer.beta1': { name: 'Beta 1', counts: ({ optimizer }) => optimizer.kind.startsWith('adam') },
  'optimizer.beta2': { name: 'Beta 2', counts: ({ optimizer }) => optimizer.kind.startsWith('adam') },
  'optimizer.epsilon': { name: 'Epsilon', counts: ({ optimizer }) => optimizer.kind.startsWith('adam') },
  'optimizer.weightDecay': { name: 'Weight decay', unit: 'share a step', counts: ({ optimizer }) => optimizer.kind === 'adamw' },
  'rate.start': { name: 'Learning rate', unit: 'a step' },
  'rate.schedule': { name: 'Schedule' },
  'rate.warmup': { name: 'Warm-up', unit: 'steps' },
  'rate.factor': { name: 'Factor', unit: '×', counts: ({ rate }) => ['exponential', 'step'].includes(rate.schedule) },
  'rate.every': { name: 'Every', unit: 'steps', counts: ({ rate }) => ['exponential', 'step'].includes(rate.schedule) },
  'rate.floor': { name: 'Floor', unit: 'share', counts: ({ rate }) => ['cosine', 'linear'].includes(rate.schedule) },
  'photos.subfolders': { name: 'Subfolders' },
  'photos.testList': { name: 'Test list' },
  'photos.validationShare': { name: 'Validation share', unit: 'share' },
  'photos.testShare': { name: 'Test share', unit: 'share', counts: ({ photos }) => photos.testList === null },
  'photos.side': { name: 'Seen size', unit: 'px' },
  'photos.memory': { name: 'Photographs in memory', unit: 'MB' },
  'patches.cut': { name: 'Cut' },
  'patches.side': { name: 'Patch', unit: 'px' },
  'patches.batch': { name: 'Batch', unit: 'patches' },
  'patches.flips': { name: 'Mirroring' },
  'reports.every': { name: 'Report every', unit: 'steps' },
  'checkpoints.every': { name: 'Checkpoint every', unit: 'steps' },
  'checkpoints.keep': { name: 'Checkpoints kept', unit: 'checkpoints' },
  'checkpoints.best': { name: 'Best by' },
  'validation.photos': { name: 'Validation photographs', unit: 'photographs' },
  'previews.photos': { name: 'Preview photographs', unit: 'photographs' },
  'earlyStopping.patience': { name: 'Patience', unit: 'validations' },
};

/** What most people look at, always open. */
export const FIRST_SETTINGS: readonly string[] = ['bins.window', 'bins.lambda', 'rate.start', 'patches.batch', 'network.width', 'seed'];

/** All the others, by what they belong to. */
export const SETTING_GROUPS: readonly SettingGroup[] = [
  { title: 'Network', keys: ['network.architecture', 'network.dropout'] },
  { title: 'Colour bins and encoding', keys: ['bins.from', 'bins.rebalancing', 'bins.smoothing', 'encoding.kind', 'encoding.neighbours', 'encoding.sigma', 'encoding.kernelSize', 'encoding.kernelSigma'] },
  { title: 'Optimizer and learning rate', keys: ['optimizer.kind', 'optimizer.momentum', 'optimizer.beta1', 'optimizer.beta2', 'optimizer.epsilon', 'optimizer.weightDecay', 'rate.schedule', 'rate.warmup', 'rate.factor', 'rate.every', 'rate.floor'] },
  { title: 'Penalty', keys: ['penalty.kind', 'penalty.strength', 'penalty.mix'] },
  { title: 'Photographs and patches', keys: ['photos.validationShare', 'photos.testShare', 'photos.testList', 'photos.side', 'photos.memory', 'patches.cut', 'patches.side', 'patches.flips'] },
  { title: 'Reports, checkpoints, stopping', keys: ['reports.every', 'checkpoints.every', 'checkpoints.keep', 'checkpoints.best', 'validation.photos', 'previews.photos', 'earlyStopping.patience'] },
];
