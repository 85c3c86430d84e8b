import { Argument, Command, Option } from 'commander';
import { EVALUATED_PARTS } from '../../../../shared/run/evaluation.js';
import type { JobInput } from '../../../../shared/contract/kinds.js';
import type { CommandHost } from '../command-host.js';
import { evaluationText } from '../evaluation-text.js';
import { jsonOption } from '../json-option.js';
import { listed } from '../lines.js';
import { checkpoint, place } from '../option-values.js';
import { pathText } from '../path-text.js';
import { temperatureOption } from '../temperature-option.js';

const NOTES = `
AuC is the share of pixels whose colour comes near the true one, 100 at best; rebalanced, rare colours count as much
as common ones (Zhang et al. 2016). Vividness is the mean chroma beside that of the photographs: 1 as vivid, below it timid.
Measure on photographs that the network has never seen: without a folder it
takes those of the run's own folder that were kept for test. What is found stays beside the run, with the figures of
every photograph, in RUN/evaluations.
With --worn the same photographs are measured as old scans too: sepia, faded, grainy, scratched, worn by a fixed recipe;
lost are points of rebalanced AuC. This takes about three times as long.
Ends with 3 where a photograph that --list names could not be measured.

Examples:
  $ chromabench evaluate coast-run
  $ chromabench evaluate coast-run ~/Pictures/other-coast
  $ chromabench evaluate coast-run --worn
  $ chromabench evaluate coast-run ~/Pictures/coast --list kept-for-test.txt --json`;

type Options = Omit<JobInput<'evaluate'>, 'run' | 'folder'>;

export function evaluateCommand(host: CommandHost): Command {
  return new Command('evaluate')
    .addArgument(new Argument('<run>', 'folder of the run').argParser(place))
    .addArgument(new Argument('[folder]', 'folder of colour photographs (default: those that the run kept for test)').argParser(place))
    .addOption(new Option('--list <file>', 'measure these photographs only: one path a line, relative to the folder').argParser(place))
    .addOption(new Option('--part <which>', 'without a folder: which of the photographs that the run held back (default: test)').choices(EVALUATED_PARTS))
    .addOption(new Option('--worn', 'measure old scans of the photographs too'))
    .addOption(temperatureOption())
    .addOption(new Option('--checkpoint <which>', 'best, newest, or a step (default: best)').argParser(checkpoint))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (run: string, folder: string | undefined, { list, part, worn, temperature, checkpoint }: Options) => {
      const result = await host.run('evaluate', { run, folder, list, part, worn, temperature, checkpoint });
      const excluded = listed('Not measured:', result.excluded, ({ path, reason }) => `${pathText(path)}: ${reason}`);
      // A folder may hold all sorts of things; what is named in a list was meant to be measured.
      host.report(result, [evaluationText(result), ...excluded].join('\n'), { failures: list === undefined ? 0 : result.excluded.length });
    });
}
