import { z } from 'zod';
import { trainingConfigSchema } from '../../run/config.js';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { keptOfTraining, trainingEvents, trainingResult } from './training.js';

/** Where pyarrow's file systems find a folder. */
const REMOTE = /^(s3|gs|gcs|hdfs):\/\//;

/** For a proxy that stands before a cluster; held in memory, never written down. */
const headers = z.record(z.string().regex(/^[\w-]+$/, 'expected the name of a header'), z.string().regex(/^[\t\x20-\x7e]*$/, 'expected a header in plain letters')).optional();

/** Which cluster, and what of it. */
const cluster = {
  /** Of the head's dashboard: `http://10.0.0.1:8265`. */
  address: z.string(),
  workers: z.int().positive(),
  /** A place that all machines of the cluster see and may write to: a path, s3:// or gs://. */
  storage: z.string(),
  /** Where the machines see the folder of photographs; they are sent along where absent. */
  place: z.string().optional(),
  headers,
  /** Hand the training over and leave. */
  detach: z.boolean().default(false),
};

const onCluster = { result: trainingResult, events: trainingEvents, lane: 'light', controls: ['stop'], elsewhere: true, secret: ['headers'] } as const;

/** Trains a colorizer on a Ray cluster, into a new run here. */
export const clusterTrain = jobKind({
  parameters: z.strictObject({
    /** On this machine, or where only the cluster sees it. */
    folder: z.union([absolutePath, z.string().regex(REMOTE)]),
    /** Folder of the new run. */
    out: absolutePath,
    /** The batch is that of one worker. */
    config: trainingConfigSchema,
    ...cluster,
    /** Where the photographs are looked through and their colours counted; `auto`: by their number. */
    statistics: z.enum(['auto', 'here', 'cluster']).default('auto'),
  }),
  ...onCluster,
  paths: ({ folder, out, config }) => [...(REMOTE.test(folder) ? [] : [folder]), out, ...(config.photos.testList === null ? [] : [config.photos.testList])],
  kept: ({ out }, told) => keptThere(out, told),
});

/** Goes on with a run on a cluster, from its newest checkpoint. */
export const clusterResume = jobKind({
  parameters: z.strictObject({ run: absolutePath, ...cluster }),
  ...onCluster,
  paths: ({ run }) => [run],
  kept: ({ run }, told) => keptThere(run, told),
});

/** Follows a run that a cluster trains. */
export const clusterAttach = jobKind({
  parameters: z.strictObject({ run: absolutePath, headers }),
  ...onCluster,
  paths: ({ run }) => [run],
  kept: ({ run }, told) => keptThere(run, told),
});

/** Ends a run's training on a cluster and fetches what it has. */
export const clusterStop = jobKind({
  parameters: z.strictObject({
    run: absolutePath,
    headers,
    /** The cluster is gone for good: the run is freed without it. */
    forget: z.boolean().default(false),
  }),
  ...onCluster,
  controls: [],
  paths: ({ run }) => [run],
  kept: ({ run }, told) => keptThere(run, told),
});

/** A job that is cancelled, and a program that ends, leave the training to the cluster. */
function keptThere(run: string, told: ReadonlySet<string>): string {
  return told.has('started') ? `The training goes on on the cluster; attach to ${run} to follow it.` : keptOfTraining(run, told);
}
