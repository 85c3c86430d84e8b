import { Argument, Command, Option } from 'commander';
import { PRESET_NAMES } from '../../../../shared/run/config.js';
import { PRESETS } from '../../../../shared/run/presets.js';
import type { CommandHost } from '../command-host.js';
import { jsonOption } from '../json-option.js';
import { place } from '../option-values.js';
import { type ConfigOptions, configOf } from '../training-config.js';
import { configOptions } from '../training-options.js';
import { trainingText, trainingView } from '../training-view.js';

const NOTES = `
Presets:
${PRESET_NAMES.map((name) => `  ${name.padEnd(6)} ${PRESETS[name].description}`).join('\n')}

Ctrl+C stops the training and keeps the run; chromabench resume goes on with it, also after a crash.
All settings with what they do:  chromabench settings
How long it would take:          chromabench estimate

Examples:
  $ chromabench train ~/Pictures/coast --out coast-run --minutes 20
  $ chromabench train ~/Pictures --only forest --out forest-run --preset seed --epochs 2
  $ chromabench train ~/Pictures/coast --out even-run --set bins.lambda=0.3 --set rate.start=0.001`;

export function trainCommand(host: CommandHost): Command {
  const command = new Command('train')
    .addArgument(new Argument('<folder>', 'folder of colour photographs, of any depth').argParser(place))
    .addOption(new Option('--out <run>', 'new folder for the run').argParser(place).makeOptionMandatory());
  for (const option of configOptions()) command.addOption(option);
  return command
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (folder: string, { out, ...options }: ConfigOptions & { out: string }) => {
      const result = await host.run('train', { folder, out, config: await configOf(options) }, trainingView);
      host.report(result, trainingText(result), { failures: result.skipped.length });
    });
}
