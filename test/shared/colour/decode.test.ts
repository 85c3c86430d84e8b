import { describe, expect, it } from 'vitest';
import { annealedMean } from '../../../src/shared/colour/decode.js';
import { gamutBins, usedBins } from '../../../src/shared/colour/bins.js';
import { BinEncoder } from '../../../src/shared/colour/encode.js';
import { colourFixture, fixtureBins, histogramOf, nineBins } from './fixture.js';

interface DecodingFixture {
  logits: number[][];
  means: Record<string, [number, number][]>;
}
const fixture = colourFixture<DecodingFixture>('decoding');

describe('annealed mean', () => {
  it.each(Object.keys(fixture.means))('equals NumPy at T = %s', (temperature) => {
    const ours = annealedMean(Float32Array.from(fixture.logits.flat()), fixtureBins(10), Number(temperature));
    fixture.means[temperature].flat().forEach((v, k) => expect(Math.abs(ours[k] - v)).toBeLessThan(1e-4));
  });

  const logits = Float32Array.from([0, 1, 2, 3, 900, 3, 2, 1, 899]);

  it('is the mode at T = 0 and comes to it as T falls, without overflow', () => {
    expect([...annealedMean(logits, nineBins(), 0)]).toEqual([0, 0]);
    for (const T of [1e-3, 1e-30, Number.MIN_VALUE]) expect([...annealedMean(logits, nineBins(), T)]).toEqual([0, 0]);
    expect([...annealedMean(logits.map((z) => -1e30 * z), nineBins(), 0.38)]).toEqual([-10, -10]);
  });

  it('is the plain mean where all bins are equally likely, and comes to it as T grows', () => {
    expect([...annealedMean(new Float32Array(9), nineBins(), 1)]).toEqual([0, 0]);
    const [a, b] = annealedMean(logits, nineBins(), 1e9);
    expect(Math.hypot(a, b)).toBeLessThan(1e-4);
  });

  it('refuses a negative temperature and lengths that do not fit', () => {
    expect(() => annealedMean(logits, nineBins(), -1)).toThrow('the temperature must be 0 or more');
    expect(() => annealedMean(logits, nineBins(), NaN)).toThrow(RangeError);
    expect(() => annealedMean(new Float32Array(10), nineBins(), 1)).toThrow('do not fit 9 bins');
  });
});

describe('a gray card', () => {
  const colours = [-35, -25, -15, 15, 25, 35].flatMap((a) => [-15, 25].map((b) => ({ a, b, count: 50 })));
  const photographs = histogramOf([{ a: 0, b: 0, count: 500 }, { a: 0.5, b: 0.4, count: 80 }, ...colours]);

  it.each([4, 5, 10, 11, 20, 22])('decoded by a network that is certain of gray stays within chroma 1 at window %i', (window) => {
    for (const bins of [usedBins(photographs, window), gamutBins(window, photographs)]) {
      const certain = new Float32Array(bins.Q);
      certain[new BinEncoder(bins, { kind: 'hard' }).hardBin(0, 0)] = 30;
      for (const T of [0, 0.38, 1]) expect(Math.hypot(...annealedMean(certain, bins, T))).toBeLessThan(1);
    }
  });
});
