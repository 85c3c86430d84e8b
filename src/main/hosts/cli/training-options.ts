import { Option } from 'commander';
import { PRESET_NAMES } from '../../../shared/run/config.js';
import { DEFAULT_PRESET } from '../../../shared/run/presets.js';
import { collected, names, numberWithin } from './option-values.js';

/** What every command that knows of a training's settings takes. */
export function configOptions(): Option[] {
  return [
    new Option('--preset <name>', `what all settings start from (default: ${DEFAULT_PRESET})`).choices(PRESET_NAMES),
    new Option('--config <file>', 'JSON file of settings, as chromabench settings --json prints it'),
    new Option('--minutes <m>', 'train for about so long').argParser(numberWithin(0.01, Infinity)).conflicts(['steps', 'epochs']),
    new Option('--steps <n>', 'train for so many steps').argParser(numberWithin(1, Infinity, { whole: true })).conflicts('epochs'),
    new Option('--epochs <e>', 'train until every photograph was seen so often').argParser(numberWithin(0.01, Infinity)),
    new Option('--seed <s>', 'start of all random numbers; the same seed gives the same training').argParser(numberWithin(0, 2 ** 31 - 1, { whole: true })),
    new Option('--only <names>', 'learn from these subfolders only, separated by commas').argParser(names),
    new Option('--test-list <file>', 'photographs to be kept for test: one path a line, relative to the folder'),
    new Option('--set <key=value>', 'change one setting; can be given again and again').argParser(collected),
  ];
}
