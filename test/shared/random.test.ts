import { describe, expect, it } from 'vitest';
import { Random } from '../../src/shared/random.js';

describe('Random', () => {
  it('gives the same numbers for the same key and others for another', () => {
    const draw = (...key: (number | string)[]) => {
      const random = new Random(...key);
      return Array.from({ length: 4 }, () => random.bits());
    };
    expect(draw(1, 'patch', 7)).toEqual(draw(1, 'patch', 7));
    expect(draw(1, 'patch', 7)).not.toEqual(draw(1, 'patch', 8));
    expect(draw(1, 'patch', 7)).not.toEqual(draw(2, 'patch', 7));
    expect(draw(1, 23)).not.toEqual(draw(12, 3));
  });

  it('spreads evenly (chi-square over 64 cells, 64,000 draws, below the 99.9 % quantile of 63 degrees, 103.4)', () => {
    const counts = new Array<number>(64).fill(0);
    for (let key = 0; key < 6400; key++) {
      const random = new Random(5, key);
      for (let draw = 0; draw < 10; draw++) counts[random.integer(64)]++;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(103.4);
  });

  it('orders every index once', () => {
    const order = new Random(3).permutation(1000);
    expect([...order].sort((x, y) => x - y)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect([...order.subarray(0, 5)]).not.toEqual([0, 1, 2, 3, 4]);
  });
});
