import { Argument, Command, Option } from 'commander';
import type { JobResult } from '../../../../../shared/contract/kinds.js';
import { counted } from '../../../../../shared/words/words.js';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { place } from '../../option-values.js';
import { pathText } from '../../path-text.js';
import { tensorText } from './tensor-text.js';

const NOTES = `
Examples:
  $ chromabench graph nodes frozen.pb --find conv3
  $ chromabench graph nodes frozen.pb --json > nodes.json`;

export function nodesCommand(host: CommandHost): Command {
  return new Command('nodes')
    .description('The nodes of a graph with their operations, inputs and attributes.')
    .addArgument(new Argument('<file>', 'graph (.pb, .pbtxt, .meta) or folder of a SavedModel').argParser(place))
    .addOption(new Option('--find <text>', 'only nodes with this in their name or operation'))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (file: string, { find }: { find?: string }) => {
      const result = await host.run('graphNodes', { file, find });
      host.report(result, nodesText(result, find));
    });
}

function nodesText({ path, nodes }: JobResult<'graphNodes'>, find: string | undefined): string {
  const title = `${pathText(path)}: ${counted(nodes.length, 'node')}${find === undefined ? '' : ` with “${find}” in the name or operation`}`;
  return [title, ...nodes.flatMap((node) => [`${node.name}  ${node.operation}  ${tensorText(node)}`, ...details(node)])].join('\n');
}

function details({ inputs, attributes }: JobResult<'graphNodes'>['nodes'][number]): string[] {
  const shown = Object.entries(attributes).filter(([name]) => !name.startsWith('_')).map(([name, value]) => `${name} ${value}`);
  return [...(inputs.length ? [`    takes ${inputs.join(', ')}`] : []), ...(shown.length ? [`    ${shown.join(' · ')}`] : [])];
}
