/** How a layer's outputs are spread, and which of its units are silent. */
import { finiteOrNull } from '../regularization/summary.js';
import { ACTIVITY_RANGE, type LayerActivity } from './results.js';

/**
 * @param values Outputs, the unit last: [pictures, ..., units]
 */
export function activityOf(layer: string, values: Float32Array, units: number): LayerActivity {
  const { low, high, steps } = ACTIVITY_RANGE;
  const loud = new Uint8Array(units);
  const counts = new Float64Array(steps);
  const scale = steps / (high - low);
  let sum = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    sum += value;
    if (value > 0) loud[k % units] = 1;
    counts[Math.min(steps - 1, Math.max(0, Math.floor((value - low) * scale)))]++;
  }
  const silent = units - loud.reduce((total, one) => total + one, 0);
  return { layer, silent: (100 * silent) / units, mean: finiteOrNull(sum / values.length), shares: Array.from(counts, (n) => n / values.length) };
}
