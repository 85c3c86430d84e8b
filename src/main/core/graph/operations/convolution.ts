/** Convolutions over [batch, height, width, channels] with filters [height, width, in, out], and biases. */
import { attribute, type Attributes } from '../attribute.js';
import type { DType } from '../dtype.js';
import type { Tensor } from '../graph.js';
import { defineOperation, gradientOfOne, requireFloat, requireOneFloat, type Gradient, type InferenceRequest, type OutputSpec } from '../operation.js';
import { formatShape, isStatic, type Shape } from '../shape.js';
import { concat, constant, intVector, knownVector, reshape, shapeOf, slice } from './array.js';

/** SAME: zeros around, size divided by the stride (rounded up). VALID: only where the whole filter fits. */
export type Padding = 'SAME' | 'VALID';

export interface Convolution {
  stride?: number;
  padding?: Padding;
  /** Distance between the pixels that a filter reads; 1 is the common convolution. */
  dilation?: number;
}

/** Size of the answer along an axis, `null` where unknown. */
export function convolvedSize(size: number | null, filter: number, stride: number, dilation: number, padding: Padding): number | null {
  if (size === null) return null;
  const reach = padding === 'SAME' ? 0 : (filter - 1) * dilation;
  return Math.ceil((size - reach) / stride);
}

/** The settings of a convolution as its attributes hold them. */
interface Settings {
  stride: number;
  dilation: number;
  padding: Padding;
}

function settingsOf(source: Pick<InferenceRequest, 'attribute'>): Settings {
  return {
    stride: source.attribute('strides', 'ints')[1],
    dilation: source.attribute('dilations', 'ints')[1],
    padding: source.attribute('padding', 'string') as Padding,
  };
}

function attributesOf({ stride, dilation, padding }: Settings, dtype: DType): Attributes {
  return {
    T: attribute.type(dtype),
    strides: attribute.ints([1, stride, stride, 1]),
    dilations: attribute.ints([1, dilation, dilation, 1]),
    padding: attribute.string(padding),
    data_format: attribute.string('NHWC'),
  };
}

function requirePicture({ inputs: [x, filter], fail }: InferenceRequest): void {
  if (x.shape.length !== 4) fail(`it reads [batch, height, width, channels], not ${x.toString()}`);
  if (filter.shape.length !== 4) fail(`its filter is [height, width, in, out], not ${filter.toString()}`);
}

function convolved(request: InferenceRequest): OutputSpec[] {
  requireOneFloat(request);
  requirePicture(request);
  const { inputs: [x, filter], fail } = request;
  const { stride, dilation, padding } = settingsOf(request);
  const [batch, height, width, channels] = x.shape;
  const [filterHeight, filterWidth, taken, made] = filter.shape as readonly number[];
  if (channels !== null && channels !== taken) fail(`the filter takes ${taken} channels, the input ${x.toString()} has ${channels}`);
  const sizes = [convolvedSize(height, filterHeight, stride, dilation, padding), convolvedSize(width, filterWidth, stride, dilation, padding)];
  if (sizes.some((size) => size !== null && size < 1)) fail(`a filter of ${filterHeight}x${filterWidth} does not fit into ${x.toString()}`);
  return [{ dtype: x.dtype, shape: [batch, ...sizes, made] }];
}

defineOperation('Conv2D', {
  infer: convolved,
  gradient: gradientOfOne((flow, node, needs) => {
    const [x, filter] = node.inputs;
    const settings = settingsOf(node);
    return settings.dilation > 1 ? dilatedGradient(x, filter, flow, settings, needs) : [
      needs(0) ? backpropInput(shapeOf(x), filter, flow, settings, x.shape) : null,
      needs(1) ? backpropFilter(x, filter, flow, settings) : null,
    ];
  }),
});

/** The input's gradient of a convolution; also the forward pass of a transposed one. */
function backpropInput(sizes: Tensor, filter: Tensor, flow: Tensor, settings: Settings, shape: Shape, name?: string): Tensor {
  const output = flow.graph.add('Conv2DBackpropInput', { name, inputs: [sizes, filter, flow], attributes: attributesOf(settings, flow.dtype) }).output;
  return isStatic(output.shape) || !isStatic(shape) ? output : reshape(output, shape);
}

function backpropFilter(x: Tensor, filter: Tensor, flow: Tensor, settings: Settings): Tensor {
  const sizes = intVector(x.graph, filter.shape as readonly number[], 'filter_sizes');
  return x.graph.add('Conv2DBackpropFilter', { inputs: [x, sizes, flow], attributes: attributesOf(settings, flow.dtype) }).output;
}

defineOperation('Conv2DBackpropInput', {
  infer: (request) => {
    const { inputs: [sizes, filter, flow], fail } = request;
    const shape = knownVector(sizes);
    if (shape.length !== 4) fail(`its sizes are [batch, height, width, channels], not ${formatShape(shape)}`);
    const [batch, height, width, channels] = shape;
    const { stride, dilation, padding } = settingsOf(request);
    const [filterHeight, filterWidth, made, taken] = filter.shape as readonly number[];
    if (channels !== null && channels !== made) fail(`the filter makes ${made} channels, ${channels} are asked for`);
    if (flow.shape[3] !== null && flow.shape[3] !== taken) fail(`the filter takes ${taken} channels, ${flow.toString()} has ${flow.shape[3]}`);
    [[height, filterHeight], [width, filterWidth]].forEach(([size, reach], axis) => {
      const expected = convolvedSize(size, reach as number, stride, dilation, padding);
      const given = flow.shape[axis + 1];
      if (expected !== null && given !== null && expected !== given) fail(`a size of ${size} would come from ${expected} pixels, ${flow.toString()} has ${given}`);
    });
    return [{ dtype: flow.dtype, shape: [batch, height, width, made] }];
  },
  gradient: transposedGradient(),
});

/** A transposed convolution's gradients are a plain convolution and a filter gradient with the roles swapped. */
function transposedGradient(): Gradient {
  return gradientOfOne((flow, node, needs) => {
    const [, filter, x] = node.inputs;
    const settings = settingsOf(node);
    return [
      null,
      needs(1) ? backpropFilter(flow, filter, x, settings) : null,
      needs(2) ? flow.graph.add('Conv2D', { inputs: [flow, filter], attributes: attributesOf(settings, flow.dtype) }).output : null,
    ];
  });
}

defineOperation('Conv2DBackpropFilter', {
  infer: ({ inputs: [x, sizes] }) => [{ dtype: x.dtype, shape: knownVector(sizes) }],
});

/**
 * Convolution. x float32 or bfloat16 [batch, height, width, in], filter of the same type [height, width, in, out].
 * @returns of the same type [batch, height', width', out]
 */
export function conv2d(x: Tensor, filter: Tensor, { stride = 1, padding = 'SAME', dilation = 1 }: Convolution = {}, name = 'convolution'): Tensor {
  return x.graph.add('Conv2D', { name, inputs: [x, filter], attributes: attributesOf({ stride, padding, dilation }, x.dtype) }).output;
}

/**
 * Transposed convolution with padding SAME: each side grows by the stride.
 * x float32 [batch, height, width, in], filter [height, width, out, in] (sic: TensorFlow's order).
 * @returns float32 [batch, height·stride, width·stride, out]
 */
export function transposedConv2d(x: Tensor, filter: Tensor, stride: number, name = 'transposed_convolution'): Tensor {
  const [batch, height, width] = x.shape;
  const shape = [batch, height === null ? null : height * stride, width === null ? null : width * stride, filter.shape[2]];
  const sizes = isStatic(shape) ? intVector(x.graph, shape, 'sizes') : grownSizes(x, filter.shape[2] as number, stride);
  return backpropInput(sizes, filter, x, { stride, padding: 'SAME', dilation: 1 }, shape, name);
}

function grownSizes(x: Tensor, channels: number, stride: number): Tensor {
  const three = slice(shapeOf(x), [0], [3]);
  const grown = x.graph.add('Mul', { inputs: [three, intVector(x.graph, [1, stride, stride])], attributes: { T: attribute.type('int32') } }).output;
  return concat([grown, intVector(x.graph, [channels])], 0, 'sizes');
}

/* Dilation */

defineOperation('SpaceToBatchND', {
  infer: ({ inputs: [x, block, paddings] }) => {
    const [rows, columns] = knownVector(block) as readonly number[];
    const known = paddings.node.operation === 'Const' ? (knownVector(paddings) as readonly number[]) : null;
    const [batch, height, width, channels] = x.shape;
    const part = (size: number | null, axis: number, by: number) =>
      size === null || known === null ? null : (size + known[2 * axis] + known[2 * axis + 1]) / by;
    return [{ dtype: x.dtype, shape: [batch === null ? null : batch * rows * columns, part(height, 0, rows), part(width, 1, columns), channels] }];
  },
});
defineOperation('BatchToSpaceND', {
  infer: ({ inputs: [x, block, crops] }) => {
    const [rows, columns] = knownVector(block) as readonly number[];
    const known = crops.node.operation === 'Const' ? (knownVector(crops) as readonly number[]) : null;
    const [batch, height, width, channels] = x.shape;
    const whole = (size: number | null, axis: number, by: number) =>
      size === null || known === null ? null : size * by - known[2 * axis] - known[2 * axis + 1];
    return [{ dtype: x.dtype, shape: [batch === null ? null : batch / (rows * columns), whole(height, 0, rows), whole(width, 1, columns), channels] }];
  },
});

function blocks(operation: 'SpaceToBatchND' | 'BatchToSpaceND', x: Tensor, dilation: number, margins: Tensor): Tensor {
  const attributes = {
    T: attribute.type(x.dtype),
    Tblock_shape: attribute.type('int32'),
    [operation === 'SpaceToBatchND' ? 'Tpaddings' : 'Tcrops']: attribute.type('int32'),
  };
  return x.graph.add(operation, { inputs: [x, intVector(x.graph, [dilation, dilation], 'block'), margins], attributes }).output;
}

/**
 * Gradients of a dilated convolution. TensorFlow's plain kernels refuse dilation here, so the picture is taken apart into
 * dilation² interleaved pictures, on which the convolution is a common one, and the gradient is put together again.
 */
function dilatedGradient(x: Tensor, filter: Tensor, flow: Tensor, settings: Settings, needs: (input: number) => boolean): (Tensor | null)[] {
  const { dilation } = settings;
  const margins = dilationMargins(x, filter, settings);
  const apart = blocks('SpaceToBatchND', x, dilation, margins.input);
  const flowApart = blocks('SpaceToBatchND', flow, dilation, margins.flow);
  const plain: Settings = { stride: 1, dilation: 1, padding: 'VALID' };
  const byInput = () => {
    const gradient = blocks('BatchToSpaceND', backpropInput(shapeOf(apart), filter, flowApart, plain, apart.shape), dilation, margins.input);
    return isStatic(x.shape) && !isStatic(gradient.shape) ? reshape(gradient, x.shape) : gradient;
  };
  return [needs(0) ? byInput() : null, needs(1) ? backpropFilter(apart, filter, flowApart, plain) : null];
}

/** Zeros to add around the input and after the flow so that both fall apart into whole pictures: two int32 [2, 2] tables. */
function dilationMargins(x: Tensor, filter: Tensor, { dilation, padding, stride }: Settings): { input: Tensor; flow: Tensor } {
  if (stride !== 1) throw new RangeError(`${x.name}: a convolution with dilation ${dilation} must have stride 1`);
  const reach = [0, 1].map((axis) => ((filter.shape[axis] as number) - 1) * dilation);
  const before = reach.map((total) => (padding === 'SAME' ? Math.floor(total / 2) : 0));
  const after = reach.map((total, axis) => (padding === 'SAME' ? total - before[axis] : 0));
  const sizes: Shape = x.shape.slice(1, 3);
  if (isStatic(sizes)) {
    const lacking = sizes.map((size, axis) => missing(size + before[axis] + after[axis], dilation));
    return {
      input: marginTable(x, before, after.map((margin, axis) => margin + lacking[axis])),
      flow: marginTable(x, [0, 0], lacking),
    };
  }
  return dynamicMargins(x, before, after, dilation);
}

/** What a size lacks to be a multiple. */
function missing(size: number, multiple: number): number {
  return (multiple - (size % multiple)) % multiple;
}

function marginTable(x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  return constant(x.graph, Int32Array.of(before[0], after[0], before[1], after[1]), [2, 2], 'margins');
}

/** The same where the picture's size is known only when the graph runs. */
function dynamicMargins(x: Tensor, before: readonly number[], after: readonly number[], dilation: number): { input: Tensor; flow: Tensor } {
  const { graph } = x;
  const int = { T: attribute.type('int32') };
  const binary = (operation: string, a: Tensor, b: Tensor) => graph.add(operation, { inputs: [a, b], attributes: int }).output;
  const total = intVector(graph, before.map((margin, axis) => margin + after[axis]));
  const padded = binary('AddV2', slice(shapeOf(x), [1], [2]), total);
  // FloorMod of the negative size is what lacks to the next multiple.
  const lacking = binary('FloorMod', binary('Sub', intVector(graph, [0, 0]), padded), intVector(graph, [dilation, dilation]));
  const table = (first: Tensor, second: Tensor) => concat([reshape(first, [2, 1]), reshape(second, [2, 1])], 1, 'margins');
  return {
    input: table(intVector(graph, before), binary('AddV2', intVector(graph, after), lacking)),
    flow: table(intVector(graph, [0, 0]), lacking),
  };
}

/* Bias */

defineOperation('BiasAdd', {
  infer: (request) => {
    requireFloat(request);
    const { inputs: [x, bias], fail } = request;
    const channels = x.shape[x.shape.length - 1];
    if (bias.shape.length !== 1 || (channels !== null && bias.shape[0] !== channels)) fail(`the bias ${bias.toString()} does not fit the channels of ${x.toString()}`);
    return [{ dtype: 'float32', shape: x.shape }];
  },
  gradient: gradientOfOne((flow, _node, needs) => [
    flow,
    needs(1) ? flow.graph.add('BiasAddGrad', { inputs: [flow], attributes: biasAttributes() }).output : null,
  ]),
});
defineOperation('BiasAddGrad', { infer: ({ inputs: [flow] }) => [{ dtype: 'float32', shape: [flow.shape[flow.shape.length - 1]] }] });

function biasAttributes(): Attributes {
  return { T: attribute.type('float32'), data_format: attribute.string('NHWC') };
}

/** Adds a value to each channel. x float32 [..., channels], bias [channels]. */
export function biasAdd(x: Tensor, bias: Tensor, name = 'bias_add'): Tensor {
  return x.graph.add('BiasAdd', { name, inputs: [x, bias], attributes: biasAttributes() }).output;
}
