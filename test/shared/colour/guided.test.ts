import { describe, expect, it } from 'vitest';
import { GuidedColour, type CoarseColour } from '../../../src/shared/colour/guided.js';

type Rule = (x: number, y: number) => number;

/** A full-size card and its cells: means of the lightness rule, and the colour rules read at the cells' centres (in full-size pixels). */
function card(width: number, height: number, stride: number, lightness: Rule, a: Rule, b: Rule = () => 0) {
  const across = Math.ceil(width / stride);
  const down = Math.ceil(height / stride);
  const coarse: CoarseColour = {
    width: across, height: down,
    L: new Float32Array(across * down), a: new Float32Array(across * down), b: new Float32Array(across * down),
  };
  for (let cell = 0; cell < across * down; cell++) {
    const left = (cell % across) * stride;
    const top = Math.floor(cell / across) * stride;
    let pixels = 0;
    for (let y = top; y < Math.min(height, top + stride); y++) {
      for (let x = left; x < Math.min(width, left + stride); x++, pixels++) coarse.L[cell] += lightness(x, y);
    }
    coarse.L[cell] /= pixels;
    coarse.a[cell] = a(left + stride / 2, top + stride / 2);
    coarse.b[cell] = b(left + stride / 2, top + stride / 2);
  }
  const full = { width, height, cellsAcross: width / stride, cellsDown: height / stride };
  return { full, coarse, lightness };
}

function enlarge({ full, coarse, lightness }: ReturnType<typeof card>): { a: Float32Array[]; b: Float32Array[] } {
  const colour = new GuidedColour(coarse, full);
  const rows = { a: [] as Float32Array[], b: [] as Float32Array[] };
  for (let y = 0; y < full.height; y++) {
    const a = new Float32Array(full.width);
    const b = new Float32Array(full.width);
    colour.row(y, Float32Array.from({ length: full.width }, (_, x) => lightness(x, y)), a, b);
    rows.a.push(a);
    rows.b.push(b);
  }
  return rows;
}

describe('colour brought to full size', () => {
  it('keeps one colour all over, whatever the lightness does', () => {
    const { a, b } = enlarge(card(61, 47, 4, (x, y) => (37 * x + 91 * y) % 101, () => 31, () => -52));
    for (const row of a) for (const v of row) expect(v).toBeCloseTo(31, 3);
    for (const row of b) for (const v of row) expect(v).toBeCloseTo(-52, 3);
  });

  it('is the bilinear enlargement where lightness is even', () => {
    const ramp = card(64, 64, 4, () => 50, (x) => x - 32, (_, y) => 32 - y);
    const { a, b } = enlarge(ramp);
    for (let y = 8; y < 56; y++) {
      for (let x = 8; x < 56; x++) {
        expect(a[y][x]).toBeCloseTo(x + 0.5 - 32, 3);
        expect(b[y][x]).toBeCloseTo(32 - (y + 0.5), 3);
      }
    }
  });

  it.each([2, 7, 30, 33])('puts the border of two colours on the border of two lightnesses, at pixel %i', (offset) => {
    const border = 64 + offset;
    const { a } = enlarge(card(160, 32, 4, (x) => (x < border ? 30 : 75), (x) => (x < border ? -30 : 40)));
    const row = a[16];
    expect(row[border - 1]).toBeLessThan(5);
    expect(row[border]).toBeGreaterThan(5);
    expect(row[border] - row[border - 1]).toBeGreaterThan(45);
  });

  const displacements = [-2, -1, 0, 1, 2].flatMap((displaced) => [60, 61, 62, 63].map((border) => [displaced, border] as const));
  it.each([[35, 70], [45, 60], [70, 35]])('of %i and %i the border is within a pixel of theirs where coarse colours are two pixels off', (dark, light) => {
    for (const [displaced, border] of displacements) {
      const lightness = (x: number) => (x < border ? dark : light);
      const coarse = card(128, 32, 4, lightness, () => 0);
      for (let cell = 0; cell < coarse.coarse.a.length; cell++) {
        const pixels = [0, 1, 2, 3].map((k) => 4 * (cell % coarse.coarse.width) + k);
        coarse.coarse.a[cell] = pixels.reduce((sum, x) => sum + (x < border + displaced ? 40 : -30) / 4, 0);
      }
      const row = enlarge(coarse).a[16];
      const crossing = row.findIndex((v, x) => v >= 5 && row[x + 1] < 5);
      const exactly = crossing + 0.5 + (row[crossing] - 5) / (row[crossing] - row[crossing + 1]);
      expect(Math.abs(exactly - border)).toBeLessThan(1);
    }
  });

  it('stays within the colours given', () => {
    const noisy = card(96, 96, 4, (x, y) => ((x * 7919 + y * 104729) % 97) + (x > 40 ? 3 : 0), (x) => (x > 40 ? 60 : -20));
    for (const row of enlarge(noisy).a) for (const v of row) expect(Math.abs(v - 20)).toBeLessThanOrEqual(40.001);
  });

  it('has no fringe beside an edge of a picture 6,000 pixels wide', () => {
    const stride = 6000 / 42;
    const edge = card(6000, 4000, stride, (x) => (x < 3010 ? 20 : 80), (x) => (x < 3010 ? 50 : -40), (x) => (x < 3010 ? 30 : -30));
    const colour = new GuidedColour(edge.coarse, edge.full);
    const [L, a, b] = [Float32Array.from({ length: 6000 }, (_, x) => edge.lightness(x, 2000)), new Float32Array(6000), new Float32Array(6000)];
    colour.row(2000, L, a, b);
    expect([Math.max(...a), Math.min(...a)].map(Math.round)).toEqual([50, -40]);
    expect([Math.max(...b), Math.min(...b)].map(Math.round)).toEqual([30, -30]);
    expect(a[3009] - a[3010]).toBeGreaterThan(45);
  });

  it('does not follow glints beyond the lightness that it was fitted on', () => {
    const edge = card(96, 32, 4, (x) => (x < 48 ? 30 : 60), (x) => (x < 48 ? -20 : 30));
    const colour = new GuidedColour(edge.coarse, edge.full);
    const [a, b] = [new Float32Array(96), new Float32Array(96)];
    colour.row(16, new Float32Array(96).fill(100), a, b);
    expect(Math.max(...a)).toBeLessThan(32);
  });

  it.each([[1, 1], [1, 40], [40, 1], [3, 5]])('takes a picture of %i x %i pixels', (width, height) => {
    const { a } = enlarge(card(width, height, 4, () => 40, () => 12));
    expect(a).toHaveLength(height);
    for (const row of a) for (const v of row) expect(v).toBeCloseTo(12, 3);
  });
});
