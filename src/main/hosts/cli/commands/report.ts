import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { JobInput } from '../../../../shared/contract/kinds.js';
import { evaluationChoice } from '../../../../shared/contract/kinds/report.js';
import { bytes } from '../../../../shared/words/words.js';
import type { CommandHost } from '../command-host.js';
import { jsonOption } from '../json-option.js';
import { place } from '../option-values.js';
import { pathText } from '../path-text.js';

const NOTES = `
The file opens in any browser, without a network and without scripts, light or dark, and prints. A name that ends with .md
gets the model card alone, as Markdown: photographs, settings, figures, where the run is weak, what it is not good for.

Examples:
  $ chromabench report coast-run --out coast.html
  $ chromabench report coast-run --out MODEL_CARD.md
  $ chromabench report penalties --out penalties.html
  $ chromabench evaluate coast-run && chromabench report coast-run --out coast.html --overwrite`;

type Options = Omit<JobInput<'report'>, 'run'>;

export function reportCommand(host: CommandHost): Command {
  return new Command('report')
    .addArgument(new Argument('<run>', 'folder of the run, or of a laboratory’s run').argParser(place))
    .addOption(new Option('--out <file>', 'the file, as in report.html or MODEL_CARD.md').argParser(reportFile).makeOptionMandatory())
    .addOption(new Option('--evaluation <which>', 'newest, none, or the name of a folder in RUN/evaluations (default: newest)').argParser(evaluation))
    .addOption(new Option('--overwrite', 'replace a file of that name'))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (run: string, { out, evaluation, overwrite }: Options) => {
      const result = await host.run('report', { run, out, evaluation, overwrite });
      const measured = result.evaluation === undefined ? ' It has no evaluation; `chromabench evaluate` makes one.' : '';
      host.report(result, `${pathText(result.out)}: ${bytes(result.bytes)}.${evaluation === 'none' || result.kind === 'laboratory' ? '' : measured}`);
    });
}

function reportFile(text: string): string {
  if (/\.(html?|md)$/i.test(text)) return place(text);
  throw new InvalidArgumentError('It must end with .html or .md.');
}

function evaluation(text: string): NonNullable<Options['evaluation']> {
  const { data } = evaluationChoice.safeParse(text);
  if (data !== undefined) return data;
  throw new InvalidArgumentError('It must be newest, none, or the name of a folder in RUN/evaluations.');
}
