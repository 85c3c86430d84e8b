import { describe, expect, it } from 'vitest';
import { seenSize, seenSizes } from '../../../../src/main/core/training/seen-size.js';

const limits = { multiple: 16, minimum: 16 };
const same = (count: number, width: number, height: number) => Array.from({ length: count }, () => ({ width, height }));

describe('seenSizes', () => {
  it('reduces large photographs and keeps others', () => {
    const { sizes, patch, shorterSide } = seenSizes([...same(10, 4000, 3000), ...same(9, 150, 150)], 160, 144, limits);
    expect(sizes[0]).toEqual({ width: 213, height: 160 });
    expect(sizes[10]).toEqual({ width: 150, height: 150 });
    expect([patch, shorterSide]).toEqual([144, 160]);
  });

  it('makes pieces smaller where the photographs are', () => {
    expect(seenSizes(same(20, 64, 64), 160, 144, limits)).toMatchObject({ patch: 64, shorterSide: 64 });
    expect(seenSizes(same(20, 90, 75), 160, 144, limits).patch).toBe(64);
    expect(seenSizes(same(20, 48, 48), 256, 32, { multiple: 1, minimum: 17 }).patch).toBe(32);
  });

  it('enlarges a few small ones rather than shrinking all pieces', () => {
    const { sizes, patch } = seenSizes([...same(19, 150, 150), { width: 50, height: 60 }], 160, 144, limits);
    expect(patch).toBe(144);
    expect(sizes[19]).toEqual({ width: 144, height: 173 });
  });
});

describe('seenSize', () => {
  it('never falls below a piece, also by rounding', () => {
    for (let side = 48; side < 400; side++) {
      const { width, height } = seenSize({ width: side, height: side * 3 }, 160, 144);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(144);
      expect(Math.min(width, height)).toBeLessThanOrEqual(160);
    }
  });
});
