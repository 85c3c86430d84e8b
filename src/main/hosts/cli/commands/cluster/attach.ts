import { Argument, Command, Option } from 'commander';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { place } from '../../option-values.js';
import { trainingText, trainingView } from '../../training-view.js';
import { headerOption } from './options.js';

interface Flags {
  header?: Record<string, string>;
}

export function attachCommand(host: CommandHost): Command {
  return new Command('attach')
    .description('Follow a run that a cluster trains, after the program was closed.')
    .addArgument(new Argument('<run>', 'folder of the run').argParser(place))
    .addOption(headerOption())
    .addOption(jsonOption())
    .action(async (run: string, { header: headers }: Flags) => {
      const result = await host.run('clusterAttach', { run, headers }, trainingView);
      host.report(result, trainingText(result), { failures: result.skipped.length });
    });
}

export function stopCommand(host: CommandHost): Command {
  return new Command('stop')
    .description('End a training on a cluster and fetch what it has.')
    .addArgument(new Argument('<run>', 'folder of the run').argParser(place))
    .addOption(new Option('--forget', 'the cluster is gone for good: free the run without it'))
    .addOption(headerOption())
    .addOption(jsonOption())
    .action(async (run: string, { header: headers, forget }: Flags & { forget?: boolean }) => {
      const result = await host.run('clusterStop', { run, headers, forget }, trainingView);
      host.report(result, trainingText(result), { failures: result.skipped.length });
    });
}
