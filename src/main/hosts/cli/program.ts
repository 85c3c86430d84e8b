import { Command } from 'commander';
import { programVersion } from '../../core/program-folder.js';
import type { CommandHost } from './command-host.js';
import { COMMANDS, type ListedCommand } from './commands.js';

const ABOUT = `Trains small networks that colorize black-and-white photographs, on your own machine, with native TensorFlow.`;

const MORE = `
A first walk:
  $ chromabench demo                                    see the whole job on built-in photographs, in about three minutes
  $ chromabench inspect ~/Pictures/coast                what is in a folder, and which colours
  $ chromabench train ~/Pictures/coast --out coast-run  learn from it, ten minutes unless told otherwise
  $ chromabench colorize coast-run old/ --out coloured  colorize black-and-white photographs

Photographs are only ever read: nothing is changed, moved or written among them.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some files failed, 130 interrupted.`;

/**
 * The command line as commander sees it. Its commands run jobs on the host given; only those named among the words are loaded, so that the
 * help comes at once.
 * @param words The command line without program and script.
 */
export async function commandLine(host: CommandHost, words: readonly string[]): Promise<Command> {
  const program = new Command('chromabench')
    .description(ABOUT)
    .version(programVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help; after a command, help on that command')
    .helpCommand('help [command]', 'print help on a command')
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .addHelpText('after', MORE);
  for (const listed of COMMANDS) program.addCommand(words.includes(listed.name) ? await loaded(listed, host) : entry(listed));
  return program;
}

async function loaded({ about, load }: ListedCommand, host: CommandHost): Promise<Command> {
  return (await load())(host).description(about);
}

/** What the help lists of a command. */
function entry({ name, usage, about }: ListedCommand): Command {
  return new Command(name).usage(usage).description(about);
}
