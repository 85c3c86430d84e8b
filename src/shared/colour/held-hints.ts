/**
 * What a network leaves of a hint's colour is laid over its answer: full at the hint, less with the distance and where the
 * lightness is another. A hint is then kept where it was given, and what it changes ends where an object does.
 */
import { GuidedColour, type CoarseColour } from './guided.js';

/** How far a correction goes: distances at which it has lost 40 %, the deviations of a Gaussian. */
interface Reach {
  /** In pixels as the network sees them. */
  pixels: number;
  /** In units of L. */
  lightness: number;
}

/** What the network missed is missed on the whole object. */
const FAR: Reach = { pixels: 28, lightness: 12 };
/** What laying colours along the edges leaves over is missed at the hint itself. */
const NEAR: Reach = { pixels: 6, lightness: 15 };
/** Beyond so many deviations nothing is corrected. */
const ENDS = 3;
/** Keeps the division finite at a hint itself, where all the others count next to nothing beside it. */
const NEAREST = 1e-3;

/** A picture as a network was shown it: L, and its hints as a, b, mask. Float32Array [height, width] and [height, width, 3] */
export interface HintedPicture {
  width: number;
  height: number;
  lightness: Float32Array;
  hints: Float32Array;
}

/** A colour in ab units, or what is missing to one. */
interface Ab {
  a: number;
  b: number;
}

/** A cell that a hint covers, if only in part, and by how much the answer misses the hint there. */
interface Missed extends Ab {
  column: number;
  row: number;
}

/**
 * Brings a network's answer to its hints, in place: first cell by cell, then so that the full-size picture meets them too.
 * @param stride Pixels a side of a cell.
 */
export function holdHints(coarse: CoarseColour, picture: HintedPicture, stride: number): void {
  spread(missedCells(coarse, picture, stride, (_, cell) => ({ a: coarse.a[cell], b: coarse.b[cell] })), coarse, stride, FAR);
  spread(missedCells(coarse, picture, stride, paintedColours(coarse, picture, stride)), coarse, stride, NEAR);
}

/** Lays what is missed over the cells around. */
function spread(missed: readonly Missed[], coarse: CoarseColour, stride: number, reach: Reach): void {
  const [sumA, sumB, sums, strengths] = [0, 1, 2, 3].map(() => new Float32Array(coarse.a.length));
  for (const { column, row, a, b } of missed) {
    forCellsAround(coarse, { column, row }, stride, reach, (cell, weight) => {
      // Between hints corrections blend; at each of them its own is all there is (Shepard 1968).
      const blend = weight / (1 + NEAREST - weight);
      sumA[cell] += blend * a;
      sumB[cell] += blend * b;
      sums[cell] += blend;
      strengths[cell] = Math.max(strengths[cell], weight);
    });
  }
  sums.forEach((sum, cell) => {
    if (sum === 0) return;
    const strength = strengths[cell] / sum;
    coarse.a[cell] += strength * sumA[cell];
    coarse.b[cell] += strength * sumB[cell];
  });
}

/** @param visit Told how much of a correction at the place reaches the cell, 0..1. */
function forCellsAround({ width, height, L }: CoarseColour, { column, row }: Pick<Missed, 'column' | 'row'>, stride: number, { pixels, lightness }: Reach, visit: (cell: number, weight: number) => void): void {
  const cells = Math.ceil((ENDS * pixels) / stride);
  const here = L[row * width + column];
  for (let y = Math.max(0, row - cells); y <= Math.min(height - 1, row + cells); y++) {
    for (let x = Math.max(0, column - cells); x <= Math.min(width - 1, column + cells); x++) {
      const cell = y * width + x;
      const distance = ((x - column) ** 2 + (y - row) ** 2) * (stride / pixels) ** 2 + ((L[cell] - here) / lightness) ** 2;
      visit(cell, Math.exp(-distance / 2));
    }
  }
}

/** The mean that is missing at the hinted pixels of each cell. @param answer What stands at a pixel, which lies in a cell. */
function missedCells(coarse: CoarseColour, { hints, width }: HintedPicture, stride: number, answer: (pixel: number, cell: number) => Ab): Missed[] {
  const sums = new Map<number, Ab & { pixels: number }>();
  for (let pixel = 0; 3 * pixel < hints.length; pixel++) {
    if (hints[3 * pixel + 2] === 0) continue;
    const cell = Math.floor(Math.floor(pixel / width) / stride) * coarse.width + Math.floor((pixel % width) / stride);
    const { a, b } = answer(pixel, cell);
    const sum = sums.get(cell) ?? { pixels: 0, a: 0, b: 0 };
    sums.set(cell, { pixels: sum.pixels + 1, a: sum.a + hints[3 * pixel] - a, b: sum.b + hints[3 * pixel + 1] - b });
  }
  return [...sums].map(([cell, { pixels, a, b }]) => ({ column: cell % coarse.width, row: Math.floor(cell / coarse.width), a: a / pixels, b: b / pixels }));
}

/** Colours of pixels as they would be painted at the size that the network sees; rows are worked out as they are asked for. */
function paintedColours(coarse: CoarseColour, { width, height, lightness }: HintedPicture, stride: number): (pixel: number) => Ab {
  const colour = new GuidedColour(coarse, { width, height, cellsAcross: width / stride, cellsDown: height / stride });
  const [a, b] = [new Float32Array(width), new Float32Array(width)];
  let painted: number | undefined;
  return (pixel) => {
    const row = Math.floor(pixel / width);
    if (row !== painted) colour.row(row, lightness.subarray(row * width, (row + 1) * width), a, b);
    painted = row;
    return { a: a[pixel % width], b: b[pixel % width] };
  };
}
