/** Constants, feeds and rearranging: operations that move values without computing with them. */
import { attribute, type TensorValues } from '../attribute.js';
import type { DType } from '../dtype.js';
import type { Graph, Node, Tensor } from '../graph.js';
import { defineOperation, gradientOfOne, sameAsFirst, type InferenceRequest } from '../operation.js';
import { compatible, elementCount, formatShape, isStatic, mergeShapes, type Shape } from '../shape.js';

/* Sources */

defineOperation('Const', {
  infer: ({ attribute: get }) => {
    const { dtype, shape } = get('value', 'tensor');
    return [{ dtype, shape }];
  },
  gradient: 'none',
});

defineOperation('Placeholder', {
  infer: ({ attribute: get }) => [{ dtype: get('dtype', 'type'), shape: get('shape', 'shape') }],
  gradient: 'none',
});

defineOperation('PlaceholderWithDefault', {
  infer: ({ attribute: get }) => [{ dtype: get('dtype', 'type'), shape: get('shape', 'shape') }],
  gradient: 'none',
});

/** A value held in the graph. `values` in row-major order; as many as the shape says. */
export function constant(graph: Graph, values: TensorValues, shape: readonly number[], name = 'constant'): Tensor {
  const dtype = dtypeOfValues(values);
  const node = graph.add('Const', {
    name,
    attributes: { dtype: attribute.type(dtype), value: attribute.tensor({ dtype, shape, values }) },
  });
  if (elementCount(shape) !== values.length) {
    throw new RangeError(`${node.name}: ${values.length} values do not fill the shape ${formatShape(shape)}`);
  }
  return node.output;
}

function dtypeOfValues(values: TensorValues): DType {
  if (values instanceof Float32Array) return 'float32';
  if (values instanceof Int32Array) return 'int32';
  if (values instanceof Uint8Array) return 'bool';
  return 'string';
}

/** A float32 scalar. */
export function scalar(graph: Graph, value: number, name?: string): Tensor {
  return constant(graph, Float32Array.of(value), [], name);
}

/** An int32 vector, as shapes, axes and paddings are given. */
export function intVector(graph: Graph, values: readonly number[], name?: string): Tensor {
  return constant(graph, Int32Array.from(values), [values.length], name);
}

/** What is fed when the graph runs. */
export function placeholder(graph: Graph, name: string, dtype: DType, shape: Shape): Tensor {
  return graph.add('Placeholder', { name, attributes: { dtype: attribute.type(dtype), shape: attribute.shape(shape) } }).output;
}

/** What may be fed when the graph runs; where it is not, it is `usual`. */
export function optionalPlaceholder(usual: Tensor, name: string, shape: Shape = usual.shape): Tensor {
  const attributes = { dtype: attribute.type(usual.dtype), shape: attribute.shape(shape) };
  return usual.graph.add('PlaceholderWithDefault', { name, inputs: [usual], attributes }).output;
}

defineOperation('Fill', { infer: ({ inputs: [shape, value] }) => [{ dtype: value.dtype, shape: knownVector(shape) }], gradient: 'none' });

/** One value everywhere; float32 or int32. */
export function fill(graph: Graph, shape: readonly number[], value: number, dtype: 'float32' | 'int32' = 'float32'): Tensor {
  const one = constant(graph, dtype === 'float32' ? Float32Array.of(value) : Int32Array.of(value), [], 'value');
  return graph.add('Fill', {
    name: 'fill',
    inputs: [intVector(graph, shape, 'shape'), one],
    attributes: { T: attribute.type(dtype), index_type: attribute.type('int32') },
  }).output;
}

/* Passing on */

defineOperation('Identity', { infer: sameAsFirst, gradient: ({ flow }) => [flow[0]] });
defineOperation('Cast', {
  infer: ({ inputs, attribute: get }) => [{ dtype: get('DstT', 'type'), shape: inputs[0].shape }],
  gradient: gradientOfOne((flow, { inputs: [{ dtype }] }) => [dtype === 'float32' || dtype === 'bfloat16' ? cast(flow, dtype) : null]),
});

/** The same values under another name, once `controls` have run. */
export function identity(x: Tensor, name?: string, controls?: readonly Node[]): Tensor {
  return x.graph.add('Identity', { name, inputs: [x], attributes: { T: attribute.type(x.dtype) }, controls }).output;
}

/** The values as another type. */
export function cast(x: Tensor, dtype: DType, name?: string): Tensor {
  if (x.dtype === dtype) return x;
  const attributes = { SrcT: attribute.type(x.dtype), DstT: attribute.type(dtype) };
  return x.graph.add('Cast', { name, inputs: [x], attributes }).output;
}

/* Shapes as values */

defineOperation('Shape', { infer: ({ inputs }) => [{ dtype: 'int32', shape: [inputs[0].shape.length] }], gradient: 'none' });

/** The shape of a tensor as an int32 vector; a constant where it is known already. */
export function shapeOf(x: Tensor): Tensor {
  if (isStatic(x.shape)) return intVector(x.graph, x.shape, 'shape');
  return x.graph.add('Shape', {
    name: 'shape',
    inputs: [x],
    attributes: { T: attribute.type(x.dtype), out_type: attribute.type('int32') },
  }).output;
}

/**
 * What is known of an int32 vector while the graph is built: constants, shapes, and pieces of them put together.
 * -1 stays -1; what is unknown is `null`.
 */
export function knownVector(vector: Tensor): readonly (number | null)[] {
  const { node } = vector;
  switch (node.operation) {
    case 'Const':
      return [...(node.attribute('value', 'tensor').values as Int32Array)];
    case 'Shape':
      return node.inputs[0].shape;
    case 'ConcatV2':
      return node.inputs.slice(0, -1).flatMap(knownVector);
    case 'Slice':
      return knownSlice(node);
    default:
      return new Array<null>(vector.shape[0] ?? 0).fill(null);
  }
}

function knownSlice(node: Node): readonly (number | null)[] {
  const [begin] = knownVector(node.inputs[1]);
  const [size] = knownVector(node.inputs[2]);
  const whole = knownVector(node.inputs[0]);
  if (begin === null || size === null) return new Array<null>(node.outputs[0].shape[0] ?? 0).fill(null);
  return whole.slice(begin, size === -1 ? undefined : begin + size);
}

/* Reshape */

defineOperation('Reshape', {
  infer: (request) => [{ dtype: request.inputs[0].dtype, shape: reshaped(request) }],
  gradient: gradientOfOne((flow, node) => [reshape(flow, shapeOf(node.inputs[0])), null]),
});

function reshaped({ inputs: [x, wanted], fail }: InferenceRequest): Shape {
  const sizes = knownVector(wanted);
  const count = elementCount(x.shape);
  const open = sizes.filter((size) => size === -1 || size === null).length;
  const known = sizes.reduce<number>((product, size) => (size === null || size === -1 ? product : product * size), 1);
  const fits = count === null || (open === 0 ? known === count : known !== 0 && count % known === 0);
  if (!fits) fail(`${x.toString()} cannot take the shape ${formatShape(sizes)}`);
  const rest = count !== null && open === 1 ? count / known : null;
  return sizes.map((size) => (size === -1 || size === null ? rest : size));
}

/** The same values in another shape; one size may be -1. */
export function reshape(x: Tensor, shape: readonly number[] | Tensor, name?: string): Tensor {
  const wanted = Array.isArray(shape) ? intVector(x.graph, shape as number[], 'shape') : (shape as Tensor);
  const attributes = { T: attribute.type(x.dtype), Tshape: attribute.type('int32') };
  return x.graph.add('Reshape', { name, inputs: [x, wanted], attributes }).output;
}

/* Concatenation, slices, padding */

defineOperation('ConcatV2', {
  infer: ({ inputs, attribute: get, fail }) => {
    const parts = inputs.slice(0, -1);
    const axis = constantAxis(inputs[inputs.length - 1], parts[0].shape.length);
    const shape = parts.reduce((joined, part) => {
      const withoutAxis = (s: Shape) => s.map((size, i) => (i === axis ? null : size));
      if (part.dtype !== parts[0].dtype) fail(`${parts[0].name} is ${parts[0].dtype}, ${part.name} is ${part.dtype}`);
      if (!compatible(withoutAxis(joined), withoutAxis(part.shape))) {
        fail(`${part.toString()} cannot be joined to ${formatShape(joined)} along axis ${axis}`);
      }
      return mergeShapes(withoutAxis(joined), withoutAxis(part.shape));
    }, parts[0].shape);
    const sizes = parts.map((part) => part.shape[axis]);
    const total = sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0);
    return [{ dtype: get('T', 'type'), shape: shape.map((size, i) => (i === axis ? total : size)) }];
  },
  gradient: gradientOfOne((flow, node, needs) => {
    const parts = node.inputs.slice(0, -1);
    const axis = constantAxis(node.inputs[parts.length], flow.shape.length);
    return [...splitLike(flow, parts, axis, needs), null];
  }),
});

defineOperation('ConcatOffset', {
  infer: ({ inputs }) => inputs.slice(1).map((shape) => ({ dtype: 'int32', shape: shape.shape })),
  gradient: 'none',
});

/** The pieces of `flow` that belong to each of `parts`, where they lie side by side along an axis. */
function splitLike(flow: Tensor, parts: readonly Tensor[], axis: number, needs: (input: number) => boolean): (Tensor | null)[] {
  const shapes = parts.map(shapeOf);
  const offsets = parts.every((part) => part.shape[axis] !== null)
    ? staticOffsets(flow, parts, axis)
    : flow.graph.add('ConcatOffset', {
        inputs: [constant(flow.graph, Int32Array.of(axis), []), ...shapes],
        attributes: { N: attribute.int(parts.length) },
      }).outputs;
  return parts.map((_, i) => (needs(i) ? slice(flow, offsets[i], shapes[i]) : null));
}

function staticOffsets(flow: Tensor, parts: readonly Tensor[], axis: number): Tensor[] {
  let at = 0;
  return parts.map((part) => {
    const begin = flow.shape.map((_, i) => (i === axis ? at : 0));
    at += part.shape[axis] ?? 0;
    return intVector(flow.graph, begin, 'begin');
  });
}

/** An axis that has to be a constant; counted from the front. */
function constantAxis(axis: Tensor, rank: number): number {
  const [value] = axis.node.attribute('value', 'tensor').values as Int32Array;
  return value < 0 ? value + rank : value;
}

/** Tensors side by side along an axis (negative: from the end). */
export function concat(parts: readonly Tensor[], axis: number, name?: string): Tensor {
  const [{ graph, dtype }] = parts;
  return graph.add('ConcatV2', {
    name,
    inputs: [...parts, constant(graph, Int32Array.of(axis), [], 'axis')],
    attributes: { N: attribute.int(parts.length), T: attribute.type(dtype), Tidx: attribute.type('int32') },
  }).output;
}

defineOperation('Slice', {
  infer: ({ inputs: [x, begin, size], fail }) => {
    const begins = knownVector(begin);
    const shape = knownVector(size).map((wanted, axis) => {
      const from = begins[axis];
      const rest = x.shape[axis] === null || from === null ? null : x.shape[axis] - from;
      if (wanted !== null && rest !== null && wanted > rest) fail(`axis ${axis} of ${x.toString()} ends before ${from} + ${wanted}`);
      return wanted === -1 ? rest : wanted;
    });
    return [{ dtype: x.dtype, shape }];
  },
  gradient: gradientOfOne((flow, node) => {
    const [x, begin] = node.inputs;
    const { graph } = x;
    const after = subtractVectors(subtractVectors(shapeOf(x), begin), shapeOf(flow));
    const column = (vector: Tensor) => reshape(vector, [x.shape.length, 1]);
    const paddings = graph.add('ConcatV2', {
      inputs: [column(begin), column(after), constant(graph, Int32Array.of(1), [])],
      attributes: { N: attribute.int(2), T: attribute.type('int32'), Tidx: attribute.type('int32') },
    }).output;
    return [padBy(flow, paddings, x.shape), null, null];
  }),
});

function subtractVectors(a: Tensor, b: Tensor): Tensor {
  return a.graph.add('Sub', { inputs: [a, b], attributes: { T: attribute.type('int32') } }).output;
}

/** A block of a tensor: from `begin`, `size` long; -1 in `size`: to the end. */
export function slice(x: Tensor, begin: readonly number[] | Tensor, size: readonly number[] | Tensor, name?: string): Tensor {
  const vector = (v: readonly number[] | Tensor, label: string) => (Array.isArray(v) ? intVector(x.graph, v as number[], label) : (v as Tensor));
  return x.graph.add('Slice', {
    name,
    inputs: [x, vector(begin, 'begin'), vector(size, 'size')],
    attributes: { T: attribute.type(x.dtype), Index: attribute.type('int32') },
  }).output;
}

defineOperation('Pad', {
  infer: ({ inputs: [x, paddings] }) => {
    const known = paddings.node.operation === 'Const' ? knownVector(paddings) : null;
    const shape = x.shape.map((size, axis) =>
      size === null || known === null ? null : size + (known[2 * axis] ?? 0) + (known[2 * axis + 1] ?? 0),
    );
    return [{ dtype: x.dtype, shape }];
  },
  gradient: gradientOfOne((flow, node) => {
    const [x, paddings] = node.inputs;
    const before = slice(paddings, [0, 0], [x.shape.length, 1]);
    return [slice(flow, reshape(before, [x.shape.length]), shapeOf(x)), null];
  }),
});

/** Zeros around a tensor: `[before, after]` for each axis. */
export function pad(x: Tensor, paddings: readonly (readonly [number, number])[], name?: string): Tensor {
  const table = constant(x.graph, Int32Array.from(paddings.flat()), [paddings.length, 2], 'paddings');
  return x.graph.add('Pad', { name, inputs: [x, table], attributes: padAttributes(x) }).output;
}

/** Zeros around a tensor by a table known only when the graph runs; the resulting shape is known to the caller. */
function padBy(x: Tensor, paddings: Tensor, shape: Shape): Tensor {
  const padded = x.graph.add('Pad', { inputs: [x, paddings], attributes: padAttributes(x) }).output;
  return isStatic(shape) ? reshape(padded, shape) : padded;
}

function padAttributes(x: Tensor) {
  return { T: attribute.type(x.dtype), Tpaddings: attribute.type('int32') };
}

/* Order of axes, blocks of pixels */

defineOperation('Transpose', {
  infer: ({ inputs: [x, order] }) => [{ dtype: x.dtype, shape: knownVector(order).map((axis) => (axis === null ? null : x.shape[axis])) }],
  gradient: gradientOfOne((flow, node) => {
    const order = knownVector(node.inputs[1]) as readonly number[];
    return [transpose(flow, order.map((_, axis) => order.indexOf(axis))), null];
  }),
});

/** Axes in another order. */
export function transpose(x: Tensor, order: readonly number[], name?: string): Tensor {
  const attributes = { T: attribute.type(x.dtype), Tperm: attribute.type('int32') };
  return x.graph.add('Transpose', { name, inputs: [x, intVector(x.graph, order, 'order')], attributes }).output;
}
