/** A run trained on a cluster: handed over, followed, attached to again, stopped. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { MOST_PIECES, type TrainingConfig } from '../../../shared/run/config.js';
import type { PriorFile, RunFile, SplitFile } from '../../../shared/run/files.js';
import { UserError } from '../errors.js';
import { encodeGraphDef } from '../graph/index.js';
import type { JobContext } from '../job.js';
import { buildSharedColorizer, type SharedColorizerGraph } from '../networks/index.js';
import { bestCheckpoint, listCheckpoints } from '../runs/checkpoint.js';
import { colorizerOptions, networkGraph } from '../runs/network.js';
import { openRun } from '../runs/run.js';
import { checkRunPlace } from '../runs/run-place.js';
import { isLocked } from '../runs/lock.js';
import { RunWriter } from '../runs/run-writer.js';
import { fewPhotographs } from '../training/alarms.js';
import { gatherMaterial, type GatheredMaterial } from '../training/material.js';
import { newRunFile, piecesOf } from '../training/new-run-file.js';
import { PatchPlan } from '../training/patch-plan.js';
import { storedPhotos } from '../training/stored-photos.js';
import type { TrainingReport } from '../training/train.js';
import { demandPlain, isRemote, placeBelow } from './cluster-address.js';
import { gatherOnCluster } from './cluster-material.js';
import { countingPlace, type CountingPlace } from './counting-place.js';
import { demandNotOnCluster, readClusterRecord, writeClusterRecord, type ClusterRecord } from './cluster-record.js';
import { followJob, type Ending } from './follow-job.js';
import type { Patience } from './job-log.js';
import { NOTHING_YET } from './followed-training.js';
import { ClusterUnreachable, JobUnknown, MOST_PACKAGE_BYTES, newJobName, RayJobs, type NewJob } from './ray-jobs.js';
import { runShortJob } from './short-job.js';
import { pythonCommand, zipped } from './python-package.js';
import { trainingFiles } from './training-package.js';

/** Which cluster, and how it is asked. */
export interface ClusterOptions {
  /** Of the head's dashboard. */
  address: string;
  workers: number;
  /** A place that all machines of the cluster see and may write to: a path, s3:// or gs://. */
  storage: string;
  /** Where the machines see the photographs; they are sent along where absent. */
  place?: string;
  /** Where the photographs are looked through and their colours counted; by their number where absent. */
  statistics?: CountingPlace | 'auto';
  /** For a proxy before the cluster; never written down. */
  headers?: Readonly<Record<string, string>>;
  /** Hands the training over and does not follow it. */
  detach?: boolean;
  /** How long a head that is silent is waited for. */
  patience?: Patience;
}

/** Which run, and how the cluster that trains it is asked. */
interface Attached extends Pick<ClusterOptions, 'headers' | 'patience'> {
  run: string;
}

/** Seconds that a job which is asked to stop may take to keep what it has. */
const STOP_SECONDS = 120;
/** Tidying up is not waited for any longer. */
const TIDY_MS = 60_000;

/**
 * Trains a network on a cluster into a new run here. The settings' batch is that of one worker: the run's own is as many times larger as there are workers.
 * @throws UserError before anything runs where the cluster does not fit; the signal's reason when stopped before the run exists.
 */
export async function trainOnCluster(
  { folder, out, config: asked, ...given }: { folder: string; out: string; config: TrainingConfig } & ClusterOptions,
  context: JobContext,
): Promise<TrainingReport> {
  await checkRunPlace(out);
  demandSteps(asked);
  demandPlainPieces(asked);
  demandBatch(asked, given.workers);
  const cluster = placed(given, folder);
  const jobs = new RayJobs(cluster.address, cluster.headers);
  await demandFitting(jobs, cluster, context);
  const config = { ...asked, patches: { ...asked.patches, batch: asked.patches.batch * cluster.workers } };
  const material = await gather(jobs, folder, config, cluster, context);
  const { patch, shorterSide } = piecesOf(material, config);
  const { graph } = networkGraph(config, material.prior, patch);
  const shared = sharedGraph(config, material.prior, patch, cluster.workers);
  const { stepsAnEpoch } = new PatchPlan(storedPhotos(material.split, config, patch).training.map(({ seen }) => seen), { ...config.patches, side: patch, seed: config.seed });
  const steps = config.budget.steps ?? Math.max(1, Math.ceil((config.budget.epochs ?? 1) * stepsAnEpoch));
  const network = { parameters: shared.parameters, Q: material.prior.bins.length, outputStride: shared.outputStride };
  const file = newRunFile(material, config, { network, stepsAnEpoch, patch, seenSide: shorterSide, steps, workers: cluster.workers });
  const writer = await RunWriter.create(out, { file, prior: material.prior, colours: material.colours, split: material.split, graph: encodeGraphDef(graph) });
  return closing(writer, () => handOver(jobs, writer, { ...material, graph: shared }, cluster, context));
}

/**
 * Goes on on a cluster with a run that was trained here or there, from its newest checkpoint.
 * @throws UserError as trainOnCluster; also when it is no run, somebody trains it, or its batch cannot be shared out.
 */
export async function resumeOnCluster({ run: path, ...given }: { run: string } & ClusterOptions, context: JobContext): Promise<TrainingReport> {
  const run = await openRun(path);
  const cluster = placed(given, run.file.data.folder);
  await demandNotOnCluster(path);
  demandPlainPieces(run.config);
  if (run.state === 'finished') throw new UserError(`${path} has come to its end: there is nothing to go on with.`);
  const { batch } = run.config.patches;
  if (batch % cluster.workers !== 0) {
    throw new UserError(`A step of ${path} takes ${batch} pieces, which ${cluster.workers} workers cannot share evenly: ask for ${divisors(batch).join(', ')}.`);
  }
  const jobs = new RayJobs(cluster.address, cluster.headers);
  await demandFitting(jobs, cluster, context);
  const writer = await RunWriter.resume(path);
  return closing(writer, async () => {
    // Somebody else may have handed it over while this program looked at the cluster.
    await demandNotOnCluster(path);
    const [prior, split] = [await run.prior(), await run.split()];
    return handOver(jobs, writer, { prior, split, graph: sharedGraph(run.config, prior, run.file.network.patch, cluster.workers) }, cluster, context);
  });
}

/**
 * Follows a run that a cluster trains, after the program was closed.
 * @throws UserError when no cluster works on it, or it does not answer.
 */
export async function attachToCluster({ run: path, headers, patience }: Attached, context: JobContext): Promise<TrainingReport> {
  const record = await demandRecord(path);
  const jobs = new RayJobs(record.address, headers);
  await jobs.demandVersion(context.signal);
  const writer = await RunWriter.resume(path);
  return closing(writer, () => follow(jobs, writer, record, context, patience));
}

/**
 * Ends a run's training on a cluster and fetches what it has.
 * @param forget Where the cluster is gone for good: the run is freed without it.
 */
export async function stopOnCluster({ run: path, headers, patience, forget = false }: Attached & { forget?: boolean }, context: JobContext): Promise<TrainingReport> {
  const record = await demandRecord(path);
  const jobs = new RayJobs(record.address, headers);
  if (!forget) await askToStop(jobs, record.job);
  if (await isLocked(path)) return leftToFollower(path);
  const writer = await RunWriter.resume(path);
  return closing(writer, async () => {
    if (!forget) return follow(jobs, writer, record, context, patience);
    await writeClusterRecord(path, { ...record, state: 'ended' });
    await writer.update({ state: 'stopped' });
    return reportOf(writer, { state: 'stopped', step: writer.file.step, seconds: 0, alarms: [], skipped: [] });
  });
}

/** A job that is gone is followed all the same: that tells so, and frees the run. */
async function askToStop(jobs: RayJobs, job: string): Promise<void> {
  await jobs.stop(job).catch((error: unknown) => {
    if (!(error instanceof JobUnknown)) throw error;
  });
}

/** Another program follows the job, and fetches what it has. */
async function leftToFollower(path: string): Promise<TrainingReport> {
  const { file } = await openRun(path);
  return { run: path, state: 'stopped', step: file.step, steps: file.steps, seconds: 0, alarms: [], skipped: [], reason: 'The job was asked to stop; the program that follows it fetches what it has.' };
}

async function demandRecord(path: string): Promise<ClusterRecord> {
  await openRun(path);
  const record = await readClusterRecord(path);
  if (record?.state === 'running') return record;
  throw new UserError(`No cluster works on ${path}${record === undefined ? '' : ': its training there has ended'}. Resume it here or on a cluster.`);
}

/** A folder that is not on this machine can only be looked through there. */
async function gather(jobs: RayJobs, folder: string, config: TrainingConfig, { place, storage, statistics }: ClusterOptions, context: JobContext): Promise<GatheredMaterial> {
  if ((await countingPlace(folder, place, statistics)) === 'here') return gatherMaterial(resolve(folder), config, context);
  if (place === undefined) throw new UserError('A cluster can only look through photographs that its machines see: say where they see the folder.', { option: '--place' });
  return gatherOnCluster(jobs, { folder, place, storage }, config, context);
}

/** Photographs that lie where only a cluster sees them are seen there. @throws UserError when a place would tell a secret. */
function placed<C extends ClusterOptions>(cluster: C, folder: string): C {
  const place = cluster.place ?? (isRemote(folder) ? folder : undefined);
  demandPlain(place, '--place');
  demandPlain(cluster.storage, '--storage');
  return { ...cluster, place };
}

/** One sentence before anything runs. */
async function demandFitting(jobs: RayJobs, { workers, storage, place, address }: ClusterOptions, { signal, progress }: JobContext): Promise<void> {
  progress.progress({ phase: 'Looking at the cluster', done: 0, unit: 'machines' });
  const version = await jobs.demandVersion(signal);
  await runShortJob(jobs, { kind: 'check', options: { workers, storage, folder: place ?? null } }, signal, (event) => {
    if (event.event === 'checked') progress.note(`The cluster at ${address}: Ray ${version}, ${event.machines} machines, ${event.processors} processors.`);
    return event.event === 'checked';
  });
}

function demandSteps({ budget }: TrainingConfig): void {
  if (budget.minutes === undefined) return;
  throw new UserError('How many steps so many minutes are is measured where a training runs, which a cluster does not do. Say how many steps or epochs.', { option: '--steps or --epochs' });
}

/** A step of all workers is a step of the run, which has its bounds. */
function demandBatch({ patches: { batch } }: TrainingConfig, workers: number): void {
  if (batch * workers <= MOST_PIECES) return;
  throw new UserError(`${workers} workers with ${batch} pieces each make a step of ${batch * workers} pieces, more than the ${MOST_PIECES} that a step may have. Ask for ${Math.floor(MOST_PIECES / batch)} workers at most, or set a smaller patches.batch.`, { option: '--workers' });
}

/** What pieces can be changed by here, and not there. */
function demandPlainPieces({ patches: { wear } }: TrainingConfig): void {
  if (wear !== 0) throw new UserError('A cluster shows no worn pieces. Set patches.wear=0, or train here.', { option: '--set patches.wear=0' });
}

function divisors(batch: number): number[] {
  return Array.from({ length: batch }, (_, index) => index + 1).filter((workers) => batch % workers === 0);
}

function sharedGraph(config: TrainingConfig, { bins }: PriorFile, patch: number, workers: number): SharedColorizerGraph {
  const options = colorizerOptions(config, Float32Array.from(bins.flatMap(({ a, b }) => [a, b])), patch);
  // What this processor can says nothing of theirs.
  return buildSharedColorizer({ ...options, precision: 'float32', batch: config.patches.batch / workers });
}

/** Sends a run's training off and follows it. */
async function handOver(
  jobs: RayJobs,
  writer: RunWriter,
  { prior, split, graph }: { prior: PriorFile; split: SplitFile; graph: SharedColorizerGraph },
  { address, workers, storage: root, place, patience, detach = false }: ClusterOptions,
  context: JobContext,
): Promise<TrainingReport> {
  const checkpoints = await listCheckpoints(writer.path);
  const [start, best] = [checkpoints.at(-1), bestCheckpoint(checkpoints, writer.file.config.checkpoints.best)];
  const bestValidation = best?.file.validation === undefined ? undefined : { step: best.step, ...best.file.validation };
  const storage = placeBelow(root, randomUUID());
  const zip = zipped(await trainingFiles({ file: writer.file, prior, split, graph, workers, storage, place, start, best: bestValidation }));
  if (zip.length > MOST_PACKAGE_BYTES) throw tooLarge(zip.length, start !== undefined && place !== undefined);
  context.progress.progress({ phase: 'Sending the job', done: 0, unit: 'jobs' });
  const workingFolder = await jobs.upload(zip, context.signal);
  context.signal.throwIfAborted();
  const environment = { RAY_JOB_STOP_WAIT_TIME_S: String(STOP_SECONDS), TF_CPP_MIN_LOG_LEVEL: '2' };
  const job: NewJob = { name: newJobName(), command: pythonCommand('train'), workingFolder, environment };
  const record: ClusterRecord = { schemaVersion: 1, address, job: job.name, workers, storage, state: 'running', start: start?.file ?? null, best: bestValidation ?? null };
  await submitted(jobs, writer, record, job);
  await writer.update({ state: 'training', reason: undefined });
  await writer.log(`handed to the cluster at ${address} as ${job.name}, ${workers} workers, from step ${start?.step ?? 0} to ${writer.file.steps}`);
  if (!detach) return follow(jobs, writer, record, context, patience);
  return reportOf(writer, { state: 'stopped', step: start?.step ?? 0, seconds: 0, alarms: [], skipped: [], reason: 'It goes on on the cluster: cluster attach follows it.' });
}

/** The record comes first, so that no job runs that no record knows; it is taken back where the cluster has surely not taken the job. */
async function submitted(jobs: RayJobs, writer: RunWriter, record: ClusterRecord, job: NewJob): Promise<void> {
  await writeClusterRecord(writer.path, record);
  try {
    await jobs.submit(job);
  } catch (error) {
    if (error instanceof ClusterUnreachable) throw new UserError(`${error.message} Whether it has taken the job is not known: attach to the run when it answers.`, { cause: error });
    await writeClusterRecord(writer.path, { ...record, state: 'ended' });
    throw error;
  }
}

function tooLarge(bytes: number, isWeights: boolean): UserError {
  const what = isWeights ? 'Its checkpoint alone is too large to be sent: go on with it here.' : 'Put the photographs where its machines see them, and say where.';
  return new UserError(`The job is ${Math.ceil(bytes / 2 ** 20)} MB, more than the ${Math.floor(MOST_PACKAGE_BYTES / 2 ** 20)} that a cluster takes in one piece. ${what}`);
}

async function closing(writer: RunWriter, work: () => Promise<TrainingReport>): Promise<TrainingReport> {
  try {
    return await work();
  } finally {
    await writer.close();
  }
}

async function follow(jobs: RayJobs, writer: RunWriter, record: ClusterRecord, context: JobContext, patience?: Patience): Promise<TrainingReport> {
  const { steps, network, data } = writer.file;
  const start = { file: record.start ?? NOTHING_YET, best: record.best ?? undefined };
  context.progress.emit('started', { run: writer.path, step: start.file.step, steps, parameters: network.parameters, Q: network.Q });
  const end = await followJob(jobs, writer, record, start, context, start.file.step === 0 ? fewPhotographs(data.training) : undefined, patience);
  await tidyUp(jobs, record, context);
  return reportOf(writer, end);
}

/** What a job kept there is here by now. Where it cannot be removed, it only takes room. */
async function tidyUp(jobs: RayJobs, { storage }: ClusterRecord, { progress }: JobContext): Promise<void> {
  progress.progress({ phase: 'Removing what is fetched from the cluster', done: 0, unit: 'jobs' });
  await runShortJob(jobs, { kind: 'forget', options: { storage } }, AbortSignal.timeout(TIDY_MS), () => undefined).catch((error: unknown) => {
    progress.note(`What the job kept at ${storage} could not be removed: ${error instanceof Error ? error.message : String(error)}`, 'warning');
  });
}

function reportOf(writer: RunWriter, { state, step, seconds, best, alarms, skipped, reason }: Ending): TrainingReport {
  const file: RunFile = writer.file;
  return { run: writer.path, state, step, steps: file.steps, seconds, alarms, skipped, ...(best === undefined ? {} : { best }), ...(reason === undefined ? {} : { reason }) };
}
