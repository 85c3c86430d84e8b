import { describe, expect, it } from 'vitest';
import { BinError, WINDOWS, binSetOf, gamutBins, tileCorner, usedBins } from '../../../src/shared/colour/bins.js';
import { colourFixture, histogramOf, nineBins } from './fixture.js';

interface GamutFixture {
  Q: Record<string, number>;
  tiles: number[];
  a: number[];
  b: number[];
}
const gamut = colourFixture<GamutFixture>('gamut');

describe('used bins', () => {
  it('are the filled tiles in ascending order, coloured by the mean of their pixels', () => {
    const bins = nineBins();
    expect(bins.Q).toBe(9);
    expect([...bins.tiles]).toEqual([10, 11, 12].flatMap((row) => [10, 11, 12].map((column) => row * 22 + column)));
    expect([...bins.a]).toEqual([-10, -10, -10, 0, 0, 0, 10, 10, 10]);
    expect(bins.share.reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
    bins.tiles.forEach((tile, q) => expect(bins.binOfTile[tile]).toBe(q));
    expect(bins.binOfTile.filter((q) => q >= 0)).toHaveLength(9);
  });

  it('take the mean over all cells of a tile', () => {
    const spread = [2, 3, 7].map((a) => ({ a, b: 5, count: a }));
    const others = Array.from({ length: 8 }, (_, k) => ({ a: -90 + 10 * k, b: 40, count: 1 }));
    const bins = usedBins(histogramOf([...spread, ...others]), 10);
    expect(bins.a[bins.binOfTile[11 * 22 + 11]]).toBeCloseTo((4 + 9 + 49) / 12, 12);
  });

  it('refuse fewer than eight with a sentence that says what to do', () => {
    const gray = histogramOf([{ a: 0, b: 0, count: 100 }]);
    expect(() => usedBins(gray, 10)).toThrow(BinError);
    expect(() => usedBins(gray, 10)).toThrow(/only 1 colour bins at window 10.*at least 8.*smaller window/);
  });

  it('refuse a window that does not divide the plane', () => {
    expect(() => usedBins(histogramOf([]), 7)).toThrow('The window must be one of 4, 5, 10, 11, 20, 22 ab units, not 7.');
  });
});

describe('bins of the whole gamut', () => {
  it.each(WINDOWS)('are as many as NumPy finds at window %i', (window) => {
    expect(gamutBins(window).Q).toBe(gamut.Q[window]);
  });

  it('lie on the same tiles with the same mean colours, and weigh alike without photographs', () => {
    const bins = gamutBins(10);
    expect([...bins.tiles]).toEqual(gamut.tiles);
    gamut.a.forEach((a, q) => {
      expect(Math.abs(bins.a[q] - a)).toBeLessThan(0.011);
      expect(Math.abs(bins.b[q] - gamut.b[q])).toBeLessThan(0.011);
    });
    expect(new Set(bins.share)).toEqual(new Set([1 / 268]));
  });

  it('take colour and share from the photographs where these reach, and stay finite elsewhere', () => {
    const bins = gamutBins(10, histogramOf([{ a: 1, b: 2, count: 10 }]));
    const own = bins.binOfTile[11 * 22 + 11];
    expect([bins.a[own], bins.b[own], bins.share[own]]).toEqual([1, 2, 1]);
    expect(bins.Q).toBe(268);
    expect([...bins.a, ...bins.b, ...bins.share].every(Number.isFinite)).toBe(true);
  });
});

describe('stored bins', () => {
  const stored = (set = nineBins()): Parameters<typeof binSetOf>[1] =>
    Array.from(set.tiles, (tile, q) => ({
      row: Math.floor(tile / set.side), column: tile % set.side, a: set.a[q], b: set.b[q], share: set.share[q],
    }));

  it('come back the same, whatever their order', () => {
    expect(binSetOf(10, [...stored()].reverse())).toEqual(nineBins());
  });

  it('are refused where a tile lies outside or appears twice', () => {
    expect(() => binSetOf(10, [...stored(), stored()[0]])).toThrow(BinError);
    expect(() => binSetOf(10, [{ row: 22, column: 0, a: 0, b: 0, share: 1 }])).toThrow('lies outside the 22 x 22 tiles');
  });

  it('know the corner of their tile', () => {
    expect(tileCorner(11 * 22 + 10, nineBins())).toEqual({ a: 0, b: -10 });
  });
});
