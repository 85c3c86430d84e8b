/** Between prior.json and the bins and weights it stands for. */
import { binSetOf, type BinSet } from '../colour/bins.js';
import { rebalancingWeights } from '../colour/prior.js';
import type { TrainingConfig } from './config.js';
import type { PriorFile } from './files.js';

/** @param pixels Pixels that the bins' shares were counted over. */
export function priorFileOf(bins: BinSet, settings: TrainingConfig['bins'], pixels: number): PriorFile {
  const { lambda, smoothing, rebalancing } = settings;
  const { p, w } = rebalancingWeights(bins, { lambda, smoothing });
  return {
    window: bins.window, lambda, smoothing, pixels,
    bins: Array.from(bins.tiles, (tile, q) => ({
      row: Math.floor(tile / bins.side), column: tile % bins.side,
      a: bins.a[q], b: bins.b[q], share: bins.share[q],
      prior: p[q], weight: rebalancing ? w[q] : 1,
    })),
  };
}

/** Bins of a stored prior; bin q of the network is entry q of it. */
export function binsOfPrior(prior: PriorFile): BinSet {
  return binSetOf(prior.window, prior.bins);
}

/** Weight of each bin in the loss. Float32Array [Q] */
export function weightsOfPrior(prior: PriorFile): Float32Array {
  return Float32Array.from(prior.bins, (bin) => bin.weight);
}
