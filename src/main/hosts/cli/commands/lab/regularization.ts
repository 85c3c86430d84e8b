import { Command, Option } from 'commander';
import { REGULARIZATION_SETTINGS, regularizationConfigSchema } from '../../../../../shared/labs/regularization/config.js';
import { REGULARIZATION_PRESET_NAMES, REGULARIZATION_PRESETS, type RegularizationPreset } from '../../../../../shared/labs/regularization/presets.js';
import type { CommandHost } from '../../command-host.js';
import { labConfigOf, withLabOptions, type LabOptions } from '../../lab-options.js';
import { regularizationText, regularizationView } from '../../regularization-text.js';

/** Settings of the regularization experiment on a command line. */
export const REGULARIZATION = {
  schema: regularizationConfigSchema,
  settings: REGULARIZATION_SETTINGS,
  example: { assignment: 'penalty.lambda=0.1', file: '{"penalty": {"lambda": 0.1}}' },
};

const PRESET_LINES = REGULARIZATION_PRESET_NAMES.map((name) => `  ${name.padEnd(8)} ${REGULARIZATION_PRESETS[name].description}`).join('\n');

export function regularizationCommand(host: CommandHost): Command {
  const command = new Command('regularization')
    .description('Train small networks under no penalty, L1, L2 and the elastic net, over the same points and starting weights.')
    .addOption(new Option('--preset <name>', 'what all settings start from (default: post)').choices(REGULARIZATION_PRESET_NAMES).default('post'))
    .addHelpText('after', `\nPresets:\n${PRESET_LINES}`);
  return withLabOptions(command, REGULARIZATION, REGULARIZATION_PRESETS.post.config)
    .action(async ({ out, preset, ...options }: LabOptions & { preset: RegularizationPreset }) => {
      const config = await labConfigOf(REGULARIZATION_PRESETS[preset].config, REGULARIZATION, options);
      const report = await host.run('regularization', { out, config }, regularizationView);
      host.report({ settings: config, ...report }, regularizationText(report));
    });
}
