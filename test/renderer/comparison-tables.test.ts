import { describe, expect, it } from 'vitest';
import { orderedDifferences, progressOf } from '../../src/renderer/views/activations/comparison-tables.js';
import type { ActivationsReport, ActivationsResult, VariantResult } from '../../src/shared/labs/activations/results.js';

type Difference = ActivationsResult['comparisons'][number];
const pair = (first: Difference['first'], second: Difference['first'], difference: number, clear: boolean): Difference =>
  ({ normalization: 'with', first, second, difference, interval: [difference - 1, difference + 2], clear });

describe('differences between activations', () => {
  it('have the higher one first, its interval turned with it; clear ones come before others', () => {
    const ordered = orderedDifferences([pair('relu', 'elu', 3, false), pair('relu', 'rrelu', -5, true), pair('elu', 'rrelu', 0.5, true)]);
    expect(ordered.map(({ first, second, difference }) => `${first} ${second} ${difference}`)).toEqual(['rrelu relu 5', 'elu rrelu 0.5', 'relu elu 3']);
    expect(ordered[0].interval).toEqual([3, 6]);
  });
});

describe('how far the trainings of an activation are', () => {
  const row = { activation: 'relu', normalization: 'with' } as const;
  const report = (run: number, epoch: number) => ({ ...row, run, epoch }) as ActivationsReport;
  const first = { ...row, run: 0, accuracy: 90 } as VariantResult;

  it('is told by the run under way, not by those that are through', () => {
    expect(progressOf(row, [first], [report(0, 10), report(1, 2.5)], 2, true)).toEqual({ done: 1, runs: 2, diverged: undefined, epoch: 2.5 });
    expect(progressOf(row, [], [], 2, true)).toEqual({ done: 0, runs: 2, diverged: undefined });
  });

  it('knows no run under way where nothing runs', () => {
    expect(progressOf(row, [first], [report(1, 2.5)], 2, false)).toEqual({ done: 1, runs: 2, diverged: undefined });
  });
});
