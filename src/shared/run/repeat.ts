/** How a training is done again: the command line that says the same as the run's settings. */
import { TRAINING_SETTINGS, type TrainingConfig } from './config.js';
import type { RunFile } from './files.js';
import { PRESETS } from './presets.js';
import { settingIn } from './setting.js';

/** A setting that a run has otherwise than its preset. */
export interface ChangedSetting {
  key: string;
  value: unknown;
  preset: unknown;
}

/** Settings that differ from the preset's, in the order of the settings. */
export function changedSettings(config: TrainingConfig): ChangedSetting[] {
  const preset = PRESETS[config.preset].config;
  return TRAINING_SETTINGS
    .map(({ key }) => ({ key, value: settingIn(config, key), preset: settingIn(preset, key) }))
    .filter(({ value, preset }) => JSON.stringify(value) !== JSON.stringify(preset));
}

/** What has a flag of its own, or is said otherwise. */
const ELSEWHERE = /^(preset|seed|budget\..*|photos\.subfolders|photos\.testList)$/;

/**
 * Words of the command that trains a run like this one; they are to be quoted for a shell. A budget in minutes or epochs
 * is said in the steps that it came to.
 * @param out Folder of the new run.
 */
export function trainingCommand({ config, data, steps }: Pick<RunFile, 'config' | 'data' | 'steps'>, out: string): string[] {
  const { subfolders, testList } = config.photos;
  return [
    'chromabench', 'train', data.folder, '--out', out, '--preset', config.preset, '--steps', String(steps), '--seed', String(config.seed),
    ...(subfolders.length ? ['--only', subfolders.join(',')] : []),
    ...(testList === null ? [] : ['--test-list', testList]),
    ...changedSettings(config).filter(({ key }) => !ELSEWHERE.test(key)).flatMap(({ key, value }) => ['--set', `${key}=${String(value)}`]),
  ];
}

/** Whether the command says all of it: a comma in the name of a subfolder would be read as two names. */
export function isExact({ config }: Pick<RunFile, 'config'>): boolean {
  return !config.photos.subfolders.some((name) => name.includes(','));
}

/** Words as a POSIX shell takes them. */
export function shellText(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
