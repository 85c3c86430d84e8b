/** Starting weights of a small network. */
import type { Random } from '../../random.js';
import type { Layer } from './weights.js';

/**
 * Glorot and Bengio 2010 ("Xavier"), uniform: ±√(6 / (inputs + outputs)); biases 0.
 * @param sizes Of the layers from input to output.
 * @param randomOf The generator of a layer: each layer's values are its own, whatever the layers before it hold.
 */
export function startingLayers(sizes: readonly number[], randomOf: (layer: number) => Random): Layer[] {
  return sizes.slice(1).map((outputs, k) => {
    const inputs = sizes[k];
    const random = randomOf(k);
    const limit = Math.sqrt(6 / (inputs + outputs));
    const weights = Float32Array.from({ length: inputs * outputs }, () => limit * (2 * random.uniform() - 1));
    return { inputs, outputs, weights, bias: new Float32Array(outputs) };
  });
}
