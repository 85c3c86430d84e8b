import { Argument, Command, Option } from 'commander';
import { ACTIVATIONS_PRESET_NAMES, ACTIVATIONS_PRESETS, ACTIVATIONS_SETTINGS, activationsConfigSchema, type ActivationsPreset } from '../../../../../shared/labs/activations/config.js';
import { activationsText, activationsView } from '../../activations-text.js';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { labConfigOf, withLabOptions, type LabOptions } from '../../lab-options.js';
import { place } from '../../option-values.js';

const ACTIVATIONS = {
  schema: activationsConfigSchema,
  settings: ACTIVATIONS_SETTINGS,
  example: { assignment: 'activations=relu,elu', file: '{"activations": ["relu", "elu"]}' },
};

const NOTES = `
Presets:
${ACTIVATIONS_PRESET_NAMES.map((name) => `  ${name.padEnd(7)} ${ACTIVATIONS_PRESETS[name].description}`).join('\n')}

MNIST is four files (train and t10k, images and labels, gzipped or not) that many sites offer; put them into one folder.
Ctrl+C keeps what is trained; chromabench lab resume goes on with it, also after a crash.`;

export function activationsCommand(host: CommandHost): Command {
  const command = new Command('activations')
    .description('Train one network with one activation after another, from the same starting weights on the same batches of pictures.')
    .addOption(new Option('--preset <name>', 'what all settings start from (default: post)').choices(ACTIVATIONS_PRESET_NAMES).default('post'))
    .addHelpText('after', NOTES);
  return withLabOptions(command, ACTIVATIONS, ACTIVATIONS_PRESETS.post.config)
    .action(async ({ out, preset, ...options }: LabOptions & { preset: ActivationsPreset }) => {
      const config = await labConfigOf(ACTIVATIONS_PRESETS[preset].config, ACTIVATIONS, options);
      const report = await host.run('activations', { out, config }, activationsView);
      host.report({ settings: config, ...report }, activationsText(report));
    });
}

export function resumeCommand(host: CommandHost): Command {
  return new Command('resume')
    .description('Go on with a comparison of activations that was stopped or killed.')
    .addArgument(new Argument('<run>', 'folder of the comparison').argParser(place))
    .addOption(jsonOption())
    .action(async (run: string) => {
      const report = await host.run('resumeActivations', { run }, activationsView);
      host.report(report, activationsText(report));
    });
}
