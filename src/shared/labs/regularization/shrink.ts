/** A network without its dead neurons. */
import { activated, answersOf, getsNothing, passesNothing, type Activation, type Layer } from './weights.js';

/** A neuron that is taken out. */
export interface RemovedNeuron {
  /** Hidden layer, from 0, and place in it, both as in the full network. */
  layer: number;
  neuron: number;
  /** Nothing reads it; or nothing comes in, so that it is constant, and its value goes into the next bias. */
  why: 'unread' | 'constant';
}

export interface Shrinking {
  layers: Layer[];
  removed: RemovedNeuron[];
}

/** The smaller network alone. */
export function shrunken(layers: readonly Layer[], activation: Activation, threshold: number): Layer[] {
  return shrinking(layers, activation, threshold).layers;
}

/**
 * Takes out the neurons that pass nothing on, and those that get nothing: these are constant, and their value is folded into the
 * bias of the next layer. It goes on until none is left, since a neuron that goes can leave another without use. One
 * neuron a layer stays, so that the network stays a network.
 * @param threshold Largest size of a weight that counts as zero; at 0 the smaller network gives the same answers as before.
 */
export function shrinking(layers: readonly Layer[], activation: Activation, threshold: number): Shrinking {
  let current = layers.map(copyOf);
  const left = layers.slice(0, -1).map(({ outputs }) => Array.from({ length: outputs }, (_, neuron) => neuron));
  const removed: RemovedNeuron[] = [];
  for (let k = 0; k < current.length - 1; ) {
    const neuron = removable(current, k, threshold);
    if (neuron === undefined) {
      k++;
    } else {
      removed.push({ layer: k, neuron: left[k].splice(neuron, 1)[0], why: passesNothing(current[k + 1], neuron, threshold) ? 'unread' : 'constant' });
      current = without(current, k, neuron, activation, threshold);
      // The layer before and this one may have become removable in other places.
      k = Math.max(0, k - 1);
    }
  }
  return { layers: current, removed };
}

/** Largest difference between the answers of two networks, in the network's own units. @param x Inputs as the networks see them. */
export function largestDifference(first: readonly Layer[], second: readonly Layer[], activation: Activation, x: ArrayLike<number>): number {
  const [one, other] = [first, second].map((layers) => answersOf(layers, activation, x));
  return one.reduce((most, v, k) => Math.max(most, Math.abs(v - other[k])), 0);
}

function copyOf(layer: Layer): Layer {
  return { ...layer, weights: layer.weights.slice(), bias: layer.bias.slice() };
}

function removable(layers: readonly Layer[], k: number, threshold: number): number | undefined {
  const { outputs } = layers[k];
  if (outputs === 1) return undefined;
  for (let n = 0; n < outputs; n++) {
    if (passesNothing(layers[k + 1], n, threshold) || getsNothing(layers[k], n, threshold)) return n;
  }
  return undefined;
}

function without(layers: readonly Layer[], k: number, neuron: number, activation: Activation, threshold: number): Layer[] {
  const [layer, next] = [layers[k], layers[k + 1]];
  const bias = next.bias.slice();
  if (!passesNothing(next, neuron, threshold)) {
    const constant = activated(layer.bias[neuron], activation);
    for (let o = 0; o < next.outputs; o++) bias[o] += constant * next.weights[neuron * next.outputs + o];
  }
  const smaller = {
    ...layer, outputs: layer.outputs - 1,
    weights: layer.weights.filter((_, at) => at % layer.outputs !== neuron),
    bias: layer.bias.filter((_, at) => at !== neuron),
  };
  const following = { ...next, inputs: next.inputs - 1, bias, weights: next.weights.filter((_, at) => Math.floor(at / next.outputs) !== neuron) };
  return [...layers.slice(0, k), smaller, following, ...layers.slice(k + 2)];
}
