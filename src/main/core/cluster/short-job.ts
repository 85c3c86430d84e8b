/** Jobs that are over soon: looks at a cluster, files fetched from it. */
import { createHash } from 'node:crypto';
import { UserError } from '../errors.js';
import { eventOf, type JobEvent } from './job-events.js';
import { pythonCommand, pythonFiles, zipped, type PackageFiles, type ShortJob } from './python-package.js';
import type { RayJobs } from './ray-jobs.js';

/** Runs one of the Python side's jobs to its end, telling its events. @param files Found beside its program. @throws UserError with the job's own sentence when it refuses or fails. */
export async function runShortJob(
  jobs: RayJobs,
  kind: ShortJob,
  options: object,
  signal: AbortSignal,
  told: (event: JobEvent) => void,
  files: PackageFiles = {},
): Promise<void> {
  const workingFolder = await jobs.upload(zipped({ ...(await pythonFiles()), ...files }));
  const name = await jobs.submit({ command: pythonCommand(kind, options), workingFolder });
  try {
    const last = await followEvents(jobs, name, signal, told);
    if (last !== 'SUCCEEDED') throw new UserError(`The cluster could not do the job ${name} (${kind}). Its log tells why: look at it in the cluster's dashboard.`);
  } catch (error) {
    if (signal.aborted) await jobs.stop(name).catch(() => undefined);
    throw error;
  }
}

/** Tells every event of a job until it has ended. @returns How it ended. @throws UserError when it refuses or fails with a sentence of its own. */
export async function followEvents(jobs: RayJobs, name: string, signal: AbortSignal, told: (event: JobEvent) => void | Promise<void>): Promise<string> {
  for await (const line of jobs.lines(name, signal)) {
    const event = eventOf(line);
    if (event?.event === 'refused') throw new UserError(event.message);
    if (event?.event === 'failed') throw new UserError(`The job ${name} failed on the cluster: ${event.message}`);
    if (event !== undefined) await told(event);
  }
  return (await jobs.job(name)).status;
}

/** Files of a job's storage, by their paths. @throws UserError when one does not arrive whole. */
export async function fetchFiles(jobs: RayJobs, storage: string, paths: readonly string[], signal: AbortSignal): Promise<Map<string, Buffer>> {
  const pieces = new Map<string, Buffer[]>(paths.map((path) => [path, []]));
  const whole = new Map<string, Buffer>();
  await runShortJob(jobs, 'fetch', { storage, paths }, signal, (event) => {
    if (event.event === 'piece') pieces.get(event.path)?.push(Buffer.from(event.data, 'base64'));
    if (event.event !== 'file') return;
    const bytes = Buffer.concat(pieces.get(event.path) ?? []);
    if (createHash('sha256').update(bytes).digest('hex') === event.sha256) whole.set(event.path, bytes);
    pieces.delete(event.path);
  });
  const missing = paths.find((path) => !whole.has(path));
  if (missing !== undefined) throw new UserError(`${missing} did not arrive whole from the cluster. Attach to the run again: it is fetched anew.`);
  return whole;
}
