import type { PenaltyKind } from '../../../shared/labs/regularization/penalties.js';
import type { RegularizationEpoch } from '../../../shared/labs/regularization/results.js';
import { sparsityOf } from '../../../shared/labs/regularization/weights.js';
import type { WeightMoment } from '../../stores/weight-film.js';

/** How many weights and neurons are zero at every recorded epoch, counted from the weights themselves. @param threshold Largest size that counts as zero. */
export function withThreshold(moments: readonly WeightMoment[], epochs: readonly number[], threshold: number, kinds: readonly PenaltyKind[]): RegularizationEpoch[] {
  return moments.map(({ networks }, k) => ({
    epoch: epochs[k], step: 0, seconds: 0,
    members: networks.filter(({ kind }) => kinds.includes(kind)).map(({ kind, run, layers }) => {
      const { zeroWeights, deadNeurons } = sparsityOf(layers, threshold);
      return { kind, run, zeroWeights, deadNeurons, loss: null, penalty: null, error: null };
    }),
  }));
}
