/** Statistics of a few runs: mean and spread, and how two ways compare that were tried under the same conditions. */

export interface Spread {
  mean: number;
  /** Sample standard deviation (n - 1); 0 of a single value. */
  deviation: number;
  count: number;
}

/** Mean and spread of the values that are numbers. */
export function spreadOf(values: readonly number[]): Spread {
  const finite = values.filter(Number.isFinite);
  const count = finite.length;
  const mean = finite.reduce((sum, v) => sum + v, 0) / count;
  const squares = finite.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : 0, count };
}

export interface PairedComparison {
  /** Mean of first minus second over the pairs. */
  difference: number;
  /** Standard deviation of the differences. */
  deviation: number;
  /** 95 % interval of the mean difference by Student's t; null below two pairs. */
  interval: [low: number, high: number] | null;
  /** Pairs in which the first is lower. */
  firstLower: number;
  pairs: number;
  /** Whether the interval leaves zero out: a difference larger than its own spread explains. */
  clear: boolean;
}

/** Compares values pair by pair; pairs in which one is not a number do not count. */
export function comparePairs(first: readonly number[], second: readonly number[]): PairedComparison {
  const differences = first.map((v, i) => v - second[i]).filter(Number.isFinite);
  const { mean, deviation, count } = spreadOf(differences);
  const half = count > 1 ? (studentQuantile975(count - 1) * deviation) / Math.sqrt(count) : null;
  const interval: [number, number] | null = half === null ? null : [mean - half, mean + half];
  return {
    difference: mean, deviation, interval, pairs: count,
    firstLower: differences.filter((d) => d < 0).length,
    clear: interval !== null && (interval[0] > 0 || interval[1] < 0),
  };
}

/** Student's t at 97.5 % by degrees of freedom, 1 to 30; beyond, the normal value with its first two corrections (Abramowitz and Stegun 26.7.5). */
const STUDENT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const NORMAL = 1.959964;

/** Student's t at 97.5 %, the half width of a 95 % interval in standard errors. */
export function studentQuantile975(freedom: number): number {
  if (freedom <= STUDENT.length) return STUDENT[freedom - 1];
  const z = NORMAL;
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
}
