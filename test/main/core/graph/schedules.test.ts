import { describe, expect, it } from 'vitest';
import { rateAt, type Schedule } from '../../../../src/main/core/graph/index.js';

describe('schedules', () => {
  it.each<[Schedule, [step: number, rate: number][]]>([
    [{ kind: 'constant' }, [[0, 2], [1000, 2]]],
    [{ kind: 'exponential', factor: 0.5, every: 100 }, [[0, 2], [50, Math.SQRT2], [100, 1], [200, 0.5]]],
    [{ kind: 'step', factor: 0.1, every: 100 }, [[0, 2], [99, 2], [100, 0.2], [250, 0.02]]],
    [{ kind: 'cosine', total: 100 }, [[0, 2], [25, 1 + Math.SQRT1_2], [50, 1], [100, 0], [500, 0]]],
    [{ kind: 'cosine', total: 110, warmUp: 10, floor: 0.1 }, [[0, 0.2], [4, 1], [9, 2], [10, 2], [60, 1.1], [110, 0.2], [111, 0.2]]],
    [{ kind: 'linear', total: 100 }, [[0, 2], [50, 1], [100, 0]]],
    [{ kind: 'linear', total: 20, warmUp: 10, floor: 0.5 }, [[0, 0.2], [10, 2], [15, 1.5], [20, 1]]],
  ])('%j', (schedule, expected) => {
    for (const [step, rate] of expected) expect(rateAt(schedule, 2, step)).toBeCloseTo(rate, 12);
  });
});
