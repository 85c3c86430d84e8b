import { Argument, Command, Option } from 'commander';
import { PRESET_NAMES } from '../../../../shared/run/config.js';
import { DEFAULT_PRESET, PRESETS } from '../../../../shared/run/presets.js';
import type { CommandHost } from '../command-host.js';
import { jsonOption } from '../json-option.js';
import { collected, names, numberWithin, place } from '../option-values.js';
import { type ConfigOptions, configOf } from '../training-config.js';
import { trainingText, trainingView } from '../training-view.js';

const NOTES = `
Presets:
${PRESET_NAMES.map((name) => `  ${name.padEnd(6)} ${PRESETS[name].description}`).join('\n')}

Ctrl+C stops the training and keeps the run; chromabench resume goes on with it, also after a crash.
All settings with what they do:  chromabench settings

Examples:
  $ chromabench train ~/Pictures/coast --out coast-run --minutes 20
  $ chromabench train ~/Pictures --only forest --out forest-run --preset seed --epochs 2
  $ chromabench train ~/Pictures/coast --out even-run --set bins.lambda=0.3 --set rate.start=0.001`;

export function trainCommand(host: CommandHost): Command {
  return new Command('train')
    .description('Train a network that colorizes, on a folder of colour photographs. The run folder then holds all that is known of it.')
    .addArgument(new Argument('<folder>', 'folder of colour photographs, of any depth').argParser(place))
    .addOption(new Option('--out <run>', 'new folder for the run').argParser(place).makeOptionMandatory())
    .addOption(new Option('--preset <name>', `what all settings start from (default: ${DEFAULT_PRESET})`).choices(PRESET_NAMES))
    .addOption(new Option('--config <file>', 'JSON file of settings, as chromabench settings --json prints it'))
    .addOption(new Option('--minutes <m>', 'train for about so long').argParser(numberWithin(0.01, Infinity)).conflicts(['steps', 'epochs']))
    .addOption(new Option('--steps <n>', 'train for so many steps').argParser(numberWithin(1, Infinity, { whole: true })).conflicts('epochs'))
    .addOption(new Option('--epochs <e>', 'train until every photograph was seen so often').argParser(numberWithin(0.01, Infinity)))
    .addOption(new Option('--seed <s>', 'start of all random numbers; the same seed gives the same training').argParser(numberWithin(0, 2 ** 31 - 1, { whole: true })))
    .addOption(new Option('--only <names>', 'learn from these subfolders only, separated by commas').argParser(names))
    .addOption(new Option('--test-list <file>', 'photographs to be kept for test: one path a line, relative to the folder'))
    .addOption(new Option('--set <key=value>', 'change one setting; can be given again and again').argParser(collected))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (folder: string, { out, ...options }: ConfigOptions & { out: string }) => {
      const result = await host.run('train', { folder, out, config: await configOf(options) }, trainingView);
      host.report(result, trainingText(result), { failures: result.skipped.length });
    });
}
