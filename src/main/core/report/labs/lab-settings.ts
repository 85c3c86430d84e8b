import { ACTIVATIONS_PRESETS, ACTIVATIONS_SETTINGS } from '../../../../shared/labs/activations/config.js';
import type { LabFile, LabKind } from '../../../../shared/labs/files.js';
import { differingKeys, nearestPreset } from '../../../../shared/labs/nearest-preset.js';
import { REGULARIZATION_SETTINGS, SWEEP_SETTINGS } from '../../../../shared/labs/regularization/config.js';
import { OUTLIERS_DEFAULT, REGULARIZATION_PRESETS, SWEEP_DEFAULT } from '../../../../shared/labs/regularization/presets.js';
import { settingIn, type Setting } from '../../../../shared/run/setting.js';
import { counted } from '../../../../shared/words/words.js';
import { html } from '../markup.js';
import type { Section } from '../sections/frame.js';
import { settingRow, settingsTable, shown } from '../sections/settings.js';

interface Language {
  settings: readonly Setting[];
  presets: Readonly<Record<string, { description: string; config: object }>>;
}

const LANGUAGES: Record<LabKind, Language> = {
  regularization: { settings: REGULARIZATION_SETTINGS, presets: REGULARIZATION_PRESETS },
  sweep: { settings: SWEEP_SETTINGS, presets: { usual: { description: 'Lambda from 0.001 to 3, five folds.', config: SWEEP_DEFAULT } } },
  outliers: { settings: REGULARIZATION_SETTINGS, presets: { usual: { description: 'Both losses with L1 and L2, ten runs.', config: OUTLIERS_DEFAULT } } },
  activations: { settings: ACTIVATIONS_SETTINGS, presets: ACTIVATIONS_PRESETS },
};

/** Every setting; those that differ from the nearest preset are marked, in words too. */
export function labSettings({ kind, config }: LabFile): Section {
  const { settings, presets } = LANGUAGES[kind];
  const preset = nearestPreset(config, presets, settings);
  const base = presets[preset].config;
  const changed = new Set(differingKeys(config, base, settings));
  const rows = settings.map(({ key, description }) =>
    settingRow(key, shown(settingIn(config, key), 'none'), changed.has(key) ? shown(settingIn(base, key), 'none') : undefined, description));
  return {
    id: 'settings', title: 'Settings',
    content: html`<p>Nearest preset ${preset}: ${presets[preset].description} ${changed.size === 1 ? '1 setting differs' : `${counted(changed.size, 'setting')} differ`} from it.</p>
${settingsTable(rows)}`,
  };
}
