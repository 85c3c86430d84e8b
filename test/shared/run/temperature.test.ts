import { describe, expect, it } from 'vitest';
import { bestTemperature } from '../../../src/shared/run/temperature.js';

describe('the temperature of a run', () => {
  it('is the one with the highest sum of plain and rebalanced AuC', () => {
    const tried = [
      { temperature: 0.38, auc: 89.41, aucRebalanced: 72.66 },
      { temperature: 0.7, auc: 89.86, aucRebalanced: 72.61 },
      { temperature: 1, auc: 89.84, aucRebalanced: 72.32 },
    ];
    expect(bestTemperature(tried)).toBe(tried[1]);
    expect(bestTemperature([...tried].reverse())).toBe(tried[1]);
  });

  it('is the first of equals', () => {
    const [one, other] = [{ temperature: 0.5, auc: 80, aucRebalanced: 70 }, { temperature: 1, auc: 70, aucRebalanced: 80 }];
    expect(bestTemperature([one, other])).toBe(one);
  });
});
