/** When two answers are the same: where they differ by no more than floats round, in proportion to how large the values of the answer are. */
import { TYPE } from '../graph-files/data-types.js';
import type { ResultArray } from './fetched-array.js';

/**
 * Differences up to this part of the largest value are float rounding: about 80 steps of a float32, since sums are taken in another order where
 * constants were folded.
 */
export const ROUNDING = 1e-5;

/** Half precision has steps of 1/1024 and bfloat16 of 1/128 of a value; four of them are allowed. Whole numbers do not round at all. */
const OTHER_ROUNDING: Readonly<Record<number, number>> = { [TYPE.float32]: ROUNDING, [TYPE.float64]: ROUNDING, [TYPE.float16]: 2 ** -8, [TYPE.bfloat16]: 2 ** -5 };

/** Allowed in proportion to the largest value of a type. */
export function roundingOf(type: number): number {
  return OTHER_ROUNDING[type] ?? 0;
}

export interface Difference {
  /** Infinite where shapes or texts differ, or one is no number where the other is. */
  largest: number;
  /** Largest finite value of the expected answer, without its sign. */
  scale: number;
  /** Places where both are NaN: the same, and no proof of anything. */
  notNumbers: number;
}

export function difference(expected: ResultArray, found: ResultArray): Difference {
  if (expected.shape.join() !== found.shape.join()) return { largest: Infinity, scale: 0, notNumbers: 0 };
  let [largest, scale, notNumbers] = [0, 0, 0];
  for (let i = 0; i < expected.values.length; i++) {
    const [x, y] = [expected.values[i], found.values[i]];
    if (typeof x === 'number' && Number.isFinite(x)) scale = Math.max(scale, Math.abs(x));
    if (x === y) continue;
    if (Number.isNaN(x) && Number.isNaN(y)) notNumbers += 1;
    else largest = Math.max(largest, apart(x, y));
  }
  return { largest, scale, notNumbers };
}

function apart(x: number | bigint | string, y: number | bigint | string): number {
  if (typeof x === 'string' || typeof y === 'string') return Infinity;
  const distance = Math.abs(typeof x === 'bigint' && typeof y === 'bigint' ? Number(x - y) : Number(x) - Number(y));
  return Number.isNaN(distance) ? Infinity : distance;
}

/** Whether a difference is rounding. @param allowed In proportion to the largest value. */
export function isRounding({ largest, scale }: Difference, allowed: number): boolean {
  return largest <= allowed * scale;
}

/** Ranges of the random numbers of a proof: around zero, shares, and brightnesses. */
export const PROOF_RANGES: readonly (readonly [number, number])[] = [[-1, 1], [0, 1], [0, 255]];
