import { ColourHistogram } from '../../../../src/shared/colour/histogram.js';
import { gamutBins } from '../../../../src/shared/colour/bins.js';
import { PRESETS } from '../../../../src/shared/run/presets.js';
import type { CheckpointFile } from '../../../../src/shared/run/files.js';
import type { MetricsLine } from '../../../../src/shared/run/metrics.js';
import { priorFileOf } from '../../../../src/shared/run/prior.js';
import type { NewRun } from '../../../../src/main/core/runs/run-writer.js';

/** A run of nothing, for tests of the folder itself. */
export function newRun(): NewRun {
  const config = structuredClone(PRESETS.fast.config);
  config.checkpoints = { every: 10, keep: 2, best: 'loss' };
  return {
    file: {
      schemaVersion: 1, created: '2026-01-02T03:04:05.000Z', versions: { chromabench: '0.1.0' }, config,
      data: { folder: '/photographs', fingerprint: 'abc', training: 2, validation: 1, test: 0, stepsAnEpoch: 0.125, seenSide: 150 },
      network: { parameters: 10, Q: 268, patch: 144, outputStride: 4 },
      steps: 100, state: 'training', step: 0,
    },
    prior: priorFileOf(gamutBins(20, new ColourHistogram()), config.bins, 0),
    colours: { photographs: 1, pixels: 3, cells: [24310, 24311], counts: [2, 1] },
    split: { training: [{ path: 'a/b.jpg', contentId: '00', width: 150, height: 150 }], validation: [], test: [] },
    graph: Uint8Array.of(1, 2, 3),
  };
}

export function checkpointAt(step: number, loss?: number): CheckpointFile {
  return {
    step, seconds: step / 10,
    ...(loss === undefined ? {} : { validation: { loss, auc: 90 - loss, aucRebalanced: 70 - loss } }),
    unreported: { steps: 0, loss: 0, penalty: 0 }, stale: 0,
    watch: { firstLosses: [], lastLosses: [], flatTold: false, narrow: 0, collapseTold: false },
  };
}

export function lineAt(step: number, loss: number): MetricsLine {
  return {
    step, epoch: step / 8, seconds: step / 10, loss, penalty: 0, rate: 1e-3, waitShare: 0.01,
    photographsASecond: 50, patchesASecond: 50, secondsLeft: 1, memory: 1e8,
  };
}
