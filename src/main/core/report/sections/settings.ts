import { TRAINING_SETTINGS } from '../../../../shared/run/config.js';
import { PRESETS } from '../../../../shared/run/presets.js';
import { changedSettings, isExact, shellText, trainingCommand } from '../../../../shared/run/repeat.js';
import { settingIn } from '../../../../shared/run/setting.js';
import { counted } from '../../../../shared/words/words.js';
import { html, type Markup } from '../markup.js';
import type { ReportMaterial } from '../material.js';
import { framed, type Section } from './frame.js';

/** Every setting; those that differ from the preset are marked, in words too. */
export function settingsSection({ run: { config } }: ReportMaterial): Section {
  const changed = new Map(changedSettings(config).map((setting) => [setting.key, setting]));
  const differ = changed.size === 1 ? '1 setting differs' : `${counted(changed.size, 'setting')} differ`;
  const rows = TRAINING_SETTINGS.filter(({ key }) => changed.has(key) || settingIn(config, key) !== undefined).map(({ key, description }) => {
    const difference = changed.get(key);
    return settingRow(key, shown(settingIn(config, key)), difference && shown(difference.preset), description);
  });
  return {
    id: 'settings', title: 'Settings',
    content: html`<p>Preset ${config.preset}: ${PRESETS[config.preset].description} ${differ} from it.</p>
${settingsTable(rows)}`,
  };
}

/** @param preset What the preset has, where that is something else. */
export function settingRow(key: string, value: string, preset: string | undefined, description: string): Markup {
  return html`<tr${preset === undefined ? undefined : CHANGED}><th scope="row">${key}</th><td>${value}</td><td>${preset === undefined ? undefined : `changed; the preset has ${preset}`}</td><td>${description}</td></tr>`;
}

/** @param rows Of `settingRow`. */
export function settingsTable(rows: readonly Markup[]): Markup {
  return framed('Table of settings', html`<table><thead><tr><th scope="col">Setting</th><th scope="col">Value</th><th scope="col">Beside the preset</th><th scope="col">What it does</th></tr></thead><tbody>${rows}</tbody></table>`);
}

const CHANGED = html` class="changed"`;

/** A value in words. @param empty Of a list without entries. */
export function shown(value: unknown, empty = 'all'): string {
  if (value === undefined) return 'not set';
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : empty;
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** The command line that trains a run like this one, and with what it was made. */
export function repeatSection({ name, run: { file } }: ReportMaterial): Section {
  return {
    id: 'repeat', title: 'How to repeat it',
    content: html`<p>The same seed, photographs and machine give the same losses. In a terminal:</p>
<pre>${shellText(trainingCommand(file, `${name}-again`))}</pre>
${isExact(file) ? undefined : html`<p>A subfolder's name holds a comma, which this line cannot say: leave <code>--only</code> out of it and give the settings below as a file, with <code>--config settings.json</code>.</p>`}
<details><summary>All settings as a file for <code>--config</code></summary><pre>${JSON.stringify(file.config, null, 2)}</pre></details>
${versionsTable(file.versions, file.created)}`,
  };
}

/** With which versions of what it was made, and when. */
export function versionsTable(versions: Record<string, string>, created: string): Markup {
  const rows = [['begun', `${created.slice(0, 19).replace('T', ' ')} UTC`], ...Object.entries(versions)];
  return framed('Made with', html`<table><caption>Made with</caption><tbody>${rows.map(([what, version]) => html`<tr><th scope="row">${what}</th><td>${version}</td></tr>`)}</tbody></table>`);
}
