import { Argument, Command } from 'commander';
import type { JobResult } from '../../../../../shared/contract/kinds.js';
import { count, counted } from '../../../../../shared/words/words.js';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { columns } from '../../lines.js';
import { place } from '../../option-values.js';
import { tensorText } from './tensor-text.js';

const NOTES = `
Examples:
  $ chromabench graph node frozen.pb conv3/weights`;

export function nodeCommand(host: CommandHost): Command {
  return new Command('node')
    .description('One node of a graph: attributes, who reads it, the way to the outputs, figures of a constant.')
    .addArgument(new Argument('<file>', 'graph (.pb, .pbtxt, .meta) or folder of a SavedModel').argParser(place))
    .addArgument(new Argument('<name>', 'of the node'))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (file: string, name: string) => {
      const result = await host.run('graphNode', { file, name });
      host.report(result, nodeText(result));
    });
}

function nodeText(node: JobResult<'graphNode'>): string {
  const rows: [string, string][] = [
    ['takes', node.inputs.join(', ') || 'nothing'],
    ['read by', node.readers.join(', ') || 'nobody'],
    ['way out', node.path.join(' > ')],
    ...Object.entries(node.attributes),
  ];
  return [`${node.name}  ${node.operation}  ${tensorText(node)}`, columns(rows), ...(node.constant ? [constantText(node.constant)] : [])].join('\n');
}

function constantText({ count: values, smallest, largest, mean, deviation, zeros, notFinite, histogram }: NonNullable<JobResult<'graphNode'>['constant']>): string {
  const figure = (value: number) => String(Number(value.toPrecision(5)));
  const odd = notFinite ? `, ${count(notFinite)} are no finite numbers` : '';
  return `  ${counted(values, 'value')} from ${figure(smallest)} to ${figure(largest)}, mean ${figure(mean)}, standard deviation ${figure(deviation)}, ${count(zeros)} of them zero${odd}\n  ${bars(histogram)}`;
}

/** Heights as characters, the root of each count, so that small ones are seen. */
function bars(histogram: readonly number[]): string {
  const most = Math.sqrt(Math.max(1, ...histogram));
  return histogram.map((times) => (times === 0 ? ' ' : '▁▂▃▄▅▆▇█'[Math.min(7, Math.floor((8 * Math.sqrt(times)) / most))])).join('');
}
