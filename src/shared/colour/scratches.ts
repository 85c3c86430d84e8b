/**
 * Scratches of a film, found and closed: thin upright lines, lighter or darker than what lies on both sides of them. Film runs
 * through cameras and projectors lengthwise, which is why they are upright.
 */
import type { PlaneSize } from './grain.js';

/** Pixels on either side that a line is compared with: what is wider than that is no scratch. */
const BESIDE = 3;
/** Least difference to them, units of L. */
const CLEAR = 8;
/** Rows above and below over which a line must go on. */
const ALONG = 6;
/** Share of these rows that must show it: scratches are broken here and there, and lean a little. */
const UNBROKEN = 0.7;

/** The plane with its scratches closed by what lies beside them; as it is where there are none. @param L 0..100, Float32Array [height, width] */
export function withoutScratches(L: Float32Array, { width, height }: PlaneSize): Float32Array {
  const beside = mediansBeside(L, width, height);
  const sides = L.map((value, i) => (Math.abs(value - beside[i]) > CLEAR ? Math.sign(value - beside[i]) : 0));
  if (sides.every((side) => side === 0)) return L;
  const closed = Float32Array.from(L);
  for (let x = 0; x < width; x++) {
    for (let y = 0, i = x; y < height; y++, i += width) {
      if (sides[i] !== 0 && goesOn(sides, { x, y, width, height })) close(closed, L, beside, i, x, width);
    }
  }
  return closed;
}

/** The scratch's own pixel, and its softer borders. */
function close(closed: Float32Array, L: Float32Array, beside: Float32Array, i: number, x: number, width: number): void {
  const side = Math.sign(L[i] - beside[i]);
  for (let k = Math.max(0, x - 1) - x; k <= Math.min(width - 1, x + 1) - x; k++) {
    if (k === 0 || Math.sign(L[i + k] - beside[i + k]) === side) closed[i + k] = beside[i + k];
  }
}

/** Whether enough of the rows above and below show the same line. */
function goesOn(sides: Float32Array, { x, y, width, height }: PlaneSize & { x: number; y: number }): boolean {
  const [first, last] = [Math.max(0, y - ALONG), Math.min(height - 1, y + ALONG)];
  let same = 0;
  for (let row = first; row <= last; row++) if (sides[row * width + x] === sides[y * width + x]) same++;
  return same > UNBROKEN * (last - first + 1);
}

/** Median of each pixel and those beside it in its row; at the border the last one counts again. */
function mediansBeside(L: Float32Array, width: number, height: number): Float32Array {
  const medians = new Float32Array(L.length);
  const window = new Float32Array(2 * BESIDE + 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let k = -BESIDE; k <= BESIDE; k++) window[k + BESIDE] = L[y * width + Math.min(width - 1, Math.max(0, x + k))];
      medians[y * width + x] = window.sort()[BESIDE];
    }
  }
  return medians;
}
