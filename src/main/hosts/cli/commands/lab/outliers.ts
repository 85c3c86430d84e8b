import { Command } from 'commander';
import { OUTLIERS_DEFAULT } from '../../../../../shared/labs/regularization/presets.js';
import type { CommandHost } from '../../command-host.js';
import { labConfigOf, withLabOptions, type LabOptions } from '../../lab-options.js';
import { outliersText } from '../../regularization-text.js';
import { REGULARIZATION } from './regularization.js';

export function outliersCommand(host: CommandHost): Command {
  const command = new Command('outliers')
    .description('Absolute and squared loss with L1 and L2, with and without outliers: which of the two decides how far outliers pull the line.');
  return withLabOptions(command, REGULARIZATION, OUTLIERS_DEFAULT)
    .action(async ({ out, ...options }: LabOptions) => {
      const config = await labConfigOf(OUTLIERS_DEFAULT, REGULARIZATION, options);
      const report = await host.run('outliers', { out, config });
      host.report({ settings: config, ...report }, outliersText(report));
    });
}
