import { describe, expect, it } from 'vitest';
import { gamutBins } from '../../../src/shared/colour/bins.js';
import { rebalancingWeights } from '../../../src/shared/colour/prior.js';
import { colourFixture, fixtureBins, histogramOf, nineBins } from './fixture.js';

interface WeightsFixture {
  lambda: number;
  smoothing: number;
  p: number[];
  w: number[];
}
const cases = colourFixture<WeightsFixture[]>('weights');

function dot(x: Float64Array, y: Float64Array): number {
  return x.reduce((sum, v, k) => sum + v * y[k], 0);
}

describe('rebalancing weights', () => {
  it.each(cases)('equal NumPy and SciPy at lambda $lambda, smoothing $smoothing', ({ lambda, smoothing, p, w }) => {
    const ours = rebalancingWeights(fixtureBins(10), { lambda, smoothing });
    p.forEach((share, q) => expect(Math.abs(ours.p[q] / share - 1)).toBeLessThan(1e-9));
    w.forEach((weight, q) => expect(Math.abs(ours.w[q] / weight - 1)).toBeLessThan(1e-9));
  });

  it('have mean 1 under the prior', () => {
    for (const lambda of [0, 0.01, 0.5, 0.99, 1]) {
      for (const smoothing of [0, 1, 5, 50]) {
        const { p, w } = rebalancingWeights(nineBins(), { lambda, smoothing });
        expect(dot(p, w)).toBeCloseTo(1, 12);
        expect(p.reduce((sum, v) => sum + v)).toBeCloseTo(1, 12);
      }
    }
  });

  it('are all 1 at lambda 1, and inverse to the prior at lambda 0', () => {
    const bins = nineBins();
    rebalancingWeights(bins, { lambda: 1, smoothing: 0 }).w.forEach((w) => expect(w).toBeCloseTo(1, 12));
    rebalancingWeights(bins, { lambda: 0, smoothing: 0 }).w.forEach((w, q) => expect(w * bins.share[q]).toBeCloseTo(1 / 9, 12));
  });

  it('stay finite where bins are empty: they weigh as much as the rarest bin that is not', () => {
    const bins = gamutBins(10, histogramOf([{ a: 1, b: 2, count: 90 }, { a: 11, b: 2, count: 10 }]));
    const { p, w } = rebalancingWeights(bins, { lambda: 0, smoothing: 0 });
    expect(w.every((weight) => Number.isFinite(weight) && weight > 0)).toBe(true);
    expect(dot(p, w)).toBeCloseTo(1, 12);
    expect(Math.max(...w)).toBe(w[bins.binOfTile[12 * 22 + 11]]);
  });

  it('are all 1 where no bin has a pixel', () => {
    const bins = gamutBins(10);
    bins.share.fill(0);
    const { p, w } = rebalancingWeights(bins, { lambda: 0.5, smoothing: 5 });
    expect(new Set(p)).toEqual(new Set([1 / 268]));
    w.forEach((weight) => expect(weight).toBeCloseTo(1, 12));
  });

  it('refuse settings that make no sense', () => {
    expect(() => rebalancingWeights(nineBins(), { lambda: 1.5, smoothing: 0 })).toThrow('lambda must lie between 0 and 1');
    expect(() => rebalancingWeights(nineBins(), { lambda: NaN, smoothing: 0 })).toThrow(RangeError);
    expect(() => rebalancingWeights(nineBins(), { lambda: 0.5, smoothing: -1 })).toThrow('smoothing must be 0 or more');
  });
});
