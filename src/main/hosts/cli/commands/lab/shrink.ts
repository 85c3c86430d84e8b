import { Argument, Command, Option } from 'commander';
import type { JobInput } from '../../../../../shared/contract/kinds.js';
import { PENALTY_KINDS } from '../../../../../shared/labs/regularization/penalties.js';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { outOption } from '../../lab-options.js';
import { numberWithin, place } from '../../option-values.js';
import { regularizationView, shrinkText } from '../../regularization-text.js';

const NOTES = `
A neuron is dead when all weights into it or all weights out of it are zero. One that is constant is folded into the next bias.

Examples:
  $ chromabench lab shrink penalties --penalty l1-proximal --out smaller
  $ chromabench lab shrink penalties --penalty l1 --threshold 0.01 --weights fresh --out afresh`;

type Options = Omit<JobInput<'shrink'>, 'run' | 'number'> & { number: number };

export function shrinkCommand(host: CommandHost): Command {
  return new Command('shrink')
    .description('Take the dead neurons out of a trained network and train the smaller one on the same points, as often as the full one was.')
    .addArgument(new Argument('<run>', 'folder of a regularization experiment').argParser(place))
    .addOption(outOption())
    .addOption(new Option('--penalty <kind>', 'penalty of the network (default: the first L1 there is)').choices(PENALTY_KINDS))
    .addOption(new Option('--number <n>', 'which of its runs').argParser(numberWithin(1, Infinity, { whole: true })).default(1))
    .addOption(new Option('--threshold <t>', 'largest size of a weight that counts as zero (default: exact zeros after a proximal step, else the threshold of the experiment)').argParser(numberWithin(0, Infinity)))
    .addOption(new Option('--weights <which>', 'go on from the surviving weights, or start afresh').choices(['keep', 'fresh']).default('keep'))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (run: string, { out, penalty, number, threshold, weights }: Options) => {
      const report = await host.run('shrink', { run, out, penalty, number: number - 1, threshold, weights }, regularizationView);
      host.report(report, shrinkText(report));
    });
}
