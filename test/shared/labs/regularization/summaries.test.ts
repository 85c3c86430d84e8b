import { describe, expect, it } from 'vitest';
import { REGULARIZATION_GUIDE } from '../../../../src/shared/labs/guide.js';
import { summarizeOutliers, type OutlierTrials } from '../../../../src/shared/labs/regularization/outliers-summary.js';
import { SWEEP_DEFAULT } from '../../../../src/shared/labs/regularization/presets.js';
import type { RegularizationRun } from '../../../../src/shared/labs/regularization/results.js';
import { summarize } from '../../../../src/shared/labs/regularization/summary.js';
import { summarizeSweep, type SweepTrial } from '../../../../src/shared/labs/regularization/sweep-summary.js';

const SPARSITY = { weights: 100, zeroWeights: 20, exactZeros: 10, neurons: 30, deadNeurons: 3 };

/** Runs with these errors; null diverged. */
function runs(errors: (number | null)[], zeroWeights = 20): RegularizationRun[] {
  return errors.map((error, run) => ({
    run, error, trainingError: error, loss: error, penalty: 0, sparsity: { ...SPARSITY, zeroWeights },
    ...(error === null && { diverged: { step: 7, cause: 'Because.' } }),
  }));
}

describe('sentences on an experiment', () => {
  it('say which penalty is lower only where the pairs show it', () => {
    const close = summarize(new Map([['l1', runs([3, 9, 5])], ['l2', runs([4, 8, 6])]]), 0.01);
    expect(close.statements).toContainEqual(expect.stringContaining('no clear difference in error between L1 and L2: −0.33'));
    const apart = summarize(new Map([['l1', runs([3, 4, 5])], ['l2', runs([13, 14.5, 15])]]), 0.01);
    expect(apart.statements).toContainEqual(expect.stringContaining('the error of L1 is lower than that of L2 by 10.17'));
  });

  it('leave runs out that diverged, and say so first', () => {
    const { penalties, statements, comparisons } = summarize(new Map([['l1', runs([3, null, 5])], ['l2', runs([4, 8, 6])]]), 0.01);
    expect(penalties[0].error).toMatchObject({ mean: 4, count: 2 });
    expect(comparisons.find(({ measure }) => measure === 'error')).toMatchObject({ pairs: 2, difference: -1 });
    expect(statements[0]).toBe('L1: 1 of 3 runs diverged, the first at step 7. Because.');
  });

  it('of the guide are computed from the run, and missing where it has no answer', () => {
    const result = summarize(new Map([['l1', runs([3, 9, 5], 90)], ['l2', runs([2, 8, 6], 5)]]), 0.01);
    const [zeros, errors, exact] = REGULARIZATION_GUIDE.map(({ outcome }) => outcome(result));
    expect(zeros).toBe('Here 3.0 of 30 neurons are dead under L1 and 3.0 under L2, mean over 3 runs: all weights into them or out of them are zero.');
    expect(errors).toMatch(/^Here L2 had the lower error in 2 of 3 pairs of runs; the mean difference, 0\.33, is within/);
    expect(exact).toBeUndefined();
  });
});

describe('the verdict on outliers', () => {
  const trials = (pulls: (loss: string, penalty: string) => number[]): OutlierTrials[] =>
    (['absolute', 'squared'] as const).flatMap((loss) => (['l1', 'l2'] as const).map((penalty) => ({ loss, penalty, withOutliers: [1, 1, 1], withoutOutliers: [1, 1, 1], pulls: pulls(loss, penalty) })));
  const verdictOf = (pulls: (loss: string, penalty: string) => number[]) => summarizeOutliers(trials(pulls)).statements.at(-1);

  it('follows the figures', () => {
    expect(verdictOf((loss) => (loss === 'squared' ? [3, 3.1, 2.9] : [1, 1.2, 0.8]))).toMatch(/^It is the loss that decides how far outliers pull the line \(2\.00/);
    expect(verdictOf((_, penalty) => (penalty === 'l2' ? [3, 3.1, 2.9] : [1, 1.2, 0.8]))).toMatch(/^It is the penalty that decides/);
    expect(verdictOf((loss, penalty) => [1, 2, 3].map((v) => v + (loss === 'squared' ? 2 : 0) + (penalty === 'l2' ? 5 : 0)))).toMatch(/^Both matter here, the penalty more/);
    expect(verdictOf((loss) => (loss === 'squared' ? [1, 5, 2] : [4, 1, 3]))).toMatch(/^Neither the loss/);
    expect(verdictOf((loss) => (loss === 'squared' ? [NaN, NaN, NaN] : [1, 1, 1]))).toBe('Too few runs came to their end to compare losses and penalties.');
  });
});

describe('a sweep', () => {
  it('is won by the lowest mean error among places where every training came to its end', () => {
    const trial = (kind: SweepTrial['kind'], lambda: number, error: number, diverged = false): SweepTrial => ({ kind, lambda, error, diverged, sparsity: SPARSITY });
    const config = { ...SWEEP_DEFAULT, penalty: { ...SWEEP_DEFAULT.penalty, kinds: ['l1' as const, 'l2' as const] } };
    const trials = [trial('l1', 0.1, 4), trial('l1', 0.1, 6), trial('l1', 1, 1), trial('l1', 1, NaN, true), trial('l2', 0.1, 5.5), trial('l2', 0.1, 5.5)];
    const { best, points, bestOfEach, statements } = summarizeSweep(trials, config);
    expect(best).toEqual({ kind: 'l1', lambda: 0.1, error: 5 });
    expect(bestOfEach).toEqual([best, { kind: 'l2', lambda: 0.1, error: 5.5 }]);
    expect(points.map(({ kind, lambda, diverged }) => [kind, lambda, diverged])).toEqual([['l1', 0.1, 0], ['l1', 1, 1], ['l2', 0.1, 0]]);
    expect(statements[0]).toContain('L1 at lambda 1');
    expect(statements.at(-1)).toBe('Within one standard deviation of it (1.414): L2 with lambda 0.1 (5.500). The folds do not tell these apart.');
  });
});
