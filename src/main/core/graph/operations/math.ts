/** Arithmetic element by element, and the matrix product. */
import { attribute } from '../attribute.js';
import type { Tensor } from '../graph.js';
import { defineOperation, gradientOfOne, requireFloat, sameAsFirst, type InferenceRequest, type OutputSpec } from '../operation.js';
import { broadcastShapes, compatible, formatShape, isStatic, mergeShapes, stretchedAxes } from '../shape.js';
import { intVector, reshape, scalar, shapeOf } from './array.js';

/* Two operands */

function elementwise({ inputs: [a, b], fail }: InferenceRequest): OutputSpec[] {
  if (a.dtype !== b.dtype) fail(`${a.name} is ${a.dtype}, ${b.name} is ${b.dtype}`);
  const shape = broadcastShapes(a.shape, b.shape) ?? fail(`the shapes of ${a.toString()} and ${b.toString()} do not fit`);
  return [{ dtype: a.dtype, shape }];
}

function comparison(request: InferenceRequest): OutputSpec[] {
  return [{ ...elementwise(request)[0], dtype: 'bool' }];
}

/** A gradient brought back to the shape of an operand that was broadcast: summed over the axes along which it was stretched. */
function unbroadcast(gradient: Tensor, operand: Tensor, other: Tensor): Tensor {
  const axes = stretchedAxes(operand.shape, other.shape);
  if (axes?.length === 0) return gradient;
  const axisTensor = axes === null ? broadcastAxes(operand, other) : intVector(gradient.graph, axes, 'axes');
  const sum = gradient.graph.add('Sum', {
    inputs: [gradient, axisTensor],
    attributes: { T: attribute.type(gradient.dtype), Tidx: attribute.type('int32'), keep_dims: attribute.bool(false) },
  }).output;
  return isStatic(operand.shape) && operand.shape.length === 0 ? sum : reshape(sum, shapeOf(operand));
}

defineOperation('BroadcastGradientArgs', {
  infer: () => [
    { dtype: 'int32', shape: [null] },
    { dtype: 'int32', shape: [null] },
  ],
  gradient: 'none',
});

/** The axes to sum over, where only the run can tell. */
function broadcastAxes(operand: Tensor, other: Tensor): Tensor {
  return operand.graph.add('BroadcastGradientArgs', {
    inputs: [shapeOf(operand), shapeOf(other)],
    attributes: { T: attribute.type('int32') },
  }).outputs[0];
}

/** Gradient of a two-operand operation from the derivative by each operand. */
function binaryGradient(byLeft: (flow: Tensor, a: Tensor, b: Tensor, y: Tensor) => Tensor, byRight: typeof byLeft) {
  return gradientOfOne((flow, node, needs) => {
    const [a, b] = node.inputs;
    const y = node.outputs[0];
    return [
      needs(0) ? unbroadcast(byLeft(flow, a, b, y), a, b) : null,
      needs(1) ? unbroadcast(byRight(flow, a, b, y), b, a) : null,
    ];
  });
}

defineOperation('AddV2', { infer: elementwise, gradient: binaryGradient((flow) => flow, (flow) => flow) });
defineOperation('Sub', { infer: elementwise, gradient: binaryGradient((flow) => flow, (flow) => negative(flow)) });
defineOperation('Mul', {
  infer: elementwise,
  gradient: binaryGradient((flow, _a, b) => multiply(flow, b), (flow, a) => multiply(flow, a)),
});
defineOperation('RealDiv', {
  infer: elementwise,
  gradient: binaryGradient(
    (flow, _a, b) => divide(flow, b),
    (flow, _a, b, y) => negative(divide(multiply(flow, y), b)),
  ),
});
for (const name of ['Maximum', 'Minimum'] as const) {
  const leftWins = name === 'Maximum' ? greaterEqual : lessEqual;
  defineOperation(name, {
    infer: elementwise,
    gradient: binaryGradient(
      (flow, a, b) => select(leftWins(a, b), flow, zerosLike(flow)),
      (flow, a, b) => select(leftWins(a, b), zerosLike(flow), flow),
    ),
  });
}
defineOperation('FloorMod', { infer: elementwise, gradient: 'none' });
for (const name of ['Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal']) {
  defineOperation(name, { infer: comparison, gradient: 'none' });
}

function binary(operation: string, a: Tensor, b: Tensor, name?: string): Tensor {
  return a.graph.add(operation, { name, inputs: [a, b], attributes: { T: attribute.type(a.dtype) } }).output;
}

/** a + b */
export const add = (a: Tensor, b: Tensor, name?: string): Tensor => binary('AddV2', a, b, name);
/** a - b */
export const subtract = (a: Tensor, b: Tensor, name?: string): Tensor => binary('Sub', a, b, name);
/** a · b, element by element */
export const multiply = (a: Tensor, b: Tensor, name?: string): Tensor => binary('Mul', a, b, name);
/** a / b */
export const divide = (a: Tensor, b: Tensor, name?: string): Tensor => binary('RealDiv', a, b, name);
/** The larger of a and b; at equality the gradient goes to a, as in TensorFlow. */
export const maximum = (a: Tensor, b: Tensor, name?: string): Tensor => binary('Maximum', a, b, name);
/** The smaller of a and b; at equality the gradient goes to a. */
export const minimum = (a: Tensor, b: Tensor, name?: string): Tensor => binary('Minimum', a, b, name);
/** a > b */
export function greater(a: Tensor, b: Tensor, name?: string): Tensor {
  return binary('Greater', a, b, name);
}
/** a >= b */
export function greaterEqual(a: Tensor, b: Tensor, name?: string): Tensor {
  return binary('GreaterEqual', a, b, name);
}
/** a <= b */
export function lessEqual(a: Tensor, b: Tensor, name?: string): Tensor {
  return binary('LessEqual', a, b, name);
}

/** a = b */
export function equal(a: Tensor, b: Tensor, name?: string): Tensor {
  return binary('Equal', a, b, name);
}

/* Choice */

defineOperation('SelectV2', {
  infer: ({ inputs: [condition, a, b], fail }) => {
    if (condition.dtype !== 'bool') fail(`the condition ${condition.name} is ${condition.dtype}, not bool`);
    if (a.dtype !== b.dtype) fail(`${a.name} is ${a.dtype}, ${b.name} is ${b.dtype}`);
    const inner = broadcastShapes(a.shape, b.shape);
    const shape = (inner && broadcastShapes(condition.shape, inner)) ?? fail(`the shapes of ${condition.toString()}, ${a.toString()} and ${b.toString()} do not fit`);
    return [{ dtype: a.dtype, shape }];
  },
  gradient: gradientOfOne((flow, node, needs) => {
    const [condition, a, b] = node.inputs;
    const y = node.outputs[0];
    return [
      null,
      needs(1) ? unbroadcast(select(condition, flow, zerosLike(flow)), a, y) : null,
      needs(2) ? unbroadcast(select(condition, zerosLike(flow), flow), b, y) : null,
    ];
  }),
});
defineOperation('ZerosLike', { infer: sameAsFirst, gradient: 'none' });

/** a where the condition holds, b elsewhere. */
export function select(condition: Tensor, a: Tensor, b: Tensor, name?: string): Tensor {
  return a.graph.add('SelectV2', { name, inputs: [condition, a, b], attributes: { T: attribute.type(a.dtype) } }).output;
}

/** Zeros of the same shape. */
export function zerosLike(x: Tensor): Tensor {
  return x.graph.add('ZerosLike', { inputs: [x], attributes: { T: attribute.type(x.dtype) } }).output;
}

/* One operand */

function unary(operation: string, x: Tensor, name?: string): Tensor {
  return x.graph.add(operation, { name, inputs: [x], attributes: { T: attribute.type(x.dtype) } }).output;
}

function defineUnary(name: string, derivative: ((flow: Tensor, x: Tensor, y: Tensor) => Tensor) | 'none'): void {
  defineOperation(name, {
    infer: sameAsFirst,
    gradient: derivative === 'none' ? 'none' : gradientOfOne((flow, node) => [derivative(flow, node.inputs[0], node.outputs[0])]),
  });
}

/** A number as a scalar of the graph of x. */
const number = (x: Tensor, value: number): Tensor => scalar(x.graph, value);

defineUnary('Neg', (flow) => negative(flow));
defineUnary('Abs', (flow, x) => multiply(flow, sign(x)));
defineUnary('Sign', 'none');
defineUnary('Square', (flow, x) => multiply(flow, multiply(x, number(x, 2))));
defineUnary('Sqrt', (flow, _x, y) => nativeGradient('SqrtGrad', y, flow));
defineUnary('Exp', (flow, _x, y) => multiply(flow, y));
defineUnary('Log', (flow, x) => divide(flow, x));
defineUnary('Erf', (flow, x) => multiply(flow, scale(exponential(negative(square(x))), 2 / Math.sqrt(Math.PI))));

/** -x */
export function negative(x: Tensor, name?: string): Tensor {
  return unary('Neg', x, name);
}
/** |x|; the gradient at 0 is 0. */
export const absolute = (x: Tensor, name?: string): Tensor => unary('Abs', x, name);
/** -1, 0 or 1 */
export function sign(x: Tensor, name?: string): Tensor {
  return unary('Sign', x, name);
}
/** x² */
export const square = (x: Tensor, name?: string): Tensor => unary('Square', x, name);
/** √x */
export const squareRoot = (x: Tensor, name?: string): Tensor => unary('Sqrt', x, name);
/** eˣ */
export const exponential = (x: Tensor, name?: string): Tensor => unary('Exp', x, name);
/** Natural logarithm. */
export const logarithm = (x: Tensor, name?: string): Tensor => unary('Log', x, name);
/** Gauss's error function. */
export const errorFunction = (x: Tensor, name?: string): Tensor => unary('Erf', x, name);

/** x · factor */
export function scale(x: Tensor, factor: number, name?: string): Tensor {
  return multiply(x, number(x, factor), name);
}

/** TensorFlow's own gradient kernels of the form f(y or x, flow). */
export function nativeGradient(operation: string, known: Tensor, flow: Tensor): Tensor {
  return known.graph.add(operation, { inputs: [known, flow], attributes: { T: attribute.type(flow.dtype) } }).output;
}
for (const name of ['SqrtGrad', 'SigmoidGrad', 'TanhGrad']) {
  defineOperation(name, { infer: sameAsFirst });
}

/* Many operands */

defineOperation('AddN', {
  infer: ({ inputs, fail }) => {
    const [first] = inputs;
    const odd = inputs.find((x) => x.dtype !== first.dtype || !compatible(x.shape, first.shape));
    if (odd) fail(`${odd.toString()} cannot be added to ${first.toString()}`);
    return [{ dtype: first.dtype, shape: inputs.reduce((shape, x) => mergeShapes(shape, x.shape), first.shape) }];
  },
  gradient: ({ node, flow }) => node.inputs.map(() => flow[0]),
});

/** Sum of tensors of one shape in a single operation; the tensor itself where there is one only. */
export function addN(tensors: readonly Tensor[], name?: string): Tensor {
  if (tensors.length === 1) return tensors[0];
  const [{ graph, dtype }] = tensors;
  const attributes = { N: attribute.int(tensors.length), T: attribute.type(dtype) };
  return graph.add('AddN', { name, inputs: tensors, attributes }).output;
}

/* Matrix product */

defineOperation('MatMul', {
  infer: (request) => {
    requireFloat(request);
    const { inputs: [a, b], fail } = request;
    if (a.shape.length !== 2 || b.shape.length !== 2) fail(`it multiplies matrices, not ${formatShape(a.shape)} and ${formatShape(b.shape)}`);
    const ta = Number(request.attribute('transpose_a', 'bool'));
    const tb = Number(request.attribute('transpose_b', 'bool'));
    const [innerA, innerB] = [a.shape[1 - ta], b.shape[tb]];
    if (innerA !== null && innerB !== null && innerA !== innerB) fail(`${a.toString()} has ${innerA} columns, ${b.toString()} has ${innerB} rows`);
    return [{ dtype: 'float32', shape: [a.shape[ta], b.shape[1 - tb]] }];
  },
  gradient: gradientOfOne((flow, node, needs) => {
    const [a, b] = node.inputs;
    const ta = node.attribute('transpose_a', 'bool');
    const tb = node.attribute('transpose_b', 'bool');
    const byA = () => (ta ? matrixProduct(b, flow, { transposeA: tb, transposeB: true }) : matrixProduct(flow, b, { transposeB: !tb }));
    const byB = () => (tb ? matrixProduct(flow, a, { transposeA: true, transposeB: ta }) : matrixProduct(a, flow, { transposeA: !ta }));
    return [needs(0) ? byA() : null, needs(1) ? byB() : null];
  }),
});

/** Product of matrices [m, k] and [k, n]; either may be given transposed. */
export function matrixProduct(a: Tensor, b: Tensor, { transposeA = false, transposeB = false } = {}, name?: string): Tensor {
  return a.graph.add('MatMul', {
    name,
    inputs: [a, b],
    attributes: { T: attribute.type('float32'), transpose_a: attribute.bool(transposeA), transpose_b: attribute.bool(transposeB) },
  }).output;
}

/* Matrix products side by side */

defineOperation('BatchMatMulV2', {
  infer: (request) => {
    requireFloat(request);
    const { inputs: [a, b], fail } = request;
    if (a.shape.length !== 3 || b.shape.length !== 3) fail(`it multiplies stacks of matrices, not ${formatShape(a.shape)} and ${formatShape(b.shape)}`);
    if (!compatible(a.shape.slice(0, 1), b.shape.slice(0, 1))) fail(`the stacks ${a.toString()} and ${b.toString()} are not of one height`);
    const ta = Number(request.attribute('adj_x', 'bool'));
    const tb = Number(request.attribute('adj_y', 'bool'));
    const [innerA, innerB] = [a.shape[2 - ta], b.shape[1 + tb]];
    if (innerA !== null && innerB !== null && innerA !== innerB) fail(`${a.toString()} has ${innerA} columns, ${b.toString()} has ${innerB} rows`);
    return [{ dtype: 'float32', shape: [a.shape[0] ?? b.shape[0], a.shape[1 + ta], b.shape[2 - tb]] }];
  },
  gradient: gradientOfOne((flow, node, needs) => {
    const [a, b] = node.inputs;
    if (node.attribute('adj_x', 'bool') || node.attribute('adj_y', 'bool')) throw new Error(`${node.name}: no gradient is known where a stack is transposed`);
    return [
      needs(0) ? stackedProduct(flow, b, { transposeB: true }) : null,
      needs(1) ? stackedProduct(a, flow, { transposeA: true }) : null,
    ];
  }),
});

/** Product of two stacks of matrices, [n, m, k] and [n, k, p], pair by pair; either may be given transposed. @returns [n, m, p] */
export function stackedProduct(a: Tensor, b: Tensor, { transposeA = false, transposeB = false } = {}, name?: string): Tensor {
  return a.graph.add('BatchMatMulV2', {
    name,
    inputs: [a, b],
    attributes: { T: attribute.type('float32'), adj_x: attribute.bool(transposeA), adj_y: attribute.bool(transposeB) },
  }).output;
}
