/** Keras's layers in their form for use, as nodes of a graph (tfjs-layers/src/layers). */
import { UserError } from '../errors.js';
import {
  add, addN, biasAdd, concat, constant, conv2d, elu, enlarge, exponential, identity, leakyRelu, matrixProduct, maximum, maxPool, mean, multiply, normalizeBy, pad, relu, relu6, reshape, scale, scalar, selu,
  sigmoid, slopedRelu, softmax, softplus, tanh, transposedConv2d, type Tensor,
} from '../graph/index.js';
import type { LayerJson, Weight } from './model-json.js';

/** What a layer is built from. */
export interface LayerRequest {
  name: string;
  type: string;
  config: LayerJson['config'];
  inputs: readonly Tensor[];
  /** Its weights by the last part of their names: `kernel`. */
  weight(name: string): Weight | undefined;
}

type Builder = (request: LayerRequest, x: Tensor) => Tensor;

/** @throws UserError for layers, and settings of layers, that are not known. */
export function buildLayer(request: LayerRequest): Tensor {
  const builder = BUILDERS[request.type];
  if (builder === undefined) throw unknown(request, `layers of the kind ${request.type} are not known here; known are ${Object.keys(BUILDERS).join(', ')}`);
  const result = builder(request, request.inputs[0]);
  return result.graph.atRoot(() => identity(result, request.name));
}

function unknown({ name, type }: Pick<LayerRequest, 'name' | 'type'>, reason: string): UserError {
  return new UserError(`The layer ${name} (${type}) cannot be turned into a graph: ${reason}.`);
}

const ACTIVATIONS: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  linear: (x) => x, relu: (x) => relu(x), relu6: (x) => relu6(x), elu: (x) => elu(x), selu: (x) => selu(x), sigmoid: (x) => sigmoid(x), tanh: (x) => tanh(x), softplus: (x) => softplus(x),
  softmax: (x) => softmax(x), exponential: (x) => exponential(x),
};

function activated(request: LayerRequest, x: Tensor): Tensor {
  const name = request.config['activation'] ?? 'linear';
  const activation = typeof name === 'string' ? ACTIVATIONS[name] : undefined;
  if (activation === undefined) throw unknown(request, `its activation ${JSON.stringify(name)} is not known`);
  return activation(x);
}

function weightOf(request: LayerRequest, name: string, graph: Tensor['graph']): Tensor {
  const weight = request.weight(name);
  if (weight === undefined) throw unknown(request, `it has no weight ${name}`);
  return constant(graph, weight.values, weight.shape, name);
}

function biased(request: LayerRequest, x: Tensor): Tensor {
  return request.config['use_bias'] === false ? x : biasAdd(x, weightOf(request, 'bias', x.graph));
}

/** The one number of a setting that can be given for each axis. */
function square(request: LayerRequest, setting: string, usual: number): number {
  const value = request.config[setting] ?? usual;
  const sides = (Array.isArray(value) ? value : [value]) as unknown[];
  if (!sides.every((side) => side === sides[0]) || typeof sides[0] !== 'number') throw unknown(request, `its ${setting} ${JSON.stringify(value)} is not the same along both axes`);
  return sides[0];
}

function padding(request: LayerRequest): 'SAME' | 'VALID' {
  const { padding: kind = 'valid', data_format: format = 'channels_last' } = request.config;
  if (format !== 'channels_last' && format !== 'channelsLast') throw unknown(request, 'its channels do not come last');
  if (kind !== 'same' && kind !== 'valid') throw unknown(request, `its padding ${JSON.stringify(kind)} is not known`);
  return kind === 'same' ? 'SAME' : 'VALID';
}

function numberSetting(request: LayerRequest, setting: string, usual: number): number {
  const value = request.config[setting] ?? usual;
  if (typeof value !== 'number') throw unknown(request, `its ${setting} is no number`);
  return value;
}

function inner(x: Tensor, request: LayerRequest): number[] {
  const sizes = x.shape.slice(1);
  if (sizes.some((size) => size === null)) throw unknown(request, `it has to know the size of its input, which is ${x.toString()}`);
  return sizes as number[];
}

function normalization(request: LayerRequest, x: Tensor): Tensor {
  const epsilon = numberSetting(request, 'epsilon', 1e-3);
  const { graph } = x;
  const channels = request.weight('moving_mean')?.shape[0] ?? 0;
  const plain = (value: number) => constant(graph, new Float32Array(channels).fill(value), [channels]);
  const parameters = [
    request.config['scale'] === false ? plain(1) : weightOf(request, 'gamma', graph), request.config['center'] === false ? plain(0) : weightOf(request, 'beta', graph),
    weightOf(request, 'moving_mean', graph), weightOf(request, 'moving_variance', graph),
  ] as const;
  if (x.shape.length === 4) return normalizeBy(x, ...parameters, epsilon);
  const sides = inner(x, request);
  if (sides.length !== 1) throw unknown(request, 'it normalizes neither pictures nor vectors');
  return reshape(normalizeBy(reshape(x, [-1, 1, 1, channels]), ...parameters, epsilon), [-1, channels]);
}

const BUILDERS: Readonly<Record<string, Builder>> = {
  Dense: (request, x) => {
    if (x.shape.length !== 2) throw unknown(request, 'it takes more than a vector');
    return activated(request, biased(request, matrixProduct(x, weightOf(request, 'kernel', x.graph))));
  },
  Conv2D: (request, x) => {
    const settings = { stride: square(request, 'strides', 1), dilation: square(request, 'dilation_rate', 1), padding: padding(request) };
    return activated(request, biased(request, conv2d(x, weightOf(request, 'kernel', x.graph), settings)));
  },
  Conv2DTranspose: (request, x) => {
    if (padding(request) !== 'SAME') throw unknown(request, 'it has no padding');
    return activated(request, biased(request, transposedConv2d(x, weightOf(request, 'kernel', x.graph), square(request, 'strides', 1))));
  },
  BatchNormalization: normalization,
  Activation: activated,
  ReLU: (request, x) => {
    const most = request.config['max_value'];
    if (most !== undefined && most !== null && most !== 6) throw unknown(request, 'its largest value is neither open nor 6');
    return most === 6 ? relu6(x) : relu(x);
  },
  LeakyReLU: (request, x) => leakyRelu(x, numberSetting(request, 'alpha', 0.3)),
  ELU: (request, x) => {
    if (numberSetting(request, 'alpha', 1) !== 1) throw unknown(request, 'its alpha is not 1');
    return elu(x);
  },
  PReLU: (request, x) => slopedRelu(x, weightOf(request, 'alpha', x.graph)),
  Softmax: (_, x) => softmax(x),
  Flatten: (request, x) => reshape(x, [-1, inner(x, request).reduce((product, size) => product * size, 1)]),
  Reshape: (request, x) => {
    const target = request.config['target_shape'];
    if (!Array.isArray(target) || target.some((size) => typeof size !== 'number')) throw unknown(request, 'its target shape is not known');
    return reshape(x, [-1, ...(target as number[])]);
  },
  Dropout: (_, x) => x,
  SpatialDropout2D: (_, x) => x,
  GaussianNoise: (_, x) => x,
  MaxPooling2D: (request, x) => {
    const size = square(request, 'pool_size', 2);
    const stride = request.config['strides'] === null ? size : square(request, 'strides', size);
    return maxPool(x, size, stride, padding(request));
  },
  GlobalAveragePooling2D: (_, x) => mean(x, { axes: [1, 2] }),
  UpSampling2D: (request, x) => enlarge(x, square(request, 'size', 2), request.config['interpolation'] === 'bilinear' ? 'bilinear' : 'nearest'),
  ZeroPadding2D: (request, x) => {
    const value = request.config['padding'] ?? 1;
    const [rows, columns] = typeof value === 'number' ? [[value, value], [value, value]] : (value as unknown[]).map((side) => (typeof side === 'number' ? [side, side] : (side as number[])));
    return pad(x, [[0, 0], rows as [number, number], columns as [number, number], [0, 0]]);
  },
  Rescaling: (request, x) => add(scale(x, numberSetting(request, 'scale', 1)), scalar(x.graph, numberSetting(request, 'offset', 0))),
  Add: ({ inputs }) => addN([...inputs]),
  Multiply: ({ inputs }) => inputs.reduce((a, b) => multiply(a, b)),
  Maximum: ({ inputs }) => inputs.reduce((a, b) => maximum(a, b)),
  Average: ({ inputs }) => scale(addN([...inputs]), 1 / inputs.length),
  Concatenate: ({ inputs, config }) => {
    const axis = typeof config['axis'] === 'number' ? config['axis'] : -1;
    return concat([...inputs], axis < 0 ? axis + inputs[0].shape.length : axis);
  },
};
