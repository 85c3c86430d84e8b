import { describe, expect, it } from 'vitest';
import { drawHints } from '../../../../src/main/core/training/drawn-hints.js';
import { Random } from '../../../../src/shared/random.js';

const SIDE = 64;
/** Each pixel has a colour of its own. */
const planes = {
  a: Float32Array.from({ length: SIDE * SIDE }, (_, place) => (place % SIDE) - 30),
  b: Float32Array.from({ length: SIDE * SIDE }, (_, place) => Math.floor(place / SIDE) - 30),
};

/** Hints of a piece, and at how many pixels there are some. */
function drawn(piece: number): { hints: Float32Array; given: number[] } {
  const hints = new Float32Array(3 * SIDE * SIDE);
  drawHints(planes, SIDE, new Random(1, 'hints', piece), hints);
  return { hints, given: Array.from({ length: SIDE * SIDE }, (_, place) => place).filter((place) => hints[3 * place + 2] === 1) };
}

describe('hints of a training', () => {
  const pieces = Array.from({ length: 1000 }, (_, piece) => drawn(piece));

  it('are none most of the time, a few mostly, all the colours now and then', () => {
    const without = pieces.filter(({ given }) => given.length === 0).length;
    expect(without / 1000).toBeGreaterThan(0.55);
    expect(without / 1000).toBeLessThan(0.65);
    const whole = pieces.filter(({ given }) => given.length === SIDE * SIDE);
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.length).toBeLessThan(20);
    for (const { hints } of whole) expect(hints.filter((_, i) => i % 3 === 0)).toEqual(planes.a);
  });

  it('are squares of at most nine pixels in the mean colour of what they cover, and nothing elsewhere', () => {
    // The mean over a square of this plane is the colour of its middle: no farther than half its side.
    const isNear = (hints: Float32Array, place: number) => Math.max(Math.abs(hints[3 * place] - planes.a[place]), Math.abs(hints[3 * place + 1] - planes.b[place])) <= 4.5;
    for (const { hints, given } of pieces) {
      expect(given.filter((place) => !isNear(hints, place))).toEqual([]);
      const elsewhere = hints.filter((_, i) => hints[i - (i % 3) + 2] === 0);
      expect(elsewhere.length).toBe(3 * (SIDE * SIDE - given.length));
      expect(elsewhere.every((value) => value === 0)).toBe(true);
    }
  });

  it('are the same for the same piece', () => {
    expect(drawn(7).hints).toEqual(drawn(7).hints);
    expect(pieces.filter(({ given }) => given.length > 0).length).toBeGreaterThan(300);
  });
});
