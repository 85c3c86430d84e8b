import { describe, expect, it } from 'vitest';
import { BinEncoder, type Encoding } from '../../../src/shared/colour/encode.js';
import { colourFixture, fixtureBins, nineBins } from './fixture.js';

interface SoftRow {
  ab: [number, number];
  bins: number[];
  shares: number[];
}
interface EncodingFixture {
  nearest5: SoftRow[];
  nearest10: SoftRow[];
  kernel: number[][];
}
const fixture = colourFixture<EncodingFixture>('encoding');

function encode(encoder: BinEncoder, a: number, b: number): { bins: number[]; shares: number[] } {
  const index = new Int32Array(encoder.support);
  const share = new Float32Array(encoder.support);
  const used = encoder.softBins(a, b, index, share);
  return { bins: [...index.subarray(0, used)], shares: [...share.subarray(0, used)] };
}

describe('hard encoding', () => {
  const encoder = new BinEncoder(nineBins(), { kind: 'hard' });

  it('takes the own tile, also where another bin colour is nearer', () => {
    expect(encoder.hardBin(0.2, 0.3)).toBe(4);
    expect(encoder.hardBin(9.9, 9.9)).toBe(4);
    expect(encoder.hardBin(-0.005, -0.005)).toBe(4);
    expect(encoder.hardBin(-0.5, -0.5)).toBe(0);
  });

  it('takes the nearest bin colour where the tile is no bin', () => {
    expect(encoder.hardBin(90, 3)).toBe(7);
    expect(encoder.hardBin(-109, -109)).toBe(0);
    expect(encoder.hardBin(1000, 1000)).toBe(8);
  });

  it('gives a bin its whole share', () => {
    expect(encode(encoder, 3, 3)).toEqual({ bins: [4], shares: [1] });
  });
});

describe('soft encoding over the nearest bins', () => {
  it.each([['nearest5', 5], ['nearest10', 10]] as const)('equals an exhaustive search: %s', (name, neighbours) => {
    const encoder = new BinEncoder(fixtureBins(10), { kind: 'soft', neighbours, sigma: 5 });
    for (const { ab, bins, shares } of fixture[name]) {
      const ours = encode(encoder, ab[0], ab[1]);
      expect(ours.bins).toEqual(bins);
      ours.shares.forEach((share, k) => expect(Math.abs(share - shares[k])).toBeLessThan(1e-6));
    }
  });

  it('stays finite far from every bin and with a tiny sigma', () => {
    const encoder = new BinEncoder(nineBins(), { kind: 'soft', neighbours: 5, sigma: 1e-3 });
    for (const [a, b] of [[-109, 109], [50, 50], [0, 0]]) {
      const { shares } = encode(encoder, a, b);
      expect(shares.reduce((sum, v) => sum + v)).toBeCloseTo(1, 6);
    }
  });

  it('uses no more neighbours than there are bins, and clears the room it does not need', () => {
    const encoder = new BinEncoder(nineBins(), { kind: 'soft', neighbours: 50, sigma: 5 });
    expect(encoder.support).toBe(9);
    expect(new Set(encode(encoder, 0, 0).bins).size).toBe(9);
    const kernel = new BinEncoder(nineBins(), { kind: 'kernel', size: 3, sigma: 2 });
    const index = new Int32Array(12).fill(7);
    const share = new Float32Array(12).fill(7);
    expect(kernel.softBins(-10, -10, index, share, 2)).toBe(4);
    expect([...index]).toEqual([7, 7, 0, 1, 3, 4, 0, 0, 0, 0, 0, 7]);
    expect([...share.subarray(6, 11)]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe("the post's kernel", () => {
  it('equals its script where all tiles around are bins', () => {
    const bins = fixtureBins(5);
    const { side, binOfTile } = bins;
    const around = (tile: number): number[] =>
      [-2, -1, 0, 1, 2].flatMap((r) => [-2, -1, 0, 1, 2].map((c) => binOfTile[tile + r * side + c]));
    const centre = bins.tiles.findIndex((tile) => around(tile).every((q) => q >= 0));
    expect(centre).toBeGreaterThanOrEqual(0);
    const ours = encode(new BinEncoder(bins, { kind: 'kernel', size: 5, sigma: 2 }), bins.a[centre], bins.b[centre]);
    expect(ours.bins).toEqual(around(bins.tiles[centre]));
    fixture.kernel.flat().forEach((share, k) => expect(Math.abs(ours.shares[k] - share)).toBeLessThan(1e-6));
  });

  it('keeps used bins only and still sums to 1', () => {
    const { bins, shares } = encode(new BinEncoder(nineBins(), { kind: 'kernel', size: 5, sigma: 2 }), 10, 10);
    expect(bins).toHaveLength(9);
    expect(shares.reduce((sum, v) => sum + v)).toBeCloseTo(1, 6);
    expect(shares.indexOf(Math.max(...shares))).toBe(8);
  });
});

describe('an encoding that makes no sense', () => {
  it.each<[Encoding, string]>([
    [{ kind: 'soft', neighbours: 0, sigma: 5 }, 'neighbours must be a whole number of at least 1, not 0'],
    [{ kind: 'soft', neighbours: 5, sigma: 0 }, 'sigma must be above 0, not 0'],
    [{ kind: 'kernel', size: 4, sigma: 2 }, "the kernel's size must be an odd whole number of tiles, not 4"],
  ])('is refused: %j', (encoding, message) => {
    expect(() => new BinEncoder(nineBins(), encoding)).toThrow(message);
  });
});
