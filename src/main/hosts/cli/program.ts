import { Command } from 'commander';
import { programVersion } from '../../core/program-folder.js';
import type { CommandHost } from './command-host.js';
import { chartsCommand } from './commands/charts.js';
import { colorizeCommand } from './commands/colorize.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { estimateCommand } from './commands/estimate.js';
import { evaluateCommand } from './commands/evaluate.js';
import { graphCommand } from './commands/graph/index.js';
import { inspectCommand } from './commands/inspect.js';
import { labCommand } from './commands/lab/index.js';
import { reportCommand } from './commands/report.js';
import { resumeCommand } from './commands/resume.js';
import { settingsCommand } from './commands/settings.js';
import { trainCommand } from './commands/train.js';
import { windowCommand } from './commands/window.js';

const ABOUT = `Trains small networks that colorize black-and-white photographs, on your own machine, with native TensorFlow.`;

const MORE = `
A first walk:
  $ chromabench demo                                    see the whole job on built-in photographs, in about three minutes
  $ chromabench inspect ~/Pictures/coast                what is in a folder, and which colours
  $ chromabench train ~/Pictures/coast --out coast-run  learn from it, ten minutes unless told otherwise
  $ chromabench colorize coast-run old/ --out coloured  colorize black-and-white photographs

Photographs are only ever read: nothing is changed, moved or written among them.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some files failed, 130 interrupted.`;

/** In the order of the help. */
const COMMANDS = [
  windowCommand, demoCommand, inspectCommand, estimateCommand, trainCommand, resumeCommand, colorizeCommand, evaluateCommand, chartsCommand, reportCommand, graphCommand,
  labCommand, settingsCommand, doctorCommand,
];

/** The command line as commander sees it. Its commands run jobs on the host given. */
export function commandLine(host: CommandHost): Command {
  const program = new Command('chromabench')
    .description(ABOUT)
    .version(programVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help; after a command, help on that command')
    .helpCommand('help [command]', 'print help on a command')
    .addHelpText('after', MORE);
  for (const command of COMMANDS) program.addCommand(command(host));
  return program;
}
