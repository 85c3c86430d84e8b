/** A training job followed to its end, and its run brought to where the job ended. */
import type { BestValidation } from '../training/training-loop.js';
import { NotANumber, type Alarm } from '../training/alarms.js';
import { UserError } from '../errors.js';
import { openRun } from '../runs/run.js';
import type { JobContext } from '../job.js';
import type { RunWriter } from '../runs/run-writer.js';
import { onceAborted, StopAsked } from '../stop-asked.js';
import { checkpointLimits } from './checkpoint-limits.js';
import { writeClusterRecord, type ClusterRecord } from './cluster-record.js';
import { FetchedCheckpoints } from './fetched-checkpoints.js';
import { FollowedTraining, type Standing } from './followed-training.js';
import type { JobEventOf } from './job-events.js';
import { PATIENCE, type Patience } from './job-log.js';
import { JobUnknown, type RayJobs } from './ray-jobs.js';
import { followEvents, JobFailed } from './short-job.js';
import { ShownCheckpoints } from './shown-checkpoints.js';

export interface Ending {
  state: 'finished' | 'stopped';
  step: number;
  seconds: number;
  reason?: string;
  best?: BestValidation;
  alarms: Alarm[];
  skipped: { path: string; reason: string }[];
}

/** A job that has been asked to stop and did not hear of it is asked again after this time. */
const ASK_AGAIN_MS = 5_000;

/**
 * Follows a job to its end. A signal that aborts because a person wants it to stop (StopAsked) asks the job to stop, and what it has by then is fetched; one that
 * aborts for any other reason leaves it: it goes on there, and the run can be attached to again.
 * @throws UserError when the job fails, or is out of reach: only where it has surely ended does the run count as ended there. @throws the signal's reason when it is left.
 */
export async function followJob(jobs: RayJobs, writer: RunWriter, record: ClusterRecord, start: Standing, context: JobContext, first?: Alarm, patience: Patience = PATIENCE): Promise<Ending> {
  const leaving = new AbortController();
  const shown = new ShownCheckpoints(writer, context);
  const checkpoints = new FetchedCheckpoints(jobs, record.storage, writer, context, await checkpointLimits(writer.path), shown, leaving.signal);
  const run = await openRun(writer.path);
  const reported = (await run.metrics()).at(-1)?.step ?? 0;
  const training = new FollowedTraining(writer, context, start, reported, (file, isBest) => checkpoints.offer(file, isBest));
  if (reported === 0) await training.raise(first);
  const asking = new Asking(jobs, record.job, context);
  const release = onceAborted(context.signal, () => (context.signal.reason instanceof StopAsked ? asking.begin() : leaving.abort(context.signal.reason)));
  try {
    const { end, status } = await endOf(jobs, record.job, training, { context, patience, signal: leaving.signal });
    await checkpoints.finish();
    return await settle(writer, record, training, end, status);
  } catch (error) {
    leaving.signal.throwIfAborted();
    if (error instanceof NotANumber) asking.begin();
    throw await failed(jobs, writer, record, training, error, leaving.signal);
  } finally {
    release();
    asking.end();
    await checkpoints.left();
    await shown.close();
  }
}

/** The job's own word of how it ended, undefined where it was cut off; and Ray's. */
async function endOf(jobs: RayJobs, name: string, training: FollowedTraining, { context, patience, signal }: { context: JobContext; patience: Patience; signal: AbortSignal }): Promise<{ end?: JobEventOf<'end'>; status: string }> {
  let end: JobEventOf<'end'> | undefined;
  const told = async (event: Parameters<FollowedTraining['take']>[0]) => {
    if (event.event === 'end') end = event;
    await training.take(event);
    return end !== undefined;
  };
  const status = await followEvents(jobs, name, signal, told, { patience, troubled: (message) => context.progress.note(message, 'warning') });
  return { end, status };
}

/** The wish that a job stop, told again until it is heard. */
class Asking {
  private timer: NodeJS.Timeout | undefined;
  private state: 'idle' | 'asking' | 'over' = 'idle';

  constructor(private readonly jobs: RayJobs, private readonly name: string, private readonly context: JobContext) {}

  begin(): void {
    if (this.state !== 'idle') return;
    this.state = 'asking';
    void this.ask(true);
  }

  end(): void {
    this.state = 'over';
    clearTimeout(this.timer);
  }

  private async ask(isFirst: boolean): Promise<void> {
    try {
      await this.jobs.stop(this.name);
    } catch (error) {
      if (isFirst) this.context.progress.note(`The cluster could not be asked to stop, and is asked again: ${error instanceof Error ? error.message : String(error)}`, 'warning');
      if (this.state === 'asking') this.timer = setTimeout(() => void this.ask(false), ASK_AGAIN_MS);
    }
  }
}

/** Brings the run to where a job ended. @param status Ray's word: a job that had no time left to say its own may have been stopped all the same. */
async function settle(writer: RunWriter, record: ClusterRecord, training: FollowedTraining, end: JobEventOf<'end'> | undefined, status: string): Promise<Ending> {
  const { trainedSeconds: seconds, best, alarms, skipped } = training;
  if (end === undefined && status !== 'STOPPED') throw new JobFailed(`The job ${record.job} ended on the cluster without a word: its head or its own process was killed. Resume the run: it goes on from step ${writer.file.step}.`);
  const state = end?.state === 'finished' ? 'finished' : 'stopped';
  const step = end?.step ?? writer.file.step;
  const reason = state === 'finished' && step < writer.file.steps ? `Ended early at step ${step}: no better validation came for long (earlyStopping.patience).` : undefined;
  await writeClusterRecord(writer.path, { ...record, state: 'ended' });
  await writer.update({ state, reason });
  await writer.log(`${state} on the cluster at step ${step} of ${writer.file.steps}`);
  return { state, step, seconds, reason, best, alarms, skipped };
}

/** What is told of a fault. A run counts as ended there only where the job has ended for sure: two trainings of one run would part. */
async function failed(jobs: RayJobs, writer: RunWriter, record: ClusterRecord, training: FollowedTraining, error: unknown, signal: AbortSignal): Promise<unknown> {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof NotANumber) await training.raise(error.alarm);
  const isLost = error instanceof JobUnknown;
  const hasEnded = isLost || ((error instanceof JobFailed || error instanceof NotANumber) && (await jobs.ended(record.job, signal).then(() => true, () => false)));
  await quietly(writer.log(hasEnded ? `failed on the cluster: ${reason}` : reason));
  if (!hasEnded) return new UserError(`${reason} The training may go on there: attach to the run again when that is mended.`, { cause: error });
  await quietly(writeClusterRecord(writer.path, { ...record, state: 'ended' }));
  await quietly(writer.update({ state: isLost ? 'stopped' : 'failed', reason }));
  return isLost ? new UserError(`${reason} Resume the run, here or there: it goes on from step ${writer.file.step}.`, { cause: error }) : error;
}

/** What cannot be written down while a fault is told must not hide it. */
async function quietly(writing: Promise<void>): Promise<void> {
  await writing.catch(() => undefined);
}
