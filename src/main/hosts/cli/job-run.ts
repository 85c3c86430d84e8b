/** A job of a command, from its start to its end, as the person at the terminal sees it. */
import { ContractError } from '../../../shared/contract/check.js';
import type { EngineDoor } from '../../../shared/contract/door.js';
import { followJob, type JobReader } from '../../../shared/contract/follow-job.js';
import type { JobView } from '../../../shared/contract/job.js';
import type { JobKindSpec } from '../../../shared/contract/job-kind.js';
import { type JobInput, type JobKind, type JobResult, specOf } from '../../../shared/contract/kinds.js';
import { Interrupted, JobFailure, UsageError } from './command-errors.js';
import { printable } from './path-text.js';
import { type ProgressDisplay, progressDisplay } from './progress-display.js';
import type { Streams } from './streams.js';

/** Beside the usual progress: what a command wants shown of its job's own events. */
export type EventView<K extends JobKind> = (display: ProgressDisplay) => Pick<JobReader<K>, 'event'>;

/** @see CommandHost.run */
export async function runJob<K extends JobKind>(door: EngineDoor, err: Streams['err'], kind: K, input: JobInput<K>, view?: EventView<K>): Promise<JobResult<K>> {
  const display = progressDisplay(err);
  try {
    return await outcomeOf(door, kind, input, { ...readerFor(display), ...view?.(display) }, display);
  } finally {
    display.end();
  }
}

async function outcomeOf<K extends JobKind>(door: EngineDoor, kind: K, input: JobInput<K>, reader: JobReader<K>, display: ProgressDisplay): Promise<JobResult<K>> {
  const { id, outcome } = await followJob(door, kind, input, reader).catch((error: unknown) => {
    throw error instanceof ContractError ? new UsageError(error.message, { cause: error }) : error;
  });
  const release = onInterrupt((again, signal) => void interrupt(door, id, specOf(kind), { again, signal }, display));
  const end = await outcome.finally(release);
  if (end.state === 'failed') throw new JobFailure(end.error);
  if (end.state === 'cancelled') throw new Interrupted(end.kept);
  return end.result;
}

/** Work on other machines is stopped by Ctrl+C alone: a terminal that is closed, or a system that goes down, leaves it to them. */
async function interrupt(door: EngineDoor, id: string, { elsewhere = false, controls }: JobKindSpec, { again, signal }: { again: boolean; signal: NodeJS.Signals }, display: ProgressDisplay): Promise<void> {
  if (elsewhere && !again && signal === 'SIGINT' && controls.includes('stop')) {
    display.line('Stopping it there; what it has by then is fetched. Once more leaves it to end by itself.');
    // One that has not begun yet, or is through, has nothing to stop.
    if (await door.request('controlJob', { id, action: 'stop' }).then(() => true, () => false)) return;
  } else if (elsewhere) display.line('Leaving it: it goes on there.');
  else display.line(again ? 'Ending at once.' : 'Stopping; what is done so far is kept. Once more ends it at once.');
  await door.request('cancelJob', { id });
}

/** Ctrl+C, the terminal closed, the system going down: all ask the job to end. */
function onInterrupt(interrupted: (again: boolean, signal: NodeJS.Signals) => void): () => void {
  let times = 0;
  const listener = (signal: NodeJS.Signals) => interrupted((times += 1) > 1, signal);
  for (const signal of INTERRUPTS) process.on(signal, listener);
  return () => INTERRUPTS.forEach((signal) => process.off(signal, listener));
}

const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function readerFor(display: ProgressDisplay): JobReader {
  return {
    progress: (progress) => display.progress(progress),
    note: ({ level, message }) => display.line(printable(level === 'warning' ? `Warning: ${message}` : message)),
    changed: (job: JobView) => job.state === 'paused' && display.line('Paused.'),
  };
}
