import { type Command, CommanderError } from 'commander';
import { CommandError } from './command-errors.js';
import { CommandHost } from './command-host.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { asksForJson } from './json-option.js';
import { printable } from './path-text.js';
import { commandLine } from './program.js';
import type { Streams } from './streams.js';
import type { EngineDoor } from '../../../shared/contract/door.js';

/**
 * Does what a command line says.
 * @param words The command line without program and script.
 * @param openEngine Asked once, when a command has a job.
 */
export async function runCommandLine(words: readonly string[], openEngine: () => Promise<EngineDoor>, streams: Streams): Promise<ExitCode> {
  const json = asksForJson(words);
  const host = new CommandHost(openEngine, streams, json);
  try {
    await withStreams(await commandLine(host, words), streams).parseAsync(words, { from: 'user' });
    return host.exitCode;
  } catch (error) {
    const ending = endingOf(error);
    if (ending.exitCode !== EXIT.done && json) streams.out.write(`${JSON.stringify({ error: document(ending) })}\n`);
    if (ending.text) streams.err.write(`${printable(ending.text)}\n`);
    return ending.exitCode;
  }
}

interface Ending {
  kind: string;
  message: string;
  details?: string;
  /** What is left to be printed for people. */
  text: string;
  exitCode: ExitCode;
}

function endingOf(error: unknown): Ending {
  if (error instanceof CommanderError) return commanderEnding(error);
  if (error instanceof CommandError) {
    const { kind, message, details, exitCode } = error;
    return { kind, message, details, exitCode, text: [message, details].filter(Boolean).join('\n\n') };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'failed', message, details: stack, exitCode: EXIT.failed, text: stack ?? message };
}

/** Commander has printed its complaint, or the help that was asked for. */
function commanderEnding({ exitCode, message }: CommanderError): Ending {
  const code = exitCode === 0 ? EXIT.done : EXIT.usage;
  return { kind: 'usage', message: message.replace(/^error: /, '').replaceAll('\n', ' '), exitCode: code, text: '' };
}

function document({ kind, message, details }: Ending): object {
  return { kind, message, details };
}

/** Commander writes where it is told to and throws instead of ending the process: for a command and all below it. */
function withStreams(command: Command, streams: Streams): Command {
  command.exitOverride().configureOutput({
    writeOut: (text) => void streams.out.write(text),
    writeErr: (text) => void streams.err.write(text),
    getOutHelpWidth: () => streams.out.columns ?? 100,
    getErrHelpWidth: () => streams.err.columns ?? 100,
    outputError: (text, write) => write(`${text.replace(/^error: (.)/, (_, first: string) => first.toUpperCase())}`),
  });
  command.showHelpAfterError(`See: ${pathOf(command)} --help`);
  command.commands.forEach((sub) => withStreams(sub, streams));
  return command;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
