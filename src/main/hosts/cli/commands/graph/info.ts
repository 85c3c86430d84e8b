import { Argument, Command } from 'commander';
import type { JobResult } from '../../../../../shared/contract/kinds.js';
import { bytes, count, counted } from '../../../../../shared/words/words.js';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { place } from '../../option-values.js';
import { pathText } from '../../path-text.js';
import { columns, listed } from '../../lines.js';
import { tensorText } from './tensor-text.js';

const NOTES = `
Examples:
  $ chromabench graph info frozen.pb
  $ chromabench graph info export/saved-model --json`;

export function infoCommand(host: CommandHost): Command {
  return new Command('info')
    .description('What a graph is: what goes in, what comes out, what it is made of.')
    .addArgument(new Argument('<file>', 'graph (.pb, .pbtxt, .meta) or folder of a SavedModel').argParser(place))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (file: string) => {
      const result = await host.run('graphInfo', { file });
      host.report(result, infoText(result));
    });
}

type Info = JobResult<'graphInfo'>;

function infoText(info: Info): string {
  const answers = info.outputs.filter(({ leftover }) => leftover === undefined);
  const leftovers = info.outputs.filter(({ leftover }) => leftover !== undefined);
  return [
    `${pathText(info.path)}: ${info.format}${info.text ? ' in text form' : ''}, ${bytes(info.bytes)}, ${counted(info.nodes, 'node')}${info.functions ? `, ${counted(info.functions, 'function')}` : ''}`,
    ...figures(info),
    ...listed('Inputs:', info.inputs, (input) => `${pathText(input.name)}  ${tensorText(input)}${input.optional ? ' (has a default)' : ''}`),
    ...listed('Nodes that nobody reads, where the answer may be:', answers, (output) => `${pathText(output.name)}  ${tensorText(output)}, ${output.operation}`),
    ...listed('Nobody reads these either, but they are hardly the answer:', leftovers, ({ name, leftover }) => `${pathText(name)}: ${leftover}`),
    ...listed('Signatures:', info.signatures, ({ name, inputs, outputs }) => `${pathText(name)}: ${inputs.map(named).join(', ') || 'nothing'} -> ${outputs.map(named).join(', ') || 'nothing'}`),
    ...listed('Operations:', info.operations, ({ operation, count: times }) => `${operation}  ${count(times)}`),
    ...listed('Not run unless you allow them (--allow):', info.forbidden, ({ operation, node }) => `${operation}  first in ${pathText(node)}`),
  ].join('\n');
}

function named(tensor: Info['signatures'][number]['inputs'][number]): string {
  return `${tensor.name} ${tensorText(tensor)}`;
}

function figures({ variables, constants, versions }: Info): string[] {
  const made = versions.tensorflow ? `written by TensorFlow ${versions.tensorflow}; ` : '';
  const needs = versions.minConsumer ? `needs a TensorFlow that reads version ${count(versions.minConsumer)} or newer` : 'any TensorFlow reads it that knows its operations';
  return [columns([
    ['variables', `${count(variables.count)} with ${counted(variables.parameters, 'number')} (${bytes(variables.bytes)})`],
    ['constants', `${count(constants.count)} with ${counted(constants.parameters, 'number')} (${bytes(constants.bytes)})`],
    ['version', `${made}graph format ${versions.producer}; ${needs}`],
  ])];
}
