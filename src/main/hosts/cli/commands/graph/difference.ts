import { Argument, Command } from 'commander';
import type { JobResult } from '../../../../../shared/contract/kinds.js';
import { counted } from '../../../../../shared/words/words.js';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { listed } from '../../lines.js';
import { place } from '../../option-values.js';
import { pathText } from '../../path-text.js';

const NOTES = `
Examples:
  $ chromabench graph difference before.pb after.pb`;

export function differenceCommand(host: CommandHost): Command {
  return new Command('difference')
    .description('How two graphs differ: nodes that only one has, and what changed in the others, values of constants included.')
    .addArgument(new Argument('<first>', 'graph').argParser(place))
    .addArgument(new Argument('<second>', 'graph').argParser(place))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (first: string, second: string) => {
      const result = await host.run('graphDifference', { first, second });
      host.report(result, differenceText(result));
    });
}

function differenceText({ onlyFirst, onlySecond, changed, same }: JobResult<'graphDifference'>): string {
  const named = ({ name, operation }: { name: string; operation: string }) => `${pathText(name)}  ${operation}`;
  return [
    `${counted(same, 'node')} are the same in both, ${counted(changed.length, 'node')} changed, ${counted(onlyFirst.length, 'node')} only in the first, ${counted(onlySecond.length, 'node')} only in the second.`,
    ...listed('Changed:', changed, ({ name, changes }) => `${pathText(name)}: ${changes.join('; ')}`),
    ...listed('Only in the first:', onlyFirst, named),
    ...listed('Only in the second:', onlySecond, named),
  ].join('\n');
}
