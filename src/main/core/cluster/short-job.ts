/** Jobs that are over soon, such as a look at a cluster; and the events that any job tells. */
import { UserError } from '../errors.js';
import { eventOf, type JobEvent } from './job-events.js';
import { jobLines, type Patience } from './job-log.js';
import { pythonCommand, pythonFiles, zipped, type PackageFiles, type ShortJob } from './python-package.js';
import { newJobName, type RayJobs } from './ray-jobs.js';

/** A job that has ended with a sentence of its own. */
export class JobFailed extends UserError {}

/** What a job does: its kind, and what it is told. */
export interface ShortJobRequest {
  kind: ShortJob;
  options: object;
  /** Found beside its program. */
  files?: PackageFiles;
}

/**
 * Runs one of the Python side's jobs to its end, telling its events.
 * @param told Says of the last one that it is the last.
 * @throws JobFailed when it refuses or fails. @throws the signal's reason, once the job has been asked to stop.
 */
export async function runShortJob(jobs: RayJobs, { kind, options, files = {} }: ShortJobRequest, signal: AbortSignal, told: Told): Promise<void> {
  const workingFolder = await jobs.upload(zipped({ ...(await pythonFiles()), ...files }), signal);
  signal.throwIfAborted();
  const name = newJobName();
  try {
    await jobs.submit({ name, command: pythonCommand(kind, options), workingFolder }, signal);
    const status = await followEvents(jobs, name, signal, told);
    if (status !== 'SUCCEEDED') throw new JobFailed(`The cluster could not do the job ${name} (${kind}). Its log tells why: look at it in the cluster's dashboard.`);
  } catch (error) {
    if (!(error instanceof JobFailed)) await jobs.stop(name).catch(() => undefined);
    throw error;
  }
}

/** Takes an event; true of the last one that matters. */
export type Told = (event: JobEvent) => boolean | void | Promise<boolean | void>;

/**
 * Tells every event of a job until it has ended, or the last one that matters has come.
 * @returns How it ended. @throws JobFailed when it refuses or fails with a sentence of its own.
 */
export async function followEvents(jobs: RayJobs, name: string, signal: AbortSignal, told: Told, log: { patience?: Patience; troubled?: (message: string) => void } = {}): Promise<string> {
  for await (const line of jobLines(jobs, name, signal, log.patience, log.troubled)) {
    const event = eventOf(line);
    if (event?.event === 'refused') throw new JobFailed(event.message);
    if (event?.event === 'failed') throw new JobFailed(`The job ${name} failed on the cluster: ${event.message}`);
    // The rest of the log would be read for nothing, and can be as long as the files that were fetched through it.
    if (event !== undefined && (await told(event)) === true) break;
  }
  return (await jobs.ended(name, signal)).status;
}
