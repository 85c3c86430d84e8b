import { describe, expect, it } from 'vitest';
import { comparePairs, spreadOf, studentQuantile975 } from '../../../src/shared/labs/statistics.js';
import fixtures from '../../fixtures/labs/linear.json' with { type: 'json' };

describe('statistics of runs', () => {
  it('gives mean and sample deviation, passing over what is no number', () => {
    const { mean, deviation, count } = spreadOf([2, 4, 4, 4, 5, 5, 7, 9, NaN]);
    expect([mean, count]).toEqual([5, 8]);
    expect(deviation).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(spreadOf([3])).toEqual({ mean: 3, deviation: 0, count: 1 });
  });

  it("takes Student's t as SciPy has it", () => {
    for (const [freedom, expected] of Object.entries(fixtures.student)) {
      expect(Math.abs(studentQuantile975(Number(freedom)) - expected), freedom).toBeLessThan(6e-4);
    }
  });

  it('tells a difference that its spread explains from one that it does not', () => {
    const noisy = comparePairs([1, 5, 3, 4], [2, 3, 4, 3]);
    expect([noisy.difference, noisy.clear, noisy.firstLower, noisy.pairs]).toEqual([0.25, false, 2, 4]);
    const sure = comparePairs([1, 2, 3], [3, 4.1, 4.9]);
    expect(sure.clear).toBe(true);
    expect(sure.interval![1]).toBeLessThan(0);
    expect(comparePairs([1, NaN], [2, 3])).toMatchObject({ pairs: 1, interval: null, clear: false });
  });
});
