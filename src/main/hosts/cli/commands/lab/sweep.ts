import { Command } from 'commander';
import { SWEEP_SETTINGS, sweepConfigSchema } from '../../../../../shared/labs/regularization/config.js';
import { SWEEP_DEFAULT } from '../../../../../shared/labs/regularization/presets.js';
import type { CommandHost } from '../../command-host.js';
import { labConfigOf, withLabOptions, type LabOptions } from '../../lab-options.js';
import { sweepText } from '../../regularization-text.js';

const SWEEP = {
  schema: sweepConfigSchema,
  settings: SWEEP_SETTINGS,
  example: { assignment: 'sweep.folds=10', file: '{"sweep": {"folds": 10}}' },
};

export function sweepCommand(host: CommandHost): Command {
  const command = new Command('sweep')
    .description('Lambda over a grid for each penalty, every value judged by cross-validation: on points that it was not trained on.');
  return withLabOptions(command, SWEEP, SWEEP_DEFAULT)
    .action(async ({ out, ...options }: LabOptions) => {
      const config = await labConfigOf(SWEEP_DEFAULT, SWEEP, options);
      const report = await host.run('sweep', { out, config });
      host.report({ settings: config, ...report }, sweepText(report));
    });
}
