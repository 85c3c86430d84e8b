import { Command, Option } from 'commander';
import { PRESET_NAMES, type PresetName, TRAINING_SETTINGS } from '../../../../shared/run/config.js';
import { DEFAULT_PRESET, PRESETS } from '../../../../shared/run/presets.js';
import type { CommandHost } from '../command-host.js';
import { jsonOption } from '../json-option.js';

const NOTES = `
Each can be changed for a training:  --set KEY=VALUE, or in a file given with --config.

Examples:
  $ chromabench settings --preset seed
  $ chromabench settings --json > mine.json     a file to edit and to train with: --config mine.json`;

export function settingsCommand(host: CommandHost): Command {
  return new Command('settings')
    .addOption(new Option('--preset <name>', 'the preset whose values are shown').choices(PRESET_NAMES).default(DEFAULT_PRESET))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(({ preset }: { preset: PresetName }) => host.report(PRESETS[preset].config, settingsText(preset)));
}

function settingsText(preset: PresetName): string {
  const blocks = TRAINING_SETTINGS.map(({ key, description, allowed }) => {
    return `${key} = ${shown(valueAt(PRESETS[preset].config, key))}\n    ${description}\n    It must be ${allowed}.`;
  });
  return blocks.join('\n');
}

function valueAt(config: object, key: string): unknown {
  return key.split('.').reduce<unknown>((group, name) => (group as Record<string, unknown>)[name], config);
}

/** As it would be written after `--set KEY=`. */
function shown(value: unknown): string {
  if (value === undefined) return '(not set)';
  return Array.isArray(value) ? value.join(',') || '(none)' : String(value ?? '(none)');
}
