/** Options that the laboratories' commands share. */
import type { Command } from 'commander';
import { Option } from 'commander';
import type { Setting } from '../../../shared/run/setting.js';
import { ConfigError } from '../../../shared/run/layers.js';
import { UserError } from '../../core/errors.js';
import { labConfig, type LabLanguage } from '../../core/labs/lab-config.js';
import { UsageError } from './command-errors.js';
import { jsonOption } from './json-option.js';
import { collected, place } from './option-values.js';

export interface LabOptions {
  out: string;
  config?: string;
  set?: string[];
}

/** `--config`, `--set`, `--out`, `--json`, and the settings in the help. */
export function withLabOptions(command: Command, { settings }: Pick<LabLanguage<object>, 'settings'>, values: object): Command {
  return command
    .addOption(outOption())
    .addOption(new Option('--config <file>', 'JSON file of settings'))
    .addOption(new Option('--set <key=value>', 'change one setting; can be given again and again').argParser(collected))
    .addOption(jsonOption())
    .addHelpText('after', `\nSettings, with their value when nobody touches them:\n${settings.map((setting) => settingLine(setting, values)).join('\n')}`);
}

/** Where a run goes. */
export function outOption(): Option {
  return new Option('--out <run>', 'new folder for the run').argParser(place).makeOptionMandatory();
}

/**
 * Preset, then file, then `--set`.
 * @throws UsageError with a sentence for each setting that is wrong.
 */
export async function labConfigOf<T extends object>(base: T, language: LabLanguage<T>, { config, set }: Omit<LabOptions, 'out'>): Promise<T> {
  try {
    return await labConfig(base, language, { file: config, assignments: set });
  } catch (error) {
    throw error instanceof ConfigError || error instanceof UserError ? new UsageError(error.message, { cause: error }) : error;
  }
}

function settingLine({ key, description, allowed }: Setting, values: object): string {
  const value = key.split('.').reduce<unknown>((group, name) => (group as Record<string, unknown>)[name], values);
  return `  ${key} = ${Array.isArray(value) ? value.join(',') : String(value ?? '(none)')}\n      ${description} It must be ${allowed}.`;
}
