import { TRAINING_SETTINGS, type TrainingConfig } from '../../../shared/run/config.js';
import { settingIn } from '../../../shared/run/setting.js';
import { SETTING_WORDS } from '../../words/settings.js';

/** A setting in which runs differ, with the value in each. */
export interface SettingDifference {
  key: string;
  name: string;
  values: string[];
}

/** Only what differs, in the order of the settings. */
export function settingDifferences(configs: readonly TrainingConfig[]): SettingDifference[] {
  return TRAINING_SETTINGS.flatMap(({ key }) => {
    const values = configs.map((config) => shown(settingIn(config, key)));
    if (new Set(values).size < 2) return [];
    const unit = SETTING_WORDS[key]?.unit;
    return [{ key, name: `${SETTING_WORDS[key]?.name ?? key}${unit ? ` (${unit})` : ''}`, values }];
  });
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (Array.isArray(value)) return value.length ? value.join(', ') : 'all';
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}
