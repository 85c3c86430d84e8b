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
export async function followJob<K extends JobKind>(door: EngineDoor, kind: K, parameters: JobInput<K>, reader: JobReader<K> = {}): Promise<FollowedJob<K>> {
  // Events may come before the reply that names the job: they wait here until then.
  const listener = listen(door);
  try {
    const { id } = await door.request('startJob', { kind, parameters });
    return listener.follow(kind, id, reader);
  } catch (error) {
    listener.leave();
    throw error;
  }
}

/** Reads of a job that was started before, maybe by another page, and that may have ended by now. @throws where the engine does not know it. */
export async function followAgain<K extends JobKind>(door: EngineDoor, kind: K, id: string, reader: JobReader<K> = {}): Promise<FollowedJob<K>> {
  const listener = listen(door);
  try {
    const ended = await door.request('outcomeOfJob', { id });
    if (ended === null) return listener.follow(kind, id, reader);
    listener.leave();
    return { id, outcome: Promise.resolve(typedOutcome(kind, ended)) };
  } catch (error) {
    listener.leave();
    throw error;
  }
}

/** Hears all events from now on, and tells those of one job to its reader as soon as it is known. */
function listen(door: EngineDoor) {
  const early: EngineEvent[] = [];
  let receive = (event: EngineEvent): void => void early.push(event);
  const leave = door.subscribe((event) => receive(event));
  function follow<K extends JobKind>(kind: K, id: string, reader: JobReader<K>): FollowedJob<K> {
    const outcome = new Promise<JobOutcome<JobResult<K>>>((resolve) => {
      const settle = (end: JobOutcome): void => {
        leave();
        leaveGaps?.();
        resolve(typedOutcome(kind, end));
      };
      const leaveGaps = door.watchGaps?.((engineEnded) => void endMissed(door, id, engineEnded).then((end) => end && settle(end)));
      receive = (event) => {
        if (idOf(event) !== id) return;
        if (event.type === 'ended') settle(event.outcome);
        else tell(reader, event);
      };
    });
    early.forEach((event) => receive(event));
    return { id, outcome };
  }
  return { follow, leave };
}

/** How a job ended while nobody listened; undefined where it has not, or where the next gap must tell. */
async function endMissed(door: EngineDoor, id: string, engineEnded: string | undefined): Promise<JobOutcome | undefined> {
  if (engineEnded !== undefined) return lost(engineEnded);
  try {
    const known = await door.request('listJobs', {});
    if (!known.some((job) => job.id === id)) return lost('The engine does not know this job any more: it was started anew meanwhile, or the job ended long ago.');
    return (await door.request('outcomeOfJob', { id })) ?? undefined;
  } catch {
    // The door closed again: its next opening asks again.
    return undefined;
  }
}

function lost(why: string): JobOutcome {
  return { state: 'failed', error: { message: `${why} What it had finished is kept; start it again for the rest.`, expected: true } };
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
