import { ContractError } from '../../../shared/contract/check.js';
import type { EngineDoor } from '../../../shared/contract/door.js';
import { followJob, type JobReader } from '../../../shared/contract/follow-job.js';
import type { JobInput, JobKind, JobResult } from '../../../shared/contract/kinds.js';
import type { JobView } from '../../../shared/contract/job.js';
import { Interrupted, JobFailure, UsageError } from './command-errors.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { type ProgressDisplay, progressDisplay } from './progress-display.js';
import { printable } from './path-text.js';
import type { Streams } from './streams.js';

/** Beside the usual progress: what a command wants shown of its job's own events. */
export type EventView<K extends JobKind> = (display: ProgressDisplay) => Pick<JobReader<K>, 'event'>;

/** What a command has at hand: a way to run a job, and a way to say what came of it. */
export class CommandHost {
  exitCode: ExitCode = EXIT.done;

  constructor(private readonly door: EngineDoor, private readonly streams: Streams, private readonly json: boolean) {}

  /**
   * Runs a job to its end, showing on the error stream how far it is.
   * @throws CommandError where there is no whole result.
   */
  async run<K extends JobKind>(kind: K, input: JobInput<K>, view?: EventView<K>): Promise<JobResult<K>> {
    const display = progressDisplay(this.streams.err);
    try {
      return await this.outcomeOf(kind, input, { ...readerFor(display), ...view?.(display) }, display);
    } finally {
      display.end();
    }
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

  private async outcomeOf<K extends JobKind>(kind: K, input: JobInput<K>, reader: JobReader<K>, display: ProgressDisplay): Promise<JobResult<K>> {
    const { id, outcome } = await followJob(this.door, kind, input, reader).catch((error: unknown) => {
      throw error instanceof ContractError ? new UsageError(error.message, { cause: error }) : error;
    });
    const release = this.onInterrupt((again) => {
      display.line(again ? 'Ending at once.' : 'Stopping; what is done so far is kept. Once more ends it at once.');
      void this.door.request('cancelJob', { id });
    });
    const end = await outcome.finally(release);
    if (end.state === 'failed') throw new JobFailure(end.error);
    if (end.state === 'cancelled') throw new Interrupted(end.kept);
    return end.result;
  }

  /** Ctrl+C, the terminal closed, the system going down: all ask the job to end. */
  private onInterrupt(interrupted: (again: boolean) => void): () => void {
    let times = 0;
    const listener = () => interrupted((times += 1) > 1);
    for (const signal of INTERRUPTS) process.on(signal, listener);
    return () => INTERRUPTS.forEach((signal) => process.off(signal, listener));
  }
}

const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function readerFor(display: ProgressDisplay): JobReader {
  return {
    progress: (progress) => display.progress(progress),
    note: ({ level, message }) => display.line(printable(level === 'warning' ? `Warning: ${message}` : message)),
    changed: (job: JobView) => job.state === 'paused' && display.line('Paused.'),
  };
}
