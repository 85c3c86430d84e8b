import { Argument, Command, Option } from 'commander';
import type { JobInput, JobResult } from '../../../../../shared/contract/kinds.js';
import type { PICTURE_SCALES } from '../../../../../shared/contract/kinds/graph-running.js';
import { RESULT_FORMATS } from '../../../../../shared/contract/kinds/graph-run.js';
import { medianOfRuns, runTimes } from '../../../../../shared/words/run-times.js';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { choices, names, numberWithin, place } from '../../option-values.js';
import { pathText } from '../../path-text.js';
import { feed, limitOptions, scaleOption, withScale, type LimitOptions } from './running-options.js';
import { tensorText } from './tensor-text.js';

const NOTES = `
The graph runs in a process of its own, within limits of time and memory, and only with operations that compute. Each result is
also written as DIR/NAME.npy, slashes of the node's name as underscores.

Examples:
  $ chromabench graph run frozen.pb --feed lightness=harbour.jpg --fetch ab --out result
  $ chromabench graph run frozen.pb --feed x=digits.csv --fetch softmax --out result --format npy,csv
  $ chromabench graph run frozen.pb --feed x=random:1x32x32x1 --fetch conv1/relu --out result --format npy,png`;

interface Options extends LimitOptions {
  feed?: JobInput<'graphRun'>['feeds'];
  fetch: string[];
  out: string;
  format: (typeof RESULT_FORMATS)[number][];
  scale?: (typeof PICTURE_SCALES)[number];
  runs?: number;
  overwrite?: boolean;
}

export function runCommand(host: CommandHost): Command {
  const command = new Command('run')
    .description('Run a frozen graph: feed it, fetch any node, keep the result.')
    .addArgument(new Argument('<file>', 'frozen graph (.pb, .pbtxt)').argParser(place))
    .addOption(new Option('--feed <name=value>', 'NAME=PHOTOGRAPH, NAME=file.npy, NAME=file.csv or NAME=random:1x32x32x1; once for each input').argParser(feed))
    .addOption(new Option('--fetch <names>', 'nodes whose results are kept, separated by commas').argParser(names).makeOptionMandatory())
    .addOption(new Option('--out <folder>', 'folder for the results').argParser(place).makeOptionMandatory())
    .addOption(new Option('--format <names>', `${RESULT_FORMATS.join(', ')}, separated by commas`).argParser(choices(RESULT_FORMATS)).default(['npy'], 'npy'))
    .addOption(scaleOption())
    .addOption(new Option('--runs <number>', 'how often it runs, for the times (default: 3)').argParser(numberWithin(1, 1000, { whole: true })))
    .addOption(new Option('--overwrite', 'replace files of the same names'));
  limitOptions().forEach((option) => command.addOption(option));
  return command.addOption(jsonOption()).addHelpText('after', NOTES).action(async (file: string, { feed: feeds = [], fetch, format, scale, ...options }: Options) => {
    const result = await host.run('graphRun', { file, feeds: withScale(feeds, scale), fetches: fetch, formats: format, ...options });
    host.report({ ...result, medianSeconds: medianOfRuns(result.seconds) }, runText(result));
  });
}

function runText({ results, seconds }: JobResult<'graphRun'>): string {
  return [
    ...results.flatMap((result) => [
      `${pathText(result.name)}  ${tensorText(result)}${result.mean === undefined ? '' : `, from ${figure(result.smallest)} to ${figure(result.largest)}, mean ${figure(result.mean)}`}${result.notFinite ? `, ${result.notFinite.toLocaleString('en')} no finite numbers` : ''}`,
      ...result.files.map((file) => `  ${pathText(file)}`),
    ]),
    `${runTimes(seconds)}.`,
  ].join('\n');
}

function figure(value: number | undefined): string {
  return value === undefined ? '?' : String(Number(value.toPrecision(5)));
}
