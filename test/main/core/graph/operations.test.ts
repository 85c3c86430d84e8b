import { afterAll, describe, expect, it } from 'vitest';
import {
  absolute, add, addN, biasAdd, concat, constant, conv2d, divide, elu, enlarge, errorFunction, exponential, gelu, gradients, Graph, greater,
  halfSquaredNorm, hardCrossEntropy, leakyRelu, logarithm, matrixProduct, maximum, maxPool, mean, minimum, multiply,
  negative, normalizeBy, normalizeByBatch, pad, placeholder, relu, relu6, reshape, scale, select, selu, Session, sigmoid,
  slice, slopedRelu, softCrossEntropy, softmax, silu, softplus, square, squareRoot, stackedProduct, subtract, sum, tanh, transpose, transposedConv2d,
  type Shape, type Tensor,
} from '../../../../src/main/core/graph/index.js';
import { heldTensors } from '../../../../src/main/core/graph/session.js';
import fixtures from '../../../fixtures/graph/operations.json' with { type: 'json' };
import { elements, pattern } from './pattern.js';

/** Operations take tensors first and a name last; the fixtures give tensors only. */
type Builder = (...inputs: never[]) => Tensor;

/** Softmax of the pattern of phase 7, the shares that the soft targets of the fixture have. */
function shares(graph: Graph): Tensor {
  return softmax(constant(graph, pattern(15, 7), [3, 5]));
}

const BUILDERS: Record<string, Builder> = {
  add,
  'add, broadcast': add,
  'subtract, broadcast': subtract,
  multiply,
  'multiply, broadcast': multiply,
  'divide, broadcast': divide,
  maximum,
  minimum,
  select: (x, y) => select(greater(x, y), x, y),
  negative,
  absolute,
  square,
  squareRoot,
  exponential,
  logarithm,
  scale: (x) => scale(x, 0.3),
  addN: (...all) => addN(all),
  matrixProduct,
  'matrixProduct, a transposed': (a, b) => matrixProduct(a, b, { transposeA: true }),
  'matrixProduct, b transposed': (a, b) => matrixProduct(a, b, { transposeB: true }),
  'matrixProduct, both transposed': (a, b) => matrixProduct(a, b, { transposeA: true, transposeB: true }),
  stackedProduct: (a, b) => stackedProduct(a, b),
  errorFunction,
  reshape: (x) => reshape(x, [-1, 4]),
  concat: (x, y) => concat([x, y], -1),
  slice: (x) => slice(x, [0, 1, 1], [-1, 2, 3]),
  pad: (x) => pad(x, [[0, 0], [1, 2], [0, 1]]),
  transpose: (x) => transpose(x, [2, 0, 1]),
  sum,
  'sum, one axis': (x) => sum(x, { axes: [1] }),
  mean,
  'mean, axes kept': (x) => mean(x, { axes: [1, 2], keepAxes: true }),
  halfSquaredNorm,
  relu,
  relu6,
  leakyRelu: (x) => leakyRelu(x, 0.2),
  elu,
  selu,
  softplus,
  sigmoid,
  tanh,
  gelu,
  silu,
  slopedRelu,
  softmax,
  'conv2d, same': (x, w) => conv2d(x, w),
  'conv2d, same, stride 2': (x, w) => conv2d(x, w, { stride: 2 }),
  'conv2d, same, stride 2, even sides': (x, w) => conv2d(x, w, { stride: 2 }),
  'conv2d, valid': (x, w) => conv2d(x, w, { padding: 'VALID' }),
  'conv2d, valid, stride 2': (x, w) => conv2d(x, w, { padding: 'VALID', stride: 2 }),
  'conv2d, 1x1': (x, w) => conv2d(x, w),
  'conv2d, same, dilation 2': (x, w) => conv2d(x, w, { dilation: 2 }),
  'conv2d, same, dilation 3, even sides': (x, w) => conv2d(x, w, { dilation: 3 }),
  'conv2d, valid, dilation 2': (x, w) => conv2d(x, w, { padding: 'VALID', dilation: 2 }),
  transposedConv2d: (x, w) => transposedConv2d(x, w, 2),
  biasAdd,
  maxPool: (x) => maxPool(x, 2),
  normalizeByBatch: (x, s, o) => normalizeByBatch(x, s, o, 1e-3).output,
  normalizeBy: (x, s, o, m, v) => normalizeBy(x, s, o, m, v, 1e-3),
  'enlarge, nearest': (x) => enlarge(x, 2, 'nearest'),
  'enlarge, bilinear': (x) => enlarge(x, 2, 'bilinear'),
  hardCrossEntropy: (x: Tensor) => hardCrossEntropy(x, constant(x.graph, Int32Array.of(3, 0, 4), [3])),
  softCrossEntropy: (x: Tensor) => softCrossEntropy(x, shares(x.graph)),
};

type Case = (typeof fixtures.cases)[number];

/**
 * How much of the inputs' shapes a graph is told. `open`: the first input as a batch of pictures or rows whose number and sides
 * only the run tells, as when a photograph of any size is colorized.
 */
const FORMS = {
  fixed: (shape: number[]): Shape => shape,
  open: (shape: number[], input: number): Shape => {
    if (input > 0) return shape;
    return shape.map((size, axis) => (axis === shape.length - 1 ? size : null));
  },
};

/** Element by element operations and joins must also take unknown sizes in all their inputs. */
const ALL_INPUTS_OPEN = new Set(['add', 'multiply', 'addN', 'concat']);
/** Products of matrices that are transposed need the last axis, the others the first; open sizes are tried on the plain one. */
const FIXED_ONLY = new Set(['matrixProduct, a transposed', 'matrixProduct, both transposed']);

function inputValues({ inputs }: Case): { data: Float32Array; shape: number[] }[] {
  return inputs.map(({ shape, scale: factor, offset }, i) => ({ data: pattern(elements(shape), i, factor, offset), shape }));
}

async function open(item: Case, form: keyof typeof FORMS) {
  const graph = new Graph();
  const shapes = item.inputs.map(({ shape }, i) => FORMS[form](shape, ALL_INPUTS_OPEN.has(item.name) ? 0 : i));
  const inputs = shapes.map((shape, i) => placeholder(graph, `x${i}`, 'float32', shape));
  const result = BUILDERS[item.name](...(inputs as never[]));
  const pulled = constant(graph, pattern(item.result.values.length, 5), item.result.shape);
  const loss = sum(multiply(result, pulled));
  const wanted = inputs.filter((_, i) => item.gradients[i] !== null);
  const derivatives = gradients(loss, wanted);
  const feeds = Object.fromEntries(inputs.map((input, i) => [`x${i}`, input]));
  return Session.open(graph, {
    forward: { inputs: feeds, outputs: { result, loss } },
    backward: { inputs: feeds, outputs: Object.fromEntries(derivatives.map((tensor, i) => [wanted[i].node.name, tensor])) },
  });
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const largest = Math.max(1, ...expected.map(Math.abs));
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - actual[i])));
  expect(worst / largest).toBeLessThan(tolerance);
}

describe('operations and their gradients', () => {
  it('are all in the fixtures', () => {
    expect(Object.keys(BUILDERS).sort()).toEqual(fixtures.cases.map(({ name }) => name).sort());
  });

  for (const form of Object.keys(FORMS) as (keyof typeof FORMS)[]) {
    describe(`with ${form} sizes`, () => {
      for (const item of fixtures.cases.filter(({ name }) => form === 'fixed' || !FIXED_ONLY.has(name))) {
        it(`${item.name} equals Python's values and finite differences`, async () => {
          const session = await open(item, form);
          try {
            comparePython(session, item);
            compareDifferences(session, item);
          } finally {
            session.close();
          }
        });
      }
    });
  }

  function feedsOf(values: { data: Float32Array; shape: number[] }[]) {
    return Object.fromEntries(values.map((value, i) => [`x${i}`, value]));
  }

  function comparePython(session: Session, item: Case): void {
    const { result } = session.run('forward', feedsOf(inputValues(item)));
    expect(result.shape).toEqual(item.result.shape);
    expectClose(result.data as Float32Array, item.result.values, 2e-5);
    const found = session.run('backward', feedsOf(inputValues(item)));
    item.gradients.forEach((gradient, i) => {
      if (gradient !== null) expectClose(found[`x${i}`].data as Float32Array, gradient, 2e-5);
    });
  }

  /** The slope of the loss along a direction, from two values of the loss, beside that of the gradient. */
  function compareDifferences(session: Session, item: Case): void {
    const step = 2e-3;
    const found = session.run('backward', feedsOf(inputValues(item)));
    item.gradients.forEach((gradient, i) => {
      if (gradient === null) return;
      const direction = pattern(gradient.length, 11);
      const lossAt = (distance: number): number => {
        const values = inputValues(item);
        values[i].data = values[i].data.map((value, k) => value + distance * direction[k]);
        return (session.run('forward', feedsOf(values), ['loss']).loss.data as Float32Array)[0];
      };
      const slope = (found[`x${i}`].data as Float32Array).reduce((total, value, k) => total + value * direction[k], 0);
      const measured = (lossAt(step) - lossAt(-step)) / (2 * step);
      expect(Math.abs(measured - slope)).toBeLessThan(0.01 * Math.max(1, Math.abs(slope)));
    });
  }

  afterAll(() => {
    expect(heldTensors()).toBe(0);
  });
});
