import { describe, expect, it } from 'vitest';
import type { ActivationsReport } from '../../../../src/shared/labs/activations/results.js';
import { shownReports } from '../../../../src/shared/labs/activations/shown-reports.js';

/** Reports of a training: `each` an epoch, the last of them with a test. */
function training(run: number, epochs: number, each: number): ActivationsReport[] {
  return Array.from({ length: epochs * each }, (_, k) => ({
    activation: 'relu', normalization: 'with', run, epoch: (k + 1) / each, step: k + 1, seconds: k, loss: 1, accuracy: 50,
    ...((k + 1) % each === 0 && { test: { loss: 1, accuracy: 50, layers: [{ layer: 'dense1', silent: 0, shares: [1] }] } }),
  }));
}

describe('reports of a comparison for a window', () => {
  it('are all there while they are few, each step as it was told last', () => {
    const reports = training(0, 3, 10);
    const again = { ...reports[25], loss: 0.5 };
    const shown = shownReports([...reports, again], 1000);
    expect(shown).toHaveLength(30);
    expect(shown[25].loss).toBe(0.5);
  });

  it('keep the same epochs of every training when they are many, and the last one', () => {
    const shown = shownReports([...training(0, 301, 10), ...training(1, 301, 10)], 100);
    expect(shown.length).toBeLessThan(220);
    const epochs = (run: number) => shown.filter((report) => report.test && report.run === run).map(({ epoch }) => epoch);
    expect(epochs(1)).toEqual(epochs(0));
    expect(epochs(0).at(-1)).toBe(301);
    expect(epochs(0).length).toBeGreaterThan(100 / 4);
  });

  it('tell of the layers for the first run alone', () => {
    const layers = shownReports([...training(0, 2, 5), ...training(1, 2, 5)], 1000).flatMap(({ run, test }) => (test ? [[run, test.layers.length]] : []));
    expect(layers).toEqual([[0, 1], [0, 1], [1, 0], [1, 0]]);
  });
});
