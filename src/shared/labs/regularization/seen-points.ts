/** A set of points as the network is shown it. */
import type { PointSet } from '../files.js';

/** What the network sees of a set: (x - mean) / spread, and y likewise. */
export function seenPoints({ x, y, scaling }: PointSet): { x: Float32Array; y: Float32Array } {
  const scaled = (values: readonly number[], { mean, spread }: { mean: number; spread: number }) => Float32Array.from(values, (v) => (v - mean) / spread);
  return { x: scaled(x, scaling.x), y: scaled(y, scaling.y) };
}
