import type { MetricsLine } from '../../../src/shared/run/metrics.js';

/** Reports of a training that goes well: every tenth step, validated every fiftieth. */
export function metricsTo(last: number): MetricsLine[] {
  return Array.from({ length: last / 10 }, (_, k) => {
    const step = 10 * (k + 1);
    const loss = 3 + 2 * Math.exp(-step / 200);
    const validation = { loss: loss + 0.1, auc: 90 - loss, aucRebalanced: 75 - 2 * loss, spread: 0.8 };
    return {
      step, epoch: step / 100, seconds: step / 4, loss: loss + 0.05 * Math.sin(step), penalty: 0.01, rate: 0.002, waitShare: 0.01,
      photographsASecond: 50, patchesASecond: 50, secondsLeft: 1, memory: 1e8, ...(step % 50 === 0 ? { validation } : {}),
    };
  });
}

/** Cells of a histogram that falls off from neutral; the counts are powers of two. */
export function someCells(): [number, number, number][] {
  const offsets = Array.from({ length: 41 }, (_, k) => k - 20);
  return offsets.flatMap((da) => offsets.map((db): [number, number, number] => [110 + da, 110 + db, 2 ** Math.max(0, 18 - Math.abs(da) - Math.abs(db))]));
}
