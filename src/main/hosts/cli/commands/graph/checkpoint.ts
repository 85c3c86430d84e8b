import { Argument, Command } from 'commander';
import type { JobResult } from '../../../../../shared/contract/kinds.js';
import { bytes, counted } from '../../../../../shared/words/words.js';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { place } from '../../option-values.js';
import { pathText } from '../../path-text.js';
import { columns, listed } from '../../lines.js';
import { tensorText } from './tensor-text.js';

const NOTES = `
Examples:
  $ chromabench graph checkpoint coast-run/checkpoints/step-000500/model.ckpt
  $ chromabench graph checkpoint saved-model/variables/variables --json`;

export function checkpointCommand(host: CommandHost): Command {
  return new Command('checkpoint')
    .description('The tensors of a TensorFlow checkpoint: names, shapes, types.')
    .addArgument(new Argument('<prefix>', 'path of its files without .index or .data-00000-of-00001').argParser(place))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (checkpoint: string) => {
      const result = await host.run('graphCheckpoint', { checkpoint });
      host.report(result, checkpointText(result));
    });
}

function checkpointText({ prefix, tensors, shards, missing }: JobResult<'graphCheckpoint'>): string {
  const total = tensors.reduce((sum, tensor) => sum + tensor.bytes, 0);
  return [
    `${pathText(prefix)}: ${counted(tensors.length, 'tensor')}, ${bytes(total)} in ${counted(shards, 'data file')}`,
    columns(tensors.map((tensor) => [pathText(tensor.name), `${tensorText(tensor)}${tensor.parts ? ` in ${counted(tensor.parts, 'part')}` : ''}`])),
    ...listed('Data files that are not there or too short:', missing, (name) => pathText(name)),
  ].join('\n');
}
