import { describe, expect, it } from 'vitest';
import {
  add, biasAdd, concat, constant, conv2d, gradients, Graph, GraphError, hardCrossEntropy, largest, matrixProduct, mean, minimize,
  placeholder, relu, reshape, scalar, sum, zeros, type Shape,
} from '../../../../src/main/core/graph/index.js';

function input(graph: Graph, shape: Shape, name = 'x') {
  return placeholder(graph, name, 'float32', shape);
}

describe('a graph', () => {
  it('gives nodes unique names inside scopes and puts variables at the root', () => {
    const graph = new Graph();
    const x = input(graph, [2]);
    const names = graph.scope('conv1', () => [relu(x).node.name, relu(x).node.name]);
    const variable = graph.scope('train', () => graph.variables.share({ name: 'conv1/weights', shape: [2], initializer: zeros }));
    expect(names).toEqual(['conv1/relu', 'conv1/relu_1']);
    expect(variable.handle.node.name).toBe('conv1/weights');
    expect(graph.find('conv1/relu_1')?.operation).toBe('Relu');
  });

  it('works out shapes with unknown sizes', () => {
    const graph = new Graph();
    const x = input(graph, [null, null, null, 8]);
    const filter = constant(graph, new Float32Array(3 * 3 * 8 * 4), [3, 3, 8, 4]);
    expect(conv2d(x, filter, { stride: 2 }).shape).toEqual([null, null, null, 4]);
    expect(concat([x, x], 3).shape).toEqual([null, null, null, 16]);
    expect(reshape(x, [-1, 8]).shape).toEqual([null, 8]);
    expect(add(x, input(graph, [8], 'y')).shape).toEqual([null, null, null, 8]);
    expect(mean(x, { axes: [1, 2], keepAxes: true }).shape).toEqual([null, 1, 1, 8]);
  });

  it.each<[string, (graph: Graph) => unknown, string]>([
    [
      'a filter for other channels',
      (graph) => graph.scope('conv3', () => conv2d(input(graph, [null, 9, 9, 24]), constant(graph, new Float32Array(9 * 32), [3, 3, 32, 1]))),
      'conv3/convolution (Conv2D): the filter takes 32 channels, the input conv3/x:0 float32 [?, 9, 9, 24] has 24',
    ],
    [
      'a filter larger than the picture',
      (graph) => conv2d(input(graph, [1, 2, 2, 1]), constant(graph, new Float32Array(9), [3, 3, 1, 1]), { padding: 'VALID' }),
      'convolution (Conv2D): a filter of 3x3 does not fit into x:0 float32 [1, 2, 2, 1]',
    ],
    [
      'matrices that do not fit',
      (graph) => matrixProduct(input(graph, [2, 3]), input(graph, [4, 5], 'y')),
      'MatMul (MatMul): x:0 float32 [2, 3] has 3 columns, y:0 float32 [4, 5] has 4 rows',
    ],
    [
      'shapes that do not broadcast',
      (graph) => add(input(graph, [2, 3]), input(graph, [2], 'y')),
      'AddV2 (AddV2): the shapes of x:0 float32 [2, 3] and y:0 float32 [2] do not fit',
    ],
    [
      'another type',
      (graph) => add(input(graph, [2]), placeholder(graph, 'y', 'int32', [2])),
      'AddV2 (AddV2): x:0 is float32, y:0 is int32',
    ],
    [
      'a bias for other channels',
      (graph) => biasAdd(input(graph, [1, 2, 2, 3]), input(graph, [4], 'b')),
      'bias_add (BiasAdd): the bias b:0 float32 [4] does not fit the channels of x:0 float32 [1, 2, 2, 3]',
    ],
    [
      'a target of another length',
      (graph) => hardCrossEntropy(input(graph, [5, 3]), placeholder(graph, 't', 'int32', [4])),
      'cross_entropy (SparseSoftmaxCrossEntropyWithLogits): the target t:0 int32 [4] does not fit the logits x:0 float32 [5, 3]',
    ],
    [
      'a shape of another count',
      (graph) => reshape(input(graph, [2, 3]), [4, 2]),
      'Reshape (Reshape): x:0 float32 [2, 3] cannot take the shape [4, 2]',
    ],
    [
      'a bad name',
      (graph) => input(graph, [1], 'my photo'),
      'my photo (Placeholder): the name may hold letters, digits and _ . - / only, and must begin with a letter or digit',
    ],
    [
      'a variable made twice',
      (graph) => [0, 1].map(() => graph.variables.create({ name: 'w', shape: [1], initializer: zeros })),
      'w (VarHandleOp): a variable of this name exists already',
    ],
    [
      'a variable shared as another shape',
      (graph) => [1, 2].map((size) => graph.variables.share({ name: 'w', shape: [size], initializer: zeros })),
      'w (VarHandleOp): the variable exists as float32 [1] and is asked for as float32 [2]',
    ],
    [
      'an unknown operation',
      (graph) => graph.add('Frobnicate'),
      'Frobnicate (Frobnicate): this operation is not known to the graph builder',
    ],
    [
      'an input from another graph',
      (graph) => graph.add('Relu', { inputs: [input(new Graph(), [1])] }),
      'Relu (Relu): its input x:0 belongs to another graph',
    ],
    [
      'a loss that is no scalar',
      (graph) => gradients(input(graph, [2]), []),
      'x (Placeholder): a loss is a float32 scalar, this is float32 [2]',
    ],
    [
      'a target that the loss does not depend on',
      (graph) => gradients(sum(input(graph, [2])), [input(graph, [2], 'y')]),
      'y (Placeholder): the loss Sum:0 does not depend on it, so that it has no gradient',
    ],
    [
      'an operation without a gradient',
      (graph) => {
        const x = input(graph, [2]);
        return gradients(largest(x, {}, 'peak'), [x]);
      },
      'peak (Max): the loss peak:0 depends on it, and no gradient is known for this operation',
    ],
  ])('refuses %s and says which node and why', (_, build, message) => {
    expect(() => build(new Graph())).toThrow(GraphError);
    expect(() => build(new Graph())).toThrow(message);
  });

  it('adds many contributions to a gradient in one operation', () => {
    const graph = new Graph();
    const x = graph.variables.create({ name: 'x', shape: [], initializer: zeros });
    const total = [1, 2, 3].map((factor) => add(x.value, scalar(graph, factor))).reduce((a, b) => add(a, b));
    minimize({ loss: total, variables: [x], rate: scalar(graph, 0.1), optimizer: { kind: 'sgd' } });
    expect(graph.nodes.filter(({ operation }) => operation === 'AddN')).toHaveLength(1);
  });
});
