/** What is done to the lightness of old scans before a network sees it, on planes whose wear is known. */
import { describe, expect, it } from 'vitest';
import { grainOf, withoutGrain } from '../../../src/shared/colour/grain.js';
import { rangeOf, spreadLightness, typicalRange } from '../../../src/shared/colour/lightness-range.js';
import { withoutScratches } from '../../../src/shared/colour/scratches.js';
import { Random } from '../../../src/shared/random.js';

const size = { width: 96, height: 72 };
const plane = (L: (x: number, y: number) => number) => Float32Array.from({ length: size.width * size.height }, (_, i) => L(i % size.width, Math.floor(i / size.width)));
/** Sum of twelve uniform numbers less six: nearly normal, deviation 1, and made otherwise than the program makes its own. */
const normal = (random: Random) => Array.from({ length: 12 }, () => random.uniform()).reduce((sum, value) => sum + value, -6);
const hill = (x: number, y: number) => 50 + 20 * Math.sin(x / 15) * Math.cos(y / 18);
const deviation = (one: Float32Array, other: Float32Array) => Math.sqrt(one.reduce((sum, value, i) => sum + (value - other[i]) ** 2, 0) / one.length);

describe('a faded range', () => {
  const fresh = plane((x) => 5 + (83 * x) / 95);

  it('is spread back to the one that is known', () => {
    const faded = fresh.map((L) => 38 + 0.45 * L);
    const known = rangeOf(fresh);
    expect(deviation(spreadLightness(faded, known), fresh)).toBeLessThan(1);
    expect(deviation(faded, fresh)).toBeGreaterThan(10);
  });

  it('is told from pictures that are not faded: those left as they are', () => {
    const known = { low: 5, high: 88 };
    const [clouds, night, card] = [plane((x) => 60 + (40 * x) / 95), plane((x) => (30 * x) / 95), plane(() => 50)];
    for (const picture of [fresh, clouds, night, card]) expect(spreadLightness(picture, known)).toBe(picture);
  });

  it('is known by the medians of what was seen', () => {
    expect(typicalRange([{ low: 0, high: 100 }, { low: 4.4, high: 80.6 }, { low: 30, high: 81 }])).toEqual({ low: 4, high: 81 });
  });
});

describe('grain', () => {
  it.each([3, 6])('of deviation %d is found within a quarter, and mostly gone where it is smoothed', (strength) => {
    const clean = plane(hill);
    const random = new Random('grain', strength);
    const grainy = clean.map((L) => L + strength * normal(random));
    expect(grainOf(grainy, size) / strength).toBeGreaterThan(0.75);
    expect(grainOf(grainy, size) / strength).toBeLessThan(1.25);
    expect(deviation(withoutGrain(grainy, size), clean)).toBeLessThan(0.65 * strength);
  });

  it('is not found in clean surfaces, stripes and edges, which stay to the last bit', () => {
    for (const picture of [plane(hill), plane((x) => (x < 40 ? 20 : 80)), plane((x) => 50 + 20 * Math.sin(x / 2))]) expect(withoutGrain(picture, size)).toBe(picture);
  });

  it('cannot be told of a plane of a few pixels', () => {
    expect(grainOf(new Float32Array(16), { width: 4, height: 4 })).toBe(0);
  });
});

describe('scratches', () => {
  it.each([92, 10])('of lightness %d are closed but for their ends, and nothing else is touched', (tone) => {
    const clean = plane(hill);
    const scratched = plane((x, y) => (x === 30 && y > 10 && y < 60 ? tone : hill(x, y)));
    const closed = withoutScratches(scratched, size);
    for (let y = 16; y < 54; y++) expect(Math.abs(closed[y * size.width + 30] - clean[y * size.width + 30])).toBeLessThan(2);
    for (let i = 0; i < clean.length; i++) if (Math.abs((i % size.width) - 30) > 1) expect(closed[i]).toBe(clean[i]);
  });

  it('are not broad trunks, dots and level lines', () => {
    for (const picture of [plane((x) => (x > 30 && x < 38 ? 20 : 60)), plane((x, y) => (x === 30 && y === 30 ? 90 : 40)), plane((_, y) => (y === 20 ? 90 : 40))]) {
      expect(deviation(withoutScratches(picture, size), picture)).toBe(0);
    }
  });
});
