import { checked } from './check.js';
import type { EngineDoor } from './door.js';
import type { EngineEvent } from './events.js';
import type { JobOutcome, JobView } from './job.js';
import { type JobEvents, type JobInput, type JobKind, type JobResult, specOf } from './kinds.js';
import type { JobNote, JobProgress } from './progress.js';

/** The reader's side of a job's progress; the writer's is the core's `ProgressWriter`. */
export interface JobReader<K extends JobKind = JobKind> {
  progress?(progress: JobProgress): void;
  note?(note: JobNote): void;
  event?<N extends keyof JobEvents<K> & string>(name: N, data: JobEvents<K>[N]): void;
  changed?(job: JobView): void;
}

export interface FollowedJob<K extends JobKind> {
  id: string;
  /** Settles when the job has ended, however it ended; never rejects. */
  outcome: Promise<JobOutcome<JobResult<K>>>;
}

/** Starts a job and reads all that is told of it until it ends. */
export async function followJob<K extends JobKind>(
  door: EngineDoor,
  kind: K,
  parameters: JobInput<K>,
  reader: JobReader<K> = {},
): Promise<FollowedJob<K>> {
  // Events may come before the reply that names the job: they wait here until then.
  const early: EngineEvent[] = [];
  let receive = (event: EngineEvent): void => void early.push(event);
  const leave = door.subscribe((event) => receive(event));
  try {
    const { id } = await door.request('startJob', { kind, parameters });
    const outcome = new Promise<JobOutcome<JobResult<K>>>((resolve) => {
      receive = (event) => {
        if (idOf(event) !== id) return;
        if (event.type !== 'ended') return tell(reader, event);
        leave();
        resolve(typedOutcome(kind, event.outcome));
      };
    });
    early.forEach((event) => receive(event));
    return { id, outcome };
  } catch (error) {
    leave();
    throw error;
  }
}

function idOf(event: EngineEvent): string {
  return event.type === 'job' ? event.job.id : event.id;
}

function tell<K extends JobKind>(reader: JobReader<K>, event: Exclude<EngineEvent, { type: 'ended' }>): void {
  switch (event.type) {
    case 'job': return reader.changed?.(event.job);
    case 'progress': return reader.progress?.(event.progress);
    case 'note': return reader.note?.(event.note);
    // The engine has checked name and data against the map of kinds before it passed them on.
    case 'event': return reader.event?.(event.name as never, event.data as never);
  }
}

function typedOutcome<K extends JobKind>(kind: K, outcome: JobOutcome): JobOutcome<JobResult<K>> {
  if (outcome.state === 'failed' || outcome.result === undefined) return outcome as JobOutcome<JobResult<K>>;
  const result = checked(specOf(kind).result, outcome.result, `result of ${kind}`) as JobResult<K>;
  return { ...outcome, result };
}
