import { Argument, Command } from 'commander';
import type { CommandHost } from '../command-host.js';
import { jsonOption } from '../json-option.js';
import { place } from '../option-values.js';
import { trainingText, trainingView } from '../training-view.js';

const EXAMPLE = `
Example:
  $ chromabench resume coast-run`;

export function resumeCommand(host: CommandHost): Command {
  return new Command('resume')
    .addArgument(new Argument('<run>', 'folder of the run').argParser(place))
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLE)
    .action(async (run: string) => {
      const result = await host.run('resume', { run }, trainingView);
      host.report(result, trainingText(result), { failures: result.skipped.length });
    });
}
