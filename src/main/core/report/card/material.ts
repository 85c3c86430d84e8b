/** What a model card is made of: figures that the run and its evaluation hold, and nothing beside them. */
import type { EvaluationFile } from '../../../../shared/run/evaluation.js';
import type { SplitFile } from '../../../../shared/run/files.js';
import type { MetricsLine } from '../../../../shared/run/metrics.js';
import type { ClusterRecord } from '../../cluster/cluster-record.js';
import type { Run } from '../../runs/run.js';

export interface CardMaterial {
  /** Of the run's folder. */
  name: string;
  run: Pick<Run, 'file' | 'config'>;
  split: SplitFile;
  metrics: readonly MetricsLine[];
  /** The cluster that trained it last, wherever it was begun; undefined where none did. */
  cluster?: Pick<ClusterRecord, 'workers' | 'start'>;
  /** The evaluation that it tells of; undefined where the run has none, or none was asked for. */
  evaluation?: EvaluationFile;
}
