import { describe, expect, it } from 'vitest';
import { GuidedColour, type CoarseColour } from '../../../src/shared/colour/guided.js';
import { type HintedPicture, holdHints } from '../../../src/shared/colour/held-hints.js';
import { HINT_SIDE, hintPlanes, hintsSchema, MOST_HINTS } from '../../../src/shared/colour/hints.js';
import { abOfHex, hintsFileSchema, matchNames } from '../../../src/shared/colour/hints-file.js';

const hint = (x: number, y: number, a = 30, b = -20) => ({ x, y, a, b });
const masked = (planes: Float32Array, width: number) =>
  Array.from({ length: planes.length / 3 }, (_, k) => k).filter((k) => planes[3 * k + 2] === 1).map((k) => [k % width, Math.floor(k / width)]);

describe('hints as a network takes them', () => {
  it('are squares round their places, cut at the edges', () => {
    const planes = hintPlanes([hint(0.5, 0.5)], { width: 21, height: 11 })!;
    const places = masked(planes, 21);
    expect(places.length).toBe(HINT_SIDE ** 2);
    expect([places[0], places.at(-1)]).toEqual([[8, 3], [12, 7]]);
    expect([...planes.subarray(3 * (5 * 21 + 10), 3 * (5 * 21 + 10) + 3)]).toEqual([30, -20, 1]);
    expect(masked(hintPlanes([hint(1, 1)], { width: 21, height: 11 })!, 21).length).toBe(9);
    expect(hintPlanes([], { width: 3, height: 3 })).toBeUndefined();
  });

  it('share the pixels of squares that overlap, whatever their order', () => {
    const two = [hint(0.4, 0.5, 10, 0), hint(0.56, 0.5, -10, 0)];
    const size = { width: 20, height: 9 };
    const planes = hintPlanes(two, size)!;
    expect(hintPlanes([...two].reverse(), size)).toEqual(planes);
    expect(Array.from({ length: 7 }, (_, k) => planes[3 * (4 * 20 + 6 + k)])).toEqual([10, 10, 10, 10, -10, -10, -10]);
  });

  it('have places within the photograph and colours within the plane, and are bounded in number', () => {
    expect(hintsSchema.safeParse([hint(0, 1)]).success).toBe(true);
    for (const bad of [hint(-0.1, 0), hint(0, 1.1), hint(0, 0, 111), hint(Number.NaN, 0)]) expect(hintsSchema.safeParse([bad]).success).toBe(false);
    expect(hintsSchema.safeParse(Array.from({ length: MOST_HINTS + 1 }, () => hint(0, 0))).success).toBe(false);
  });
});

describe('an answer that misses its hints', () => {
  const stride = 4;
  /** Left half dark, right half light, all of it without colour. */
  const coarse = (): CoarseColour => ({
    width: 20, height: 10, a: new Float32Array(200), b: new Float32Array(200), L: new Float32Array(200).map((_, k) => (k % 20 < 10 ? 30 : 70)),
  });
  const pictureWith = (hints: ReturnType<typeof hint>[]): HintedPicture => ({
    width: 80, height: 40, lightness: new Float32Array(3200).map((_, k) => (k % 80 < 40 ? 30 : 70)), hints: hintPlanes(hints, { width: 80, height: 40 })!,
  });
  const held = (...hints: ReturnType<typeof hint>[]) => {
    const answer = coarse();
    holdHints(answer, pictureWith(hints), stride);
    return answer;
  };

  it('comes to them where they are, less so further away, and not beyond an edge', () => {
    const { a, b } = held(hint(0.4375, 0.55));
    const at = (column: number, row = 5) => a[row * 20 + column];
    expect(at(8)).toBeGreaterThan(25);
    expect(b[5 * 20 + 8]).toBeLessThan(-16);
    expect(at(6)).toBeLessThan(at(7));
    expect(at(3)).toBeLessThan(0.8 * at(8));
    expect(Math.abs(at(10))).toBeLessThan(0.5);
    expect(at(0)).toBeLessThan(0.6 * at(8));
  });

  it.each([['in the middle of a cell', 0.475, 0.55], ['on the corner of four', 0.45, 0.5], ['across an edge of two', 0.4, 0.55]])('comes to one that lies %s as it would be painted', (_, x, y) => {
    const answer = held(hint(x, y));
    const [column, row] = [Math.floor(x * 80), Math.floor(y * 40)];
    const [a, b] = [new Float32Array(80), new Float32Array(80)];
    new GuidedColour(answer, { width: 80, height: 40, cellsAcross: 20, cellsDown: 10 }).row(row, pictureWith([hint(x, y)]).lightness.subarray(row * 80, (row + 1) * 80), a, b);
    expect([a[column], b[column]]).toEqual([expect.closeTo(30, -0.5), expect.closeTo(-20, -0.5)]);
  });

  it('comes to each of several that are near to one another', () => {
    const { a } = held(hint(0.075, 0.55, 40, 0), hint(0.275, 0.55, -40, 0));
    expect(a[5 * 20 + 1]).toBeGreaterThan(30);
    expect(a[5 * 20 + 5]).toBeLessThan(-30);
    // Halfway they are as much of one as of the other.
    expect(Math.abs(a[5 * 20 + 3] + a[5 * 20 + 4])).toBeLessThan(3);
    expect(a[5 * 20 + 3]).toBeLessThan(0.75 * a[5 * 20 + 1]);
  });

  it('never goes beyond a hint, however many there are', () => {
    const { a } = held(...Array.from({ length: 12 }, (_, k) => hint(0.3 + k / 100, 0.5, 30, 0)));
    expect(Math.max(...a)).toBeLessThan(30.1);
    expect(Math.max(...a)).toBeGreaterThan(29);
  });

  it('stays as it is where it meets them already', () => {
    const answer = coarse();
    answer.a.fill(30);
    answer.b.fill(-20);
    holdHints(answer, pictureWith([hint(0.2, 0.2)]), stride);
    expect(Math.max(...answer.a)).toBeCloseTo(30, 4);
    expect(Math.min(...answer.a)).toBeCloseTo(30, 4);
  });
});

describe('a file of hints', () => {
  it('has colours in ab units or as sRGB, of which the chromaticity counts', () => {
    const read = hintsFileSchema.parse({ version: 1, photographs: { 'a.jpg': [{ x: 0.5, y: 0.25, colour: '#FF0000' }, { x: 0, y: 1, a: -3, b: 4 }] } });
    // scikit-image: rgb2lab of pure red is (53.24, 80.09, 67.20).
    expect(read.photographs['a.jpg'][0]).toMatchObject({ x: 0.5, y: 0.25, a: expect.closeTo(80.09, 1), b: expect.closeTo(67.2, 1) });
    expect(read.photographs['a.jpg'][1]).toEqual({ x: 0, y: 1, a: -3, b: 4 });
    expect(Math.hypot(...Object.values(abOfHex('#808080')))).toBeLessThan(0.02);
  });

  it('is refused where it is of another version or says what is not understood', () => {
    const file = (hint: object, version = 1) => hintsFileSchema.safeParse({ version, photographs: { 'a.jpg': [hint] } }).success;
    expect(file({ x: 0, y: 0, a: 0, b: 0 })).toBe(true);
    expect(file({ x: 0, y: 0, a: 0, b: 0 }, 2)).toBe(false);
    for (const bad of [{ x: 0, y: 0 }, { x: 0, y: 0, colour: 'red' }, { x: 0, y: 0, colour: '#123456', a: 1, b: 1 }, { x: 2, y: 0, colour: '#123456' }]) expect(file(bad)).toBe(false);
  });

  it('names photographs by as much of their path as tells them apart', () => {
    const photographs = [
      { path: '/p/old/harbour.jpg', place: 'old/harbour.jpg' }, { path: '/p/new/harbour.jpg', place: 'new/harbour.jpg' },
      { path: '/p/mill.jpg', place: 'mill.jpg' }, { path: 'C:\\photos\\sub\\tree.png', place: 'sub/tree.png' }, { path: '/p/deep/mill.jpg', place: 'deep/mill.jpg' },
    ];
    const { nameOf, unknown, ambiguous } = matchNames(['old/harbour.jpg', 'harbour.jpg', 'bour.jpg', './mill.jpg', 'sub\\tree.png', 'x/mill.jpg'], photographs);
    expect([...nameOf]).toEqual([[0, 'old/harbour.jpg'], [2, './mill.jpg'], [3, 'sub\\tree.png']]);
    expect([unknown, ambiguous]).toEqual([['bour.jpg', 'x/mill.jpg'], ['harbour.jpg']]);
    expect([...matchNames(['mill.jpg', 'p/mill.jpg'], photographs).nameOf]).toEqual([[2, 'p/mill.jpg']]);
  });
});
