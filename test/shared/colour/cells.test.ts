import { describe, expect, it } from 'vitest';
import { AB_CELLS, cellIndex, cellOf } from '../../../src/shared/colour/cells.js';
import { cellOfPacked, packedAb } from '../../../src/shared/colour/packed-ab.js';
import { srgbToLab } from '../../../src/shared/colour/lab.js';

describe('cells', () => {
  it('are one ab unit a side, lower border inside', () => {
    expect(cellIndex(-110)).toBe(0);
    expect(cellIndex(-109.0001)).toBe(0);
    expect(cellIndex(-109)).toBe(1);
    expect(cellIndex(109.9999)).toBe(219);
    expect(cellOf(3.5, -2.5)).toBe(113 * AB_CELLS + 107);
  });

  it('take values within 0.01 of zero as zero, so that grays fall into one cell', () => {
    expect(cellIndex(-0.0099)).toBe(110);
    expect(cellIndex(-0.0101)).toBe(109);
    const grays = Array.from({ length: 256 }, (_, v) => cellOf(...(srgbToLab(v, v, v).slice(1) as [number, number])));
    expect(new Set(grays)).toEqual(new Set([110 * AB_CELLS + 110]));
  });

  it('take values outside the plane to the nearest cell', () => {
    expect(cellIndex(-500)).toBe(0);
    expect(cellIndex(110)).toBe(219);
    expect(cellIndex(Infinity)).toBe(219);
  });
});

describe('packed chromaticity', () => {
  it('has the exact cell and, within it, the place to 1/256', () => {
    for (let k = 0; k < 200_000; k++) {
      const rgb = [(k * 61) & 255, (k * 7 + (k >> 8)) & 255, (k * 3 + (k >> 5)) & 255] as const;
      const [, a, b] = srgbToLab(...rgb);
      const packed = packedAb(...rgb);
      if (cellOfPacked(packed) !== cellOf(a, b)) expect.fail(`${rgb.join()}: cell ${cellOfPacked(packed)}, exact ${cellOf(a, b)}`);
      const error = Math.max(Math.abs((packed >>> 16) / 256 - 110 - a), Math.abs((packed & 0xffff) / 256 - 110 - b));
      if (error > 0.011) expect.fail(`${rgb.join()}: ${error} off`);
    }
  });

  it('puts every gray exactly on neutral', () => {
    for (let v = 0; v < 256; v++) expect(packedAb(v, v, v)).toBe(((110 * 256) << 16) | (110 * 256));
  });
});
