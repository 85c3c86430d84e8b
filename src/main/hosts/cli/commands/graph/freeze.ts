import { Command, Option } from 'commander';
import type { JobInput, JobResult } from '../../../../../shared/contract/kinds.js';
import { bytes, count, counted } from '../../../../../shared/words/words.js';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { columns } from '../../lines.js';
import { names, place } from '../../option-values.js';
import { pathText } from '../../path-text.js';
import { feed, limitOptions } from './running-options.js';
import { differenceText, shapeText } from './tensor-text.js';

const NOTES = `
The graph with its checkpoint and the frozen file are run on the same random inputs (-1..1, 0..1, 0..255); where they differ
by more than float rounding (1e-5 of the largest value of an output), nothing is written. Beside the file lie small programs that load it, in Python and TypeScript.

Examples:
  $ chromabench graph freeze --graph graph.pb --checkpoint model.ckpt --outputs distribution --out frozen.pb
  $ chromabench graph freeze --graph model.ckpt.meta --checkpoint model.ckpt --outputs y --feed x=random:1x28x28x1 --out frozen.pb
  $ chromabench graph freeze --graph saved-model --out frozen.pb
  $ chromabench graph freeze --graph tfjs-model/model.json --out frozen.pb`;

type Options = JobInput<'graphFreeze'> & { feed?: JobInput<'graphFreeze'>['feeds'] };

export function freezeCommand(host: CommandHost): Command {
  const command = new Command('freeze')
    .description('Turn a graph and its checkpoint into one file: variables become constants, what the outputs do not need is left out.')
    .addOption(new Option('--graph <file>', 'graph (.pb, .pbtxt, .meta), folder of a SavedModel, or model.json of TensorFlow.js layers').argParser(place).makeOptionMandatory())
    .addOption(new Option('--checkpoint <prefix>', 'path of its files without .index or .data-00000-of-00001').argParser(place))
    .addOption(new Option('--outputs <names>', 'output nodes, separated by commas; `graph info` proposes some').argParser(names))
    .addOption(new Option('--out <file>', 'the frozen file; text where it ends in .pbtxt').argParser(place).makeOptionMandatory())
    .addOption(new Option('--feed <name=value>', 'for the proof: NAME=random:1x32x32x1, a .npy or .csv file, a photograph').argParser(feed))
    .addOption(new Option('--no-loaders', 'without the small programs that load the file'))
    .addOption(new Option('--overwrite', 'replace files of the same names'));
  limitOptions().forEach((option) => command.addOption(option));
  return command.addOption(jsonOption()).addHelpText('after', NOTES).action(async ({ feed: feeds, ...options }: Options) => {
    const { graph, checkpoint, outputs, out, loaders, overwrite, allow, maxSeconds, maxMemory, seed } = options;
    const result = await host.run('graphFreeze', { graph, checkpoint, outputs, out, loaders, overwrite, allow, maxSeconds, maxMemory, seed, feeds });
    host.report(result, freezeText(result));
  });
}

function freezeText(result: JobResult<'graphFreeze'>): string {
  const { files, lite } = result;
  return [
    `${pathText(files[0])}: ${bytes(result.bytes)}, ${counted(result.nodes, 'node')} of ${count(result.nodesBefore)}, ${counted(result.variables, 'variable')} became constants`,
    `Both graphs run on ${result.inputs === 1 ? 'the same input' : `the same ${result.inputs} inputs`}: ${counted(result.values, 'value')} compared, ${differenceText(result.largestDifference)}.`,
    ...(result.notNumbers ? [`${counted(result.notNumbers, 'of these values is', 'of these values are')} NaN in both: the same, and no proof.`] : []),
    columns(result.outputs.map(({ name, shape, largestValue }) => [pathText(name), `${shapeText(shape)} in this proof, values up to ${largestValue.toPrecision(3)}`])),
    ...files.slice(1).map((file) => `Loads it: ${pathText(file)}`),
    'For TensorFlow Lite, in the folder of the file, where TensorFlow 2 is installed:',
    `  ${pathText(lite.command)}`,
    ...(lite.refused.length ? [`Without --target_ops it would refuse ${lite.refused.join(', ')}: not among its built-in operations.`] : []),
  ].join('\n');
}
