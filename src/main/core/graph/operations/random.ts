/** Random values that are a function of a seed and nothing else, so that a run can be repeated. */
import { attribute } from '../attribute.js';
import type { Tensor } from '../graph.js';
import { defineOperation } from '../operation.js';
import { isStatic } from '../shape.js';
import { slopedRelu } from './activation.js';
import { cast, constant, intVector, knownVector, scalar, shapeOf } from './array.js';
import { add, divide, greaterEqual, multiply, scale } from './math.js';

for (const name of ['StatelessRandomUniform', 'StatelessRandomNormal', 'StatelessTruncatedNormal']) {
  defineOperation(name, {
    infer: ({ inputs: [shape, seed], fail }) => {
      if (seed.dtype !== 'int32' || seed.shape.length !== 1 || seed.shape[0] !== 2) fail(`a seed is int32 [2], not ${seed.toString()}`);
      return [{ dtype: 'float32', shape: knownVector(shape) }];
    },
    gradient: 'none',
  });
}

/** uniform: [0, 1); normal: mean 0, deviation 1; truncated: the same within two deviations. */
export type Distribution = 'uniform' | 'normal' | 'truncated';

const OPERATIONS: Record<Distribution, string> = {
  uniform: 'StatelessRandomUniform',
  normal: 'StatelessRandomNormal',
  truncated: 'StatelessTruncatedNormal',
};

/**
 * Random values of a shape. seed int32 [2].
 * @param use What the values are for; the same seed gives other values for another use.
 */
export function random(distribution: Distribution, shape: readonly number[] | Tensor, seed: Tensor, use: string): Tensor {
  const { graph } = seed;
  const sizes = Array.isArray(shape) ? intVector(graph, shape as number[], 'shape') : (shape as Tensor);
  return graph.add(OPERATIONS[distribution], {
    name: distribution,
    inputs: [sizes, seedFor(seed, use)],
    attributes: { T: attribute.type('int32'), Tseed: attribute.type('int32'), dtype: attribute.type('float32') },
  }).output;
}

/** A seed of its own for each use: the hash of the use's name is added to the second number (int32, wrapping). */
function seedFor(seed: Tensor, use: string): Tensor {
  return seed.graph.add('AddV2', {
    name: 'seed',
    inputs: [seed, constant(seed.graph, Int32Array.of(0, hash(use)), [2])],
    attributes: { T: attribute.type('int32') },
  }).output;
}

/** FNV-1a over UTF-16 units, as int32. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}

/** Sets a share `rate` of the values to zero and scales the others by 1/(1 - rate) (Srivastava et al. 2014). For training only. */
export function dropout(x: Tensor, rate: number, seed: Tensor, use: string): Tensor {
  const draw = random('uniform', sizesOf(x), seed, use);
  const kept = cast(greaterEqual(draw, scalar(x.graph, rate)), 'float32');
  return multiply(x, scale(kept, 1 / (1 - rate)), 'dropout');
}

/** Uniform values in [low, high). */
export function uniformBetween(low: number, high: number, shape: readonly number[] | Tensor, seed: Tensor, use: string): Tensor {
  return add(scale(random('uniform', shape, seed, use), high - low), scalar(seed.graph, low));
}

/**
 * Randomized leaky ReLU for training (Xu et al. 2015): x above 0, x / a below, a drawn for each element and step from U(low, high).
 * In use the slope is fixed: leakyRelu(x, 2 / (low + high)).
 */
export function randomizedLeakyRelu(x: Tensor, low: number, high: number, seed: Tensor, use: string): Tensor {
  const slope = divide(scalar(x.graph, 1), uniformBetween(low, high, sizesOf(x), seed, use), 'slope');
  return slopedRelu(x, slope, 'randomized_leaky_relu');
}

/** The other form of it: x above 0, slope·x below, the slope itself drawn for each element and step from U(low, high). */
export function randomlySlopedRelu(x: Tensor, low: number, high: number, seed: Tensor, use: string): Tensor {
  return slopedRelu(x, uniformBetween(low, high, sizesOf(x), seed, use), 'randomly_sloped_relu');
}

/** The shape of a tensor as sizes where they are known, else as a tensor. */
function sizesOf(x: Tensor): readonly number[] | Tensor {
  return isStatic(x.shape) ? x.shape : shapeOf(x);
}
