/** Weights of a small fully connected network: what it computes, which weights and neurons are zero. */
import type { RegularizationConfig } from './config.js';

/** One layer: y = x · weights + bias. */
export interface Layer {
  inputs: number;
  outputs: number;
  /** [inputs, outputs], row by row */
  weights: Float32Array;
  /** [outputs] */
  bias: Float32Array;
}

export type Activation = RegularizationConfig['network']['activation'];

const FUNCTIONS: Record<Activation, (v: number) => number> = {
  none: (v) => v,
  relu: (v) => Math.max(0, v),
  tanh: Math.tanh,
};

/** What follows a hidden layer, of one value. */
export function activated(value: number, activation: Activation): number {
  return FUNCTIONS[activation](value);
}

/** Sizes of the layers from input to output: [1, 10, 10, 10, 1]. */
export function sizesOf(layers: readonly Layer[]): number[] {
  return [layers[0].inputs, ...layers.map(({ outputs }) => outputs)];
}

/** The weights between the first neurons of each layer; layers that are no larger stay as they are. @param most Neurons that are kept. */
export function cutLayers(layers: readonly Layer[], most: number): Layer[] {
  return layers.map((layer) => {
    const [inputs, outputs] = [Math.min(most, layer.inputs), Math.min(most, layer.outputs)];
    if (inputs === layer.inputs && outputs === layer.outputs) return layer;
    const weights = Float32Array.from({ length: inputs * outputs }, (_, at) => layer.weights[Math.floor(at / outputs) * layer.outputs + (at % outputs)]);
    return { inputs, outputs, weights, bias: layer.bias.slice(0, outputs) };
  });
}

/** Whether every weight and bias is a finite number. */
export function areFinite(layers: readonly Layer[]): boolean {
  return layers.every(({ weights, bias }) => weights.every(Number.isFinite) && bias.every(Number.isFinite));
}

/** Numbers that are learnt. */
export function parametersOf(layers: readonly Layer[]): number {
  return layers.reduce((sum, { weights, bias }) => sum + weights.length + bias.length, 0);
}

/** The network's answers, computed in double precision. @param x One input a point. */
export function answersOf(layers: readonly Layer[], activation: Activation, x: ArrayLike<number>): Float64Array {
  return Float64Array.from(x, (value) => {
    let values = [value];
    layers.forEach((layer, k) => {
      const sums = layerSums(layer, values);
      values = k < layers.length - 1 ? sums.map((v) => activated(v, activation)) : sums;
    });
    return values[0];
  });
}

function layerSums({ inputs, outputs, weights, bias }: Layer, values: readonly number[]): number[] {
  return Array.from({ length: outputs }, (_, o) => {
    let sum = bias[o];
    for (let i = 0; i < inputs; i++) sum += values[i] * weights[i * outputs + o];
    return sum;
  });
}

export interface Sparsity {
  /** Weights, biases not counted. */
  weights: number;
  /** Weights at or below the threshold. */
  zeroWeights: number;
  /** Weights that are zero to the last bit. */
  exactZeros: number;
  /** Hidden neurons. */
  neurons: number;
  /** Hidden neurons that get nothing or pass nothing on: all weights into them or out of them are zero. */
  deadNeurons: number;
}

/** How many weights and neurons are zero. @param threshold Largest size that counts as zero. */
export function sparsityOf(layers: readonly Layer[], threshold: number): Sparsity {
  const all = layers.flatMap(({ weights }) => Array.from(weights));
  const dead = layers.slice(0, -1).map((_, k) => deadNeurons(layers, k, threshold));
  return {
    weights: all.length,
    zeroWeights: all.filter((w) => Math.abs(w) <= threshold).length,
    exactZeros: all.filter((w) => w === 0).length,
    neurons: layers.slice(0, -1).reduce((sum, { outputs }) => sum + outputs, 0),
    deadNeurons: dead.reduce((sum, list) => sum + list.length, 0),
  };
}

/** Indices of the neurons after a layer that get nothing or pass nothing on. */
export function deadNeurons(layers: readonly Layer[], layer: number, threshold: number): number[] {
  const { outputs } = layers[layer];
  return Array.from({ length: outputs }, (_, n) => n).filter((n) => getsNothing(layers[layer], n, threshold) || passesNothing(layers[layer + 1], n, threshold));
}

/** Whether every weight into a neuron is zero: it gives the same value whatever the input. What is not a number is not zero. */
export function getsNothing({ inputs, outputs, weights }: Layer, neuron: number, threshold: number): boolean {
  for (let i = 0; i < inputs; i++) if (!(Math.abs(weights[i * outputs + neuron]) <= threshold)) return false;
  return true;
}

/** Whether every weight out of a neuron is zero. @param next The layer after it. */
export function passesNothing({ outputs, weights }: Layer, neuron: number, threshold: number): boolean {
  for (let o = 0; o < outputs; o++) if (!(Math.abs(weights[neuron * outputs + o]) <= threshold)) return false;
  return true;
}
