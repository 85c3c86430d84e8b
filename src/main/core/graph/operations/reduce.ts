/** Sums, means and extremes over axes. */
import { attribute } from '../attribute.js';
import type { Tensor } from '../graph.js';
import { defineOperation, gradientOfOne, type InferenceRequest, type OutputSpec } from '../operation.js';
import { elementCount, type Shape } from '../shape.js';
import { cast, constant, intVector, knownVector, reshape, scalar, shapeOf } from './array.js';
import { divide, multiply } from './math.js';

/** The axes of a reduction, counted from the front. */
function axesOf(axes: Tensor, rank: number): number[] {
  return (knownVector(axes) as readonly number[]).map((axis) => (axis < 0 ? axis + rank : axis));
}

function reduced({ inputs: [x, axes], attribute: get, fail }: InferenceRequest): OutputSpec[] {
  // The gradient of broadcasting sums over axes that only the run can tell; its caller restores the shape.
  if (axes.node.operation !== 'Const') return [{ dtype: x.dtype, shape: x.shape.map(() => null) }];
  const gone = axesOf(axes, x.shape.length);
  const outside = gone.find((axis) => axis < 0 || axis >= x.shape.length);
  if (outside !== undefined) fail(`${x.toString()} has no axis ${outside}`);
  const keep = get('keep_dims', 'bool');
  const shape = keep ? x.shape.map((size, axis) => (gone.includes(axis) ? 1 : size)) : x.shape.filter((_, axis) => !gone.includes(axis));
  return [{ dtype: x.dtype, shape }];
}

/** The flow into a reduction spread over the shape that was reduced. */
function spread(flow: Tensor, x: Tensor, axes: Tensor): Tensor {
  const gone = axesOf(axes, x.shape.length);
  const column = x.shape.map((size, axis) => (gone.includes(axis) ? 1 : size));
  const openSizes = column.filter((size) => size === null).length;
  if (openSizes <= 1) return broadcastTo(reshape(flow, column.map((size) => size ?? -1)), shapeOf(x));
  return broadcastTo(reshape(flow, columnShape(x, gone)), shapeOf(x));
}

/** The shape of x with 1 along some axes, where several sizes are known only when the graph runs. */
function columnShape(x: Tensor, gone: readonly number[]): Tensor {
  const keep = x.shape.map((_, axis) => (gone.includes(axis) ? 0 : 1));
  const one = keep.map((kept) => 1 - kept);
  const int = { T: attribute.type('int32') };
  const kept = x.graph.add('Mul', { inputs: [shapeOf(x), intVector(x.graph, keep)], attributes: int }).output;
  return x.graph.add('AddV2', { inputs: [kept, intVector(x.graph, one)], attributes: int }).output;
}

defineOperation('BroadcastTo', {
  infer: ({ inputs: [x, shape] }) => [{ dtype: x.dtype, shape: knownVector(shape) }],
});

/** Values repeated to a shape, by NumPy's rules. */
export function broadcastTo(x: Tensor, shape: Tensor): Tensor {
  return x.graph.add('BroadcastTo', { inputs: [x, shape], attributes: { T: attribute.type(x.dtype), Tidx: attribute.type('int32') } }).output;
}

defineOperation('Sum', {
  infer: reduced,
  gradient: gradientOfOne((flow, node) => [spread(flow, node.inputs[0], node.inputs[1]), null]),
});
defineOperation('Mean', {
  infer: reduced,
  gradient: gradientOfOne((flow, node) => {
    const [x, axes] = node.inputs;
    return [spread(divide(flow, reducedCount(x, axes)), x, axes), null];
  }),
});
defineOperation('Prod', { infer: reduced, gradient: 'none' });
defineOperation('Max', { infer: reduced });

/** How many values each value of a reduction stands for, as a float32 scalar. */
function reducedCount(x: Tensor, axes: Tensor): Tensor {
  const gone = axesOf(axes, x.shape.length);
  const count = elementCount(gone.map((axis) => x.shape[axis]));
  if (count !== null) return scalar(x.graph, count);
  const others = intVector(x.graph, x.shape.map((_, axis) => (gone.includes(axis) ? 0 : 1)));
  const int = { T: attribute.type('int32') };
  const sizes = x.graph.add('SelectV2', {
    inputs: [cast(others, 'bool'), constant(x.graph, Int32Array.of(1), []), shapeOf(x)],
    attributes: int,
  }).output;
  return cast(product(sizes), 'float32');
}

function product(vector: Tensor): Tensor {
  return reduce('Prod', vector, { axes: [0] });
}

export interface Reduction {
  /** Axes to reduce; all of them where absent. */
  axes?: readonly number[];
  /** Keep the reduced axes with size 1. */
  keepAxes?: boolean;
}

function reduce(operation: string, x: Tensor, { axes = x.shape.map((_, axis) => axis), keepAxes = false }: Reduction, name?: string): Tensor {
  return x.graph.add(operation, {
    name,
    inputs: [x, intVector(x.graph, axes, 'axes')],
    attributes: { T: attribute.type(x.dtype), Tidx: attribute.type('int32'), keep_dims: attribute.bool(keepAxes) },
  }).output;
}

/** Sum over axes. */
export const sum = (x: Tensor, reduction: Reduction = {}, name?: string): Tensor => reduce('Sum', x, reduction, name);
/** Mean over axes. */
export const mean = (x: Tensor, reduction: Reduction = {}, name?: string): Tensor => reduce('Mean', x, reduction, name);
/** Largest value over axes; without a gradient. */
export const largest = (x: Tensor, reduction: Reduction = {}, name?: string): Tensor => reduce('Max', x, reduction, name);

/* Place of the largest */

defineOperation('ArgMax', { infer: ({ inputs: [x] }) => [{ dtype: 'int32', shape: x.shape.slice(0, -1) }], gradient: 'none' });

/** Index of the largest value along the last axis; of equals the first. @returns int32, without that axis */
export function largestIndex(x: Tensor, name?: string): Tensor {
  return x.graph.add('ArgMax', {
    name,
    inputs: [x, constant(x.graph, Int32Array.of(-1), [], 'axis')],
    attributes: { T: attribute.type(x.dtype), Tidx: attribute.type('int32'), output_type: attribute.type('int32') },
  }).output;
}

/* Squared norm */

defineOperation('L2Loss', {
  infer: ({ inputs }) => [{ dtype: inputs[0].dtype, shape: [] as Shape }],
  gradient: gradientOfOne((flow, node) => [multiply(node.inputs[0], flow)]),
});

/** Half the sum of squares, TensorFlow's `l2_loss`. */
export function halfSquaredNorm(x: Tensor, name?: string): Tensor {
  return x.graph.add('L2Loss', { name, inputs: [x], attributes: { T: attribute.type(x.dtype) } }).output;
}
