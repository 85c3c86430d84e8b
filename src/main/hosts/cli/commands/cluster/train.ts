import { Argument, Command, Option } from 'commander';
import type { CommandHost } from '../../command-host.js';
import { jsonOption } from '../../json-option.js';
import { place } from '../../option-values.js';
import { type ConfigOptions, configOf } from '../../training-config.js';
import { configOptions } from '../../training-options.js';
import { trainingText, trainingView } from '../../training-view.js';
import { clusterOptions, type ClusterFlags } from './options.js';

const NOTES = `
The batch of the settings is that of one worker: a step of the run takes as many times more.
Ctrl+C stops the training on the cluster and keeps the run. With --detach, or where the terminal is closed, it goes on there; attach follows it.

Examples:
  $ chromabench cluster train ~/Pictures/coast --address http://10.0.0.1:8265 --workers 4 --out coast-run --steps 2000
  $ chromabench cluster train /shared/coast --place /shared/coast --storage s3://bucket/runs --address http://10.0.0.1:8265 --workers 16 --out coast-run --epochs 20`;

/** Addresses such as s3://bucket/coast stay as they are. */
function folderOrAddress(text: string): string {
  return text.includes('://') ? text : place(text);
}

export function trainOnClusterCommand(host: CommandHost): Command {
  const command = new Command('train')
    .description('Train a network on a Ray cluster; the run comes back as any other.')
    .addArgument(new Argument('<folder>', 'folder of colour photographs, of any depth').argParser(folderOrAddress))
    .addOption(new Option('--out <run>', 'new folder for the run').argParser(place).makeOptionMandatory())
    .addOption(new Option('--statistics <where>', 'where the photographs are looked through and their colours counted; on the cluster it needs --place, and is what auto does with more than 20,000 files').choices(['auto', 'here', 'cluster']).default('auto'));
  for (const option of [...clusterOptions(), ...configOptions()]) command.addOption(option);
  return command
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (folder: string, { out, address, workers, storage, place: seenAt, header: headers, statistics, detach, ...options }: ConfigOptions & ClusterFlags & { out: string; statistics?: 'auto' | 'here' | 'cluster' }) => {
      const cluster = { address, workers, storage, place: seenAt, headers, statistics, detach };
      const result = await host.run('clusterTrain', { folder, out, config: await configOf(options), ...cluster }, trainingView);
      host.report(result, trainingText(result), { failures: result.skipped.length });
    });
}

export function resumeOnClusterCommand(host: CommandHost): Command {
  const command = new Command('resume')
    .description('Go on on a cluster with a run that was trained here or there.')
    .addArgument(new Argument('<run>', 'folder of the run').argParser(place));
  for (const option of clusterOptions()) command.addOption(option);
  return command.addOption(jsonOption()).action(async (run: string, { address, workers, storage, place: seenAt, header: headers, detach }: ClusterFlags) => {
    const result = await host.run('clusterResume', { run, address, workers, storage, place: seenAt, headers, detach }, trainingView);
    host.report(result, trainingText(result), { failures: result.skipped.length });
  });
}
