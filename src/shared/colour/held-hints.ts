/**
 * What a network leaves of a hint's colour is laid over its answer: full at the hint, less with the distance and where the
 * lightness is another. A hint is then kept where it was given, and what it changes ends where an object does.
 */
import type { CoarseColour } from './guided.js';

/** Distance at which a correction has lost 40 %, in pixels as the network sees them: the deviation of a Gaussian. */
const REACH = 14;
/** The same in units of L. */
const LIGHTNESS_REACH = 10;
/** Beyond so many deviations nothing is corrected. */
const ENDS = 3;
/** Keeps the division finite at a hint itself, where all the others count next to nothing beside it. */
const NEAREST = 1e-3;

/** A cell that a hint covers: how much of it, and by how much the answer misses the hint. */
interface Missed {
  column: number;
  row: number;
  L: number;
  /** 0..1 */
  share: number;
  a: number;
  b: number;
}

/**
 * Brings a network's answer to its hints, in place.
 * @param hints as the network was given them: a, b, mask. Float32Array [height, width, 3]
 * @param width Of the hints, in pixels.
 * @param stride Pixels a side of a cell.
 */
export function holdHints(coarse: CoarseColour, hints: Float32Array, width: number, stride: number): void {
  const missed = missedCells(coarse, hints, width, stride);
  const reach = Math.ceil((ENDS * REACH) / stride);
  const [sumA, sumB, sums, strengths] = [0, 1, 2, 3].map(() => new Float32Array(coarse.a.length));
  for (const { column, row, L, share, a, b } of missed) {
    for (let y = Math.max(0, row - reach); y <= Math.min(coarse.height - 1, row + reach); y++) {
      for (let x = Math.max(0, column - reach); x <= Math.min(coarse.width - 1, column + reach); x++) {
        const cell = y * coarse.width + x;
        const distance = ((x - column) ** 2 + (y - row) ** 2) * (stride / REACH) ** 2 + ((coarse.L[cell] - L) / LIGHTNESS_REACH) ** 2;
        const weight = share * Math.exp(-distance / 2);
        // Between hints corrections blend; at each of them its own is all there is (Shepard 1968).
        const blend = weight / (1 + NEAREST - weight);
        sumA[cell] += blend * a;
        sumB[cell] += blend * b;
        sums[cell] += blend;
        strengths[cell] += weight;
      }
    }
  }
  sums.forEach((sum, cell) => {
    if (sum === 0) return;
    const strength = Math.min(1, strengths[cell]) / sum;
    coarse.a[cell] += strength * sumA[cell];
    coarse.b[cell] += strength * sumB[cell];
  });
}

function missedCells(coarse: CoarseColour, hints: Float32Array, width: number, stride: number): Missed[] {
  const sums = new Map<number, { pixels: number; a: number; b: number }>();
  for (let place = 0; 3 * place < hints.length; place++) {
    if (hints[3 * place + 2] === 0) continue;
    const cell = Math.floor(Math.floor(place / width) / stride) * coarse.width + Math.floor((place % width) / stride);
    const sum = sums.get(cell) ?? { pixels: 0, a: 0, b: 0 };
    sums.set(cell, { pixels: sum.pixels + 1, a: sum.a + hints[3 * place], b: sum.b + hints[3 * place + 1] });
  }
  return [...sums].map(([cell, { pixels, a, b }]) => ({
    column: cell % coarse.width, row: Math.floor(cell / coarse.width), L: coarse.L[cell], share: pixels / (stride * stride),
    a: a / pixels - coarse.a[cell], b: b / pixels - coarse.b[cell],
  }));
}
