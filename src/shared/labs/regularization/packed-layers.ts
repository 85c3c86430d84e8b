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

/** Epochs that are recorded at most, and bytes that they take at most. */
const MOST_EPOCHS = 200;
const MOST_BYTES = 128 * 2 ** 20;

/**
 * Epochs that are recorded: the start, the end, and evenly spaced ones between, all of them where they are few.
 * @param networks Number of networks. @param sizes Of their layers.
 */
export function recordedEpochs(epochs: number, networks: number, sizes: readonly number[]): number[] {
  const affordable = Math.floor(MOST_BYTES / (4 * networks * parametersOfSizes(sizes)));
  const most = Math.max(1, Math.min(MOST_EPOCHS, affordable - 1));
  const stride = Math.ceil(epochs / most);
  return Array.from({ length: epochs + 1 }, (_, epoch) => epoch).filter((epoch) => epoch % stride === 0 || epoch === epochs);
}
