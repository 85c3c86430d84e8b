import { Argument, Command, Option } from 'commander';
import type { JobInput, JobResult } from '../../../../../shared/contract/kinds.js';
import { counted } from '../../../../../shared/words/words.js';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { names, place } from '../../option-values.js';
import { pathText } from '../../path-text.js';

const NOTES = `
Examples:
  $ chromabench graph draw frozen.pb --out frozen.svg
  $ chromabench graph draw graph.pb --out conv3.png --open conv3
  $ chromabench graph draw before.pb --beside after.pb --out difference.svg`;

type Options = Omit<JobInput<'graphDraw'>, 'file' | 'body'> & { function?: string };

export function drawCommand(host: CommandHost): Command {
  return new Command('draw')
    .description('Draw a graph from top to bottom as it computes, its name scopes open or closed.')
    .addArgument(new Argument('<file>', 'graph (.pb, .pbtxt, .meta), or folder of a model').argParser(place))
    .addOption(new Option('--out <file>', 'picture, .svg or .png').argParser(place).makeOptionMandatory())
    .addOption(new Option('--open <scopes>', 'names of scopes to be open, separated by commas (default: all of a small graph)').argParser(names))
    .addOption(new Option('--reveal <node>', 'open the scopes around this node'))
    .addOption(new Option('--function <name>', 'draw the body of this function'))
    .addOption(new Option('--beside <file>', 'another graph: mark where they differ').argParser(place))
    .addOption(new Option('--overwrite', 'replace a file of the same name'))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (file: string, { out, open, reveal, function: body, beside, overwrite }: Options) => {
      const result = await host.run('graphDraw', { file, out, open, reveal, body, beside, overwrite });
      host.report(result, drawText(result));
    });
}

function drawText({ out, boxes, lines, left }: JobResult<'graphDraw'>): string {
  return `${pathText(out)}: ${counted(boxes, 'box', 'boxes')} and ${counted(lines, 'line')}${left ? `; ${counted(left, 'connection is', 'connections are')} not drawn, there are too many to be told apart` : ''}.`;
}
