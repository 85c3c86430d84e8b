/** How a layer's outputs are spread, and which of its units are silent. */
import { ACTIVITY_RANGE, type LayerActivity } from './results.js';

/**
 * @param values Outputs, the unit last: [pictures, ..., units]
 */
export function activityOf(layer: string, values: Float32Array, units: number): LayerActivity {
  const { low, high, steps } = ACTIVITY_RANGE;
  const loud = new Uint8Array(units);
  const counts = new Float64Array(steps);
  const scale = steps / (high - low);
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (value > 0) loud[k % units] = 1;
    counts[Math.min(steps - 1, Math.max(0, Math.floor((value - low) * scale)))]++;
  }
  const silent = units - loud.reduce((sum, one) => sum + one, 0);
  return { layer, silent: (100 * silent) / units, shares: Array.from(counts, (n) => n / values.length) };
}
