import type { Graph, Node, Tensor } from './graph.js';
import { glorotUniform, ones, zeros, type Initializer } from './initializers.js';
import { cast } from './operations/array.js';
import { biasAdd, conv2d, transposedConv2d, type Convolution } from './operations/convolution.js';
import { matrixProduct, multiply, scale, subtract } from './operations/math.js';
import { normalizeBy, normalizeByBatch } from './operations/normalization.js';
import { dropout } from './operations/random.js';
import { assignSub } from './operations/state.js';

/** Whether layers are built for a training step or for use. Both forms share the variables. */
export type Mode =
  | { training: false }
  | {
      training: true;
      /** int32 [2], for layers that draw at random. */
      random: Tensor;
      /** Layers add what has to run with each step: updates of running averages. */
      updates: Node[];
    };

interface LayerOptions {
  /** Name of the layer; its variables are `name/weights`, `name/bias`. */
  name: string;
  initializer?: Initializer;
  /** Without a bias where a normalization follows, which has its own. */
  bias?: boolean;
}

export interface ConvolutionLayer extends LayerOptions, Convolution {
  filters: number;
  /** Side of the filters in pixels. */
  size?: number;
}

/** Convolution with variables. x float32 [batch, height, width, in]. @returns float32 [batch, height', width', filters] */
export function convolutionLayer(x: Tensor, { name, filters, size = 3, initializer = glorotUniform, bias = true, ...convolution }: ConvolutionLayer): Tensor {
  const { graph } = x;
  const weights = graph.variables.share({ name: `${name}/weights`, shape: [size, size, channelsOf(x), filters], initializer });
  return graph.scope(name, () => withBias(convolved(x, weights.value, (a, b) => conv2d(a, b, convolution)), name, filters, bias));
}

/** Convolves in the graph's precision; float32 goes in and comes out. */
function convolved(x: Tensor, weights: Tensor, convolve: (x: Tensor, weights: Tensor) => Tensor): Tensor {
  const { precision } = x.graph;
  return cast(convolve(cast(x, precision), cast(weights, precision)), 'float32');
}

export interface TransposedConvolutionLayer extends LayerOptions {
  filters: number;
  size: number;
  stride: number;
}

/** Transposed convolution with variables. x float32 [batch, height, width, in]. @returns float32 [batch, height·stride, width·stride, filters] */
export function transposedConvolutionLayer(x: Tensor, { name, filters, size, stride, initializer = glorotUniform, bias = true }: TransposedConvolutionLayer): Tensor {
  const { graph } = x;
  const weights = graph.variables.share({ name: `${name}/weights`, shape: [size, size, filters, channelsOf(x)], transposed: true, initializer });
  return graph.scope(name, () => withBias(convolved(x, weights.value, (a, b) => transposedConv2d(a, b, stride)), name, filters, bias));
}

/** Fully connected layer. x float32 [batch, in]. @returns float32 [batch, units] */
export function denseLayer(x: Tensor, { name, units, initializer = glorotUniform, bias = true }: LayerOptions & { units: number }): Tensor {
  const { graph } = x;
  const weights = graph.variables.share({ name: `${name}/weights`, shape: [channelsOf(x), units], initializer });
  return graph.scope(name, () => withBias(matrixProduct(x, weights.value, {}, 'product'), name, units, bias));
}

function withBias(x: Tensor, name: string, channels: number, wanted: boolean): Tensor {
  if (!wanted) return x;
  return biasAdd(x, x.graph.variables.share({ name: `${name}/bias`, shape: [channels], initializer: zeros }).value);
}

export interface NormalizationLayer {
  /** Name of the layer that is normalized; the variables are `name/scale`, `name/offset`, `name/mean`, `name/variance`. */
  name: string;
  /** Share of the old running average that a step keeps. */
  decay: number;
  epsilon: number;
  /** float32 scalar: share of a batch that the running averages take in its step, where it changes from step to step; 1 - decay else. */
  share?: Tensor;
}

/**
 * Batch normalization: by the batch's own statistics in training, which also moves the running averages; by the running
 * averages in use. x float32 [batch, height, width, channels].
 */
export function normalizationLayer(x: Tensor, { name, decay, epsilon, share }: NormalizationLayer, mode: Mode): Tensor {
  const { variables } = x.graph;
  const shape = [channelsOf(x)];
  const scaling = variables.share({ name: `${name}/scale`, shape, initializer: ones });
  const offset = variables.share({ name: `${name}/offset`, shape, initializer: zeros });
  const mean = variables.share({ name: `${name}/mean`, shape, initializer: zeros, trainable: false });
  const variance = variables.share({ name: `${name}/variance`, shape, initializer: ones, trainable: false });
  return x.graph.scope(name, () => {
    if (!mode.training) return normalizeBy(x, scaling.value, offset.value, mean.value, variance.value, epsilon);
    const batch = normalizeByBatch(x, scaling.value, offset.value, epsilon);
    for (const [running, seen] of [[mean, batch.mean], [variance, batch.variance]] as const) {
      const off = subtract(running.value, seen);
      mode.updates.push(assignSub(running.handle, share === undefined ? scale(off, 1 - decay) : multiply(off, share)));
    }
    return batch.output;
  });
}

/** Dropout in training, nothing in use. */
export function dropoutLayer(x: Tensor, name: string, rate: number, mode: Mode): Tensor {
  if (!mode.training || rate === 0) return x;
  const { random } = mode;
  return x.graph.scope(name, () => dropout(x, rate, random, name));
}

function channelsOf(x: Tensor): number {
  const channels = x.shape[x.shape.length - 1];
  if (channels === null) throw new RangeError(`${x.name}: a layer needs to know the channels of its input`);
  return channels;
}

/** How many trainable numbers a graph holds. */
export function parameterCount(graph: Graph): number {
  return graph.variables.trainable.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
}
