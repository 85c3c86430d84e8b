import { Argument, Command, Option } from 'commander';
import type { JobInput, JobResult } from '../../../../../shared/contract/kinds.js';
import { EXPORT_ANSWERS, EXPORT_FORMATS } from '../../../../../shared/contract/kinds/graph-export.js';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { columns } from '../../lines.js';
import { checkpoint, place } from '../../option-values.js';
import { pathText } from '../../path-text.js';
import { temperatureOption } from '../../temperature-option.js';
import { differenceText } from './tensor-text.js';

const NOTES = `
Formats:
${columns([
  ['pb, pbtxt', 'one frozen graph, binary or text; with --structure the structure alone, its variables open'],
  ['checkpoint', 'the weights alone, in TensorFlow\'s files; --out is their common beginning'],
  ['savedmodel', 'a folder for TensorFlow and its servers'],
  ['tfjs', 'a folder for TensorFlow.js (loadGraphModel)'],
  ['onnx', 'one file for ONNX Runtime and others (opset 17)'],
])}

What is written is loaded again and compared before it is kept.

Examples:
  $ chromabench graph export coast-run --format pb --out coast.pb
  $ chromabench graph export coast-run --format pbtxt --structure --out coast.pbtxt
  $ chromabench graph export coast-run --format onnx --answer logits --out coast.onnx`;

export function exportCommand(host: CommandHost): Command {
  return new Command('export')
    .description("Write a run's network for other programs.")
    .addArgument(new Argument('<run>', 'folder of the run').argParser(place))
    .addOption(new Option('--format <name>', 'what to write').choices(EXPORT_FORMATS).makeOptionMandatory())
    .addOption(new Option('--out <path>', 'file or folder to write').argParser(place).makeOptionMandatory())
    .addOption(new Option('--answer <name>', 'colours, shares of the bins, or their scores (default: ab)').choices(EXPORT_ANSWERS))
    .addOption(temperatureOption())
    .addOption(new Option('--checkpoint <which>', 'best, newest, or a step (default: best)').argParser(checkpoint))
    .addOption(new Option('--structure', 'for pb and pbtxt: the structure without the weights'))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (run: string, { format, out, answer, temperature, checkpoint, structure }: Omit<JobInput<'graphExport'>, 'run'>) => {
      const result = await host.run('graphExport', { run, format, out, answer, temperature, checkpoint, structure });
      host.report(result, exportText(result));
    });
}

function exportText({ files, step, answer, largestDifference, opset }: JobResult<'graphExport'>): string {
  const proof = largestDifference === undefined ? 'The structure has no weights: freeze it with a checkpoint.' : `Loaded again and compared: ${differenceText(largestDifference)}.`;
  return [`The network of step ${step}, from lightness to ${answer}${opset === undefined ? '' : `, ONNX opset ${opset}`}:`, ...files.map((file) => `  ${pathText(file)}`), proof].join('\n');
}
