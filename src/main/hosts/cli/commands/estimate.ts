import { Argument, Command, Option } from 'commander';
import type { JobResult } from '../../../../shared/contract/kinds.js';
import type { CommandHost } from '../command-host.js';
import { jsonOption } from '../json-option.js';
import { place } from '../option-values.js';
import { type ConfigOptions, configOf } from '../training-config.js';
import { configOptions } from '../training-options.js';
import { count, decimal, duration } from '../../../../shared/words/words.js';
import { columns } from '../lines.js';

const NOTES = `
The first time it times a few steps, which takes up to a minute; nothing is learnt from them and nothing is written but the figures, in the cache.
Other programs that run at the same time slow both the measurement and the training.

Examples:
  $ chromabench estimate ~/Pictures/coast --minutes 20
  $ chromabench estimate ~/Pictures/coast --preset zhang --epochs 10 --set network.width=0.25`;

export function estimateCommand(host: CommandHost): Command {
  const command = new Command('estimate')
    .addArgument(new Argument('<folder>', 'folder of colour photographs, of any depth').argParser(place));
  for (const option of configOptions()) command.addOption(option);
  return command
    .addOption(new Option('--measure', 'time steps again, even where the same settings have been timed'))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (folder: string, { measure, ...options }: ConfigOptions & { measure?: boolean }) => {
      const result = await host.run('estimate', { folder, config: await configOf(options), measure: measure ? 'always' : 'if-needed' });
      host.report(result, estimateText(result));
    });
}

function estimateText({ photographs, Q, parameters, steps, stepsAnEpoch, speed, machineMemory }: JobResult<'estimate'>): string {
  const { training, validation, test } = photographs;
  const rows: [string, string][] = [
    ['photographs', `${count(training)} to learn from, ${count(validation)} to validate, ${count(test)} kept for test`],
    ['network', `${count(parameters)} numbers to learn, ${count(Q)} colour bins`],
    ['steps', `${steps === undefined ? 'not known' : count(steps)} (${decimal(stepsAnEpoch, 1)} an epoch)`],
  ];
  if (speed) {
    rows.push(
      ['time', `about ${duration(speed.seconds)}, between ${duration(speed.lowest)} and ${duration(speed.highest)}`],
      ['a step', `${decimal(speed.secondsAStep, 2)} s, ${BASIS[speed.basis]}`],
      ['memory', `about ${decimal(speed.memory / 1e9, 1)} GB of ${decimal(machineMemory / 1e9, 1)} GB`],
    );
  }
  return columns(rows);
}

const BASIS = {
  same: 'timed with these settings on this machine',
  scaled: 'scaled by its work from other settings of the same network',
  other: 'scaled by its work from another network: a rough guess',
};
