/** Everything that a regularization experiment left on disk, for charts, films and comparisons. */
import { pointsFileSchema, type PointSet, type RegularizationLab } from '../../../../shared/labs/files.js';
import type { PenaltyKind } from '../../../../shared/labs/regularization/penalties.js';
import { regularizationEpochSchema, regularizationResultSchema, type RegularizationEpoch, type RegularizationResult } from '../../../../shared/labs/regularization/results.js';
import type { Layer } from '../../../../shared/labs/regularization/weights.js';
import { UserError } from '../../errors.js';
import type { Lab } from '../lab-folder.js';
import { readSnapshots } from './snapshots.js';

export interface ExperimentRecord {
  lab: Lab<RegularizationLab>;
  points: PointSet[];
  result: RegularizationResult;
  /** Reports of the recorded epochs. */
  epochs: RegularizationEpoch[];
  /** Weights at the recorded epochs: of each penalty each run. */
  networksAt(record: number, kind: PenaltyKind): Layer[][];
}

/** @throws UserError when the experiment is not finished, or its weights are gone. */
export async function readExperiment(lab: Lab<RegularizationLab>): Promise<ExperimentRecord> {
  const { config } = lab.file;
  const { kinds } = config.penalty;
  const result = await lab.read('result.json', regularizationResultSchema);
  const points = await lab.read('points.json', pointsFileSchema);
  const epochs = await lab.reports(regularizationEpochSchema);
  const snapshots = await readSnapshots(lab.path, kinds.length * config.runs, [1, ...config.network.hidden, 1]);
  if (snapshots.length === 0 || epochs.length !== snapshots.length) {
    throw new UserError(`${lab.path} is damaged: weights.f32 does not hold the epochs that metrics.jsonl tells of. Run the experiment anew.`);
  }
  const networksAt = (record: number, kind: PenaltyKind) => {
    const from = kinds.indexOf(kind) * config.runs;
    return snapshots[record].slice(from, from + config.runs);
  };
  return { lab, points, result, epochs, networksAt };
}
