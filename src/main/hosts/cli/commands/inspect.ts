import { Argument, Command, Option } from 'commander';
import { WINDOWS } from '../../../../shared/colour/bins.js';
import type { JobResult } from '../../../../shared/contract/kinds.js';
import { count, counted } from '../../../../shared/words/words.js';
import type { CommandHost } from '../command-host.js';
import { jsonOption } from '../json-option.js';
import { columns, listed } from '../lines.js';
import { names, place } from '../option-values.js';
import { pathText } from '../path-text.js';

const NOTES = `
Files that are not used, damaged ones included, are findings and no failures: the exit code is 0.

Examples:
  $ chromabench inspect ~/Pictures/coast
  $ chromabench inspect ~/Pictures --only forest,coast --window 5
  $ chromabench inspect ~/Pictures/coast --json > coast.json`;

interface Options {
  window: (typeof WINDOWS)[number];
  only?: string[];
}

export function inspectCommand(host: CommandHost): Command {
  return new Command('inspect')
    .addArgument(new Argument('<folder>', 'folder of photographs, of any depth').argParser(place))
    .addOption(new Option('--window <units>', 'side of a colour bin in ab units').choices(WINDOWS.map(String)).default('10'))
    .addOption(new Option('--only <names>', 'look into these subfolders only, separated by commas').argParser(names))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (folder: string, options: Options) => {
      const result = await host.run('inspect', { folder, window: Number(options.window) as Options['window'], only: options.only });
      host.report(result, inspectText(result));
    });
}

function inspectText(result: JobResult<'inspect'>): string {
  return [
    `${pathText(result.folder)}: ${counted(result.files, 'file')}`,
    columns(fateRows(result.counts)),
    ...listed('Not used:', result.excluded, ({ path, fate, reason }) => `${pathText(path)} (${fate}): ${reason}`),
    ...listed('Worth knowing:', result.notes, ({ path, note }) => `${pathText(path)}: ${note}`),
    '',
    `${counted(result.pixels, 'pixel')}; at a window of ${result.window} ab units they fill ${counted(result.usedBins, 'colour bin')}.`,
  ].join('\n');
}

function fateRows({ used = 0, ...others }: Record<string, number>): [string, string][] {
  const excluded = Object.entries(others).filter(([, n]) => n > 0);
  return [['photographs to learn from', count(used)], ...excluded.map(([fate, n]): [string, string] => [fate, count(n)])];
}
