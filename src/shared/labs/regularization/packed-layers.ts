/**
 * Networks of one shape as one row of numbers: network by network, layer by layer, weights before biases. So lie an experiment's
 * weights on disk, and so they cross to a window.
 */
import type { Layer } from './weights.js';

/** Numbers that a network of these layer sizes holds. */
export function parametersOfSizes(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, outputs, k) => sum + (sizes[k] + 1) * outputs, 0);
}

/** @param values float32 [networks, parameters] @param sizes Of the layers, from input to output. */
export function unpackedNetworks(values: Float32Array, networks: number, sizes: readonly number[]): Layer[][] {
  let at = 0;
  const next = (count: number) => values.slice(at, (at += count));
  return Array.from({ length: networks }, () =>
    sizes.slice(1).map((outputs, k) => ({ inputs: sizes[k], outputs, weights: next(sizes[k] * outputs), bias: next(outputs) })),
  );
}
