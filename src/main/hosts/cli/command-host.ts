import type { EngineDoor } from '../../../shared/contract/door.js';
import type { JobInput, JobKind, JobResult } from '../../../shared/contract/kinds.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { EventView } from './job-run.js';
import { printable } from './path-text.js';
import type { Streams } from './streams.js';

/** What a command has at hand: a way to run a job, and a way to say what came of it. */
export class CommandHost {
  exitCode: ExitCode = EXIT.done;

  /** @param openEngine Asked once, when a command has a job. */
  constructor(private readonly openEngine: () => Promise<EngineDoor>, private readonly streams: Streams, private readonly json: boolean) {}

  /**
   * Runs a job to its end, showing on the error stream how far it is.
   * @throws CommandError where there is no whole result.
   */
  async run<K extends JobKind>(kind: K, input: JobInput<K>, view?: EventView<K>): Promise<JobResult<K>> {
    const { runJob } = await import('./job-run.js');
    return runJob(await this.openEngine(), this.streams.err, kind, input, view);
  }

  /**
   * Says what came of it, once: the document for machines, else the text for people.
   * @param failures Files that could not be done.
   * @param done Files that were; with none of them the command has failed.
   */
  report(document: object, text: string, { failures = 0, done = 1 } = {}): void {
    if (failures > 0) this.exitCode = done > 0 ? EXIT.partly : EXIT.failed;
    this.streams.out.write(this.json ? `${JSON.stringify(document)}\n` : `${printable(text)}\n`);
  }

  /** A line for the person at the terminal, while a command goes on. */
  say(line: string): void {
    this.streams.out.write(`${line}\n`);
  }
}
