/** Points to fit: a noisy line with outliers, drawn by a seed, and how points are divided into training and test. */
import type { Random } from '../../random.js';
import type { RegularizationConfig } from './config.js';

/** Points of a plane, side by side. */
export interface Points {
  x: Float64Array;
  y: Float64Array;
  /** Indices of points that were made outliers; empty where nobody knows. */
  outliers: readonly number[];
}

/** Which points train and which measure the error, by index. */
export interface PointSplit {
  training: readonly number[];
  test: readonly number[];
}

type LineData = Pick<RegularizationConfig['data'], 'points' | 'from' | 'to' | 'slope' | 'noise' | 'outliers' | 'distance'>;

/**
 * y = slope·x + noise, noise evenly spread over [0, noise); outliers, evenly spaced, lie higher by one and the same random share of
 * `distance` (the post's script draws one number for all of them).
 */
export function linePoints({ points, from, to, slope, noise, outliers, distance }: LineData, random: Random): Points {
  const x = Float64Array.from({ length: points }, (_, i) => from + (i * (to - from)) / Math.max(1, points - 1));
  const y = x.map((value) => slope * value + noise * random.uniform());
  const lift = distance * random.uniform();
  const lifted = evenlySpaced(Math.min(outliers, points), points);
  for (const index of lifted) y[index] += lift;
  return { x, y, outliers: lifted };
}

/** The line through the middle of the noise; undefined where the points are a person's own. */
export function trueLine({ data }: Pick<RegularizationConfig, 'data'>): { slope: number; offset: number } | undefined {
  return data.kind === 'line' ? { slope: data.slope, offset: data.noise / 2 } : undefined;
}

/** So many indices below `limit`, as evenly spaced as whole numbers can be, from the first on. */
function evenlySpaced(count: number, limit: number): number[] {
  return Array.from({ length: count }, (_, k) => Math.floor((k * limit) / count));
}

/** Divides points at random. @param testShare At least one point is kept on each side. */
export function splitPoints(count: number, testShare: number, random: Random): PointSplit {
  const order = Array.from(random.permutation(count));
  const tests = Math.min(count - 1, Math.max(1, Math.round(count * testShare)));
  const ascending = (indices: number[]) => indices.sort((a, b) => a - b);
  return { training: ascending(order.slice(tests)), test: ascending(order.slice(0, tests)) };
}

/** Divides points into folds; each in turn is the test, the others train (k-fold cross-validation). */
export function foldsOf(count: number, folds: number, random: Random): PointSplit[] {
  const order = Array.from(random.permutation(count));
  return Array.from({ length: folds }, (_, fold) => ({
    test: order.filter((_, k) => k % folds === fold),
    training: order.filter((_, k) => k % folds !== fold),
  }));
}

/** What brings values to mean 0 and spread 1: (v - mean) / spread. */
export interface Scaling {
  mean: number;
  spread: number;
}

/** Leaves values as they are. */
export const UNSCALED: Scaling = { mean: 0, spread: 1 };

/** The scaling of some values; equal values have spread 1. */
export function scalingOf(values: readonly number[]): Scaling {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
  return { mean, spread: spread > 0 ? spread : 1 };
}
