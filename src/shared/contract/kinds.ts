import type { z } from 'zod';
import type { JobKindSpec } from './job-kind.js';
import { activations, resumeActivations } from './kinds/activations.js';
import { charts } from './kinds/charts.js';
import { clusterAttach, clusterResume, clusterStop, clusterTrain } from './kinds/cluster.js';
import { colorize } from './kinds/colorize.js';
import { demo } from './kinds/demo.js';
import { doctor } from './kinds/doctor.js';
import { estimate } from './kinds/estimate.js';
import { evaluate } from './kinds/evaluate.js';
import { graphCheckpoint } from './kinds/graph-checkpoint.js';
import { graphDraw } from './kinds/graph-draw.js';
import { graphDifference } from './kinds/graph-difference.js';
import { graphExport } from './kinds/graph-export.js';
import { graphFreeze } from './kinds/graph-freeze.js';
import { graphInfo } from './kinds/graph-info.js';
import { graphNode } from './kinds/graph-node.js';
import { graphNodes } from './kinds/graph-nodes.js';
import { graphRun } from './kinds/graph-run.js';
import { inspect } from './kinds/inspect.js';
import { report } from './kinds/report.js';
import { film, outliers, regularization, shrink, sweep } from './kinds/regularization.js';
import { resume } from './kinds/resume.js';
import { scan } from './kinds/scan.js';
import { train } from './kinds/train.js';

/** The one map of the contract: every kind of job with the schemas of what goes in and what comes out. */
export const JOB_KINDS = {
  doctor,
  inspect,
  scan,
  train,
  resume,
  colorize,
  evaluate,
  charts,
  report,
  estimate,
  demo,
  graphInfo,
  graphNodes,
  graphNode,
  graphDifference,
  graphDraw,
  graphCheckpoint,
  regularization,
  shrink,
  sweep,
  outliers,
  film,
  activations,
  resumeActivations,
  clusterTrain,
  clusterResume,
  clusterAttach,
  clusterStop,
  graphExport,
  graphFreeze,
  graphRun,
} as const satisfies Record<string, JobKindSpec>;

export type JobKind = keyof typeof JOB_KINDS;
type Spec<K extends JobKind> = (typeof JOB_KINDS)[K];

/** Parameters as a host gives them: what has a default may be absent. */
export type JobInput<K extends JobKind> = z.input<Spec<K>['parameters']>;
/** Parameters as the job sees them: defaults filled in. */
export type JobParameters<K extends JobKind> = z.output<Spec<K>['parameters']>;
export type JobResult<K extends JobKind> = z.output<Spec<K>['result']>;
/** Events of a kind by name. */
export type JobEvents<K extends JobKind> = { [N in keyof Spec<K>['events']]: z.output<Spec<K>['events'][N]> };

export const jobKindNames = Object.keys(JOB_KINDS) as JobKind[];

/** The entry of a kind without its particular types, for code that treats all kinds alike. */
export function specOf(kind: JobKind): JobKindSpec {
  return JOB_KINDS[kind];
}
