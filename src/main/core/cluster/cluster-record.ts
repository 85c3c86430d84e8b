/** cluster.json: where a run is, or was last, trained on a cluster. Headers for a proxy are never part of it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { checkpointFileSchema } from '../../../shared/run/files.js';
import { UserError } from '../errors.js';
import { writeJsonWhole } from '../files.js';

const NAME = 'cluster.json';

const clusterRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Of the head's dashboard. */
  address: z.string(),
  /** Ray's name of the job. */
  job: z.string(),
  workers: z.int().positive(),
  /** Where the workers keep checkpoints of this job. */
  storage: z.string(),
  /** running: from before the job is sent until the program has seen its end. */
  state: z.enum(['running', 'ended']),
  /** Where the training stood when it was handed over; null for a new one. */
  start: checkpointFileSchema.nullable(),
  /** Its best validation so far. */
  best: checkpointFileSchema.shape.validation.unwrap().extend({ step: z.int() }).nullable(),
});
export type ClusterRecord = z.infer<typeof clusterRecordSchema>;

/** Undefined where the run has never been on a cluster. @throws UserError when the file is damaged. */
export async function readClusterRecord(run: string): Promise<ClusterRecord | undefined> {
  const path = join(run, NAME);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return clusterRecordSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UserError(`${path} is damaged. Remove it if no cluster works on this run any more.`, { cause: error });
  }
}

export async function writeClusterRecord(run: string, record: ClusterRecord): Promise<void> {
  await writeJsonWhole(join(run, NAME), record);
}

/** @throws UserError when a cluster works on the run: two trainings of one run would part. */
export async function demandNotOnCluster(run: string): Promise<void> {
  const record = await readClusterRecord(run);
  if (record?.state !== 'running') return;
  throw new UserError(`${run} is being trained on the cluster at ${record.address}. Follow it with cluster attach, or end it with cluster stop; then resume it.`);
}
