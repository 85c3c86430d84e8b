/** A training job followed to its end, and its run brought to where the job ended. */
import type { BestValidation } from '../training/training-loop.js';
import { NotANumber, type Alarm } from '../training/alarms.js';
import { UserError } from '../errors.js';
import { openRun } from '../runs/run.js';
import type { JobContext } from '../job.js';
import type { RunWriter } from '../runs/run-writer.js';
import { writeClusterRecord, type ClusterRecord } from './cluster-record.js';
import { FetchedCheckpoints } from './fetched-checkpoints.js';
import { FollowedTraining, type Standing } from './followed-training.js';
import type { JobEventOf } from './job-events.js';
import { ClusterUnreachable, JobUnknown, type RayJobs } from './ray-jobs.js';
import { followEvents } from './short-job.js';

export interface Ending {
  state: 'finished' | 'stopped';
  step: number;
  seconds: number;
  reason?: string;
  best?: BestValidation;
  alarms: Alarm[];
  skipped: { path: string; reason: string }[];
}

/**
 * Follows a job to its end. The signal asks it to stop, and what it has by then is fetched.
 * @throws UserError when it fails, or the head is gone: the job may go on then, and can be attached to again.
 */
export async function followJob(jobs: RayJobs, writer: RunWriter, record: ClusterRecord, start: Standing, context: JobContext, first?: Alarm): Promise<Ending> {
  const checkpoints = new FetchedCheckpoints(jobs, record.storage, writer, context);
  const reported = (await (await openRun(writer.path)).metrics()).at(-1)?.step ?? 0;
  const training = new FollowedTraining(writer, context, start, reported, (file, isBest) => checkpoints.offer(file, isBest));
  if (reported === 0) await training.raise(first);
  const release = stopping(jobs, record.job, context);
  try {
    const end = await endOf(jobs, record.job, training);
    await checkpoints.finish();
    return await settle(writer, record, training, end);
  } catch (error) {
    throw await failed(writer, record, error);
  } finally {
    release();
  }
}

/** The job's own word of how it ended; undefined where it was cut off. */
async function endOf(jobs: RayJobs, name: string, training: FollowedTraining): Promise<JobEventOf<'end'> | undefined> {
  let end: JobEventOf<'end'> | undefined;
  await followEvents(jobs, name, new AbortController().signal, async (event) => {
    if (event.event === 'end') end = event;
    await training.take(event);
  });
  return end;
}

function stopping(jobs: RayJobs, name: string, { signal, progress }: JobContext): () => void {
  const stop = () => void jobs.stop(name).catch((error: unknown) => progress.note(`The cluster could not be asked to stop: ${String(error)}`, 'warning'));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  return () => signal.removeEventListener('abort', stop);
}

async function settle(writer: RunWriter, record: ClusterRecord, training: FollowedTraining, end: JobEventOf<'end'> | undefined): Promise<Ending> {
  const { trainedSeconds: seconds, best, alarms, skipped } = training;
  if (end === undefined) throw new UserError(`The job ${record.job} ended on the cluster without a word: its head or its own process was killed. Resume the run: it goes on from step ${writer.file.step}.`);
  const state = end.state === 'finished' ? 'finished' : 'stopped';
  const reason = state === 'finished' && end.step < writer.file.steps ? `Ended early at step ${end.step}: no better validation came for long (earlyStopping.patience).` : undefined;
  await writeClusterRecord(writer.path, { ...record, state: 'ended' });
  await writer.update({ state, reason });
  await writer.log(`${state} on the cluster at step ${end.step} of ${writer.file.steps}`);
  return { state, step: end.step, seconds, reason, best, alarms, skipped };
}

/** A cluster that is out of reach may still train; every other fault ends the training there. */
async function failed(writer: RunWriter, record: ClusterRecord, error: unknown): Promise<unknown> {
  if (error instanceof ClusterUnreachable) {
    await writer.log(error.message);
    return new UserError(`${error.message} The training may go on there: attach to the run again when the cluster answers.`, { cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  await writeClusterRecord(writer.path, { ...record, state: 'ended' });
  await writer.update({ state: error instanceof JobUnknown ? 'stopped' : 'failed', reason });
  await writer.log(`failed on the cluster: ${reason}`);
  if (error instanceof JobUnknown) return new UserError(`${error.message} Resume the run, here or there: it goes on from step ${writer.file.step}.`, { cause: error });
  return error instanceof NotANumber ? error : error;
}
