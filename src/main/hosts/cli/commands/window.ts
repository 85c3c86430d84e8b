import { Argument, Command, Option } from 'commander';
import { UserError } from '../../../core/errors.js';
import { openWindow, type WindowOptions } from '../../web/open-window.js';
import { JobFailure } from '../command-errors.js';
import type { CommandHost } from '../command-host.js';
import { numberWithin, place } from '../option-values.js';

const EXAMPLES = `
Examples:
  $ chromabench window
  $ chromabench window ~/Pictures/coast
  $ chromabench window --no-open --port 8600           print the address only`;

interface Options {
  open: boolean;
  port?: number;
}

export function windowCommand(host: CommandHost): Command {
  return new Command('window')
    .addArgument(new Argument('[folder]', 'folder of photographs to show first').argParser(place))
    .addOption(new Option('--browser', 'in a browser, whatever else this machine could show it in'))
    .addOption(new Option('--no-open', 'open no browser, only print the address'))
    .addOption(new Option('--port <number>', 'where to serve it; a free one unless told').argParser(numberWithin(1, 65_535, { whole: true })))
    .addHelpText('after', EXAMPLES)
    .action((folder: string | undefined, { open, port }: Options) => opened({ folder, open, port, say: (line) => host.say(line) }));
}

async function opened(options: WindowOptions): Promise<void> {
  try {
    await openWindow(options);
  } catch (error) {
    throw error instanceof UserError ? new JobFailure({ message: error.message, expected: true }) : error;
  }
}
