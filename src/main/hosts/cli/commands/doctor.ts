import { Command } from 'commander';
import { describeReport } from '../../../../shared/doctor/describe.js';
import type { CommandHost } from '../command-host.js';
import { jsonOption } from '../json-option.js';

const NOTES = `
Ends with 1 where something keeps the program from its work.

Example:
  $ chromabench doctor`;

export function doctorCommand(host: CommandHost): Command {
  return new Command('doctor')
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async () => {
      const report = await host.run('doctor', {});
      const faults = report.problems.filter(({ severity }) => severity === 'fault').length;
      host.report(report, describeReport(report), { failures: faults, done: 0 });
    });
}
