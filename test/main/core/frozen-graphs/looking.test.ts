import { describe, expect, it } from 'vitest';
import { differenceOfGraphs } from '../../../../src/main/core/frozen-graphs/graph-difference.js';
import { nodeDetails } from '../../../../src/main/core/frozen-graphs/node-details.js';
import { listNodes } from '../../../../src/main/core/frozen-graphs/node-list.js';
import { summarize } from '../../../../src/main/core/frozen-graphs/summary.js';
import { readGraphFile } from '../../../../src/main/core/graph-files/graph-file.js';
import { isAllowed } from '../../../../src/main/core/graph-operations/allowed.js';
import type { GraphMessage, NodeMessage } from '../../../../src/main/core/graph/schema.js';
import { fixture } from './fixtures.js';

const floats = (values: number[]): NodeMessage => ({
  name: 'w', op: 'Const', input: [], attr: { dtype: { type: 1 }, value: { tensor: { dtype: 1, tensorShape: { dim: [{ size: values.length }] }, floatVal: values } } },
});

describe('looking into a graph', () => {
  it('a summary says what goes in, what comes out and what it is made of', async () => {
    const summary = summarize(await readGraphFile(fixture('convolution-resources', 'model.ckpt.meta')));
    expect(summary.inputs).toContainEqual({ name: 'picture', type: 'float32', shape: [null, 8, 8, 1], optional: false });
    expect(summary.outputs.find(({ name }) => name === 'distribution')).toEqual({ name: 'distribution', type: 'float32', shape: [null, 3], operation: 'Softmax' });
    // Python counts them: 36 + 4·4 + 192 + 3 of the network, once more for each of Adam's two slots of the trainable 36 + 8 + 192 + 3, two powers, and the step
    expect(summary.variables.parameters).toBe(247 + 2 * 239 + 2 + 1);
    expect(summary.versions.tensorflow).toMatch(/^2\./);
    expect(summary.forbidden.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['SaveV2', 'RestoreV2']));
  });

  it('nodes are found by name or operation', async () => {
    const { graph } = await readGraphFile(fixture('control-2-resources', 'graph.pb'));
    expect(listNodes(graph, 'WHILE').map(({ operation }) => operation)).toContain('While');
    expect(listNodes(graph).length).toBe(graph.node.length);
    expect(listNodes(graph, 'cond').flatMap(({ calls }) => calls).length).toBeGreaterThan(1);
  });

  it('a constant is told in figures, and the way from a node to the output is the shortest', async () => {
    const { graph } = await readGraphFile(fixture('gather-references', 'python-frozen.pb'));
    const { constant, path, readers } = nodeDetails(graph, 'table');
    expect([constant?.count, constant?.shape, constant?.histogram.reduce((a, b) => a + b)]).toEqual([21, [7, 3], 21]);
    const sines = Array.from({ length: 21 }, (_, i) => Math.sin(i * 1.7 + 1));
    expect(constant?.mean).toBeCloseTo(sines.reduce((a, b) => a + b) / 21, 6);
    expect(constant?.largest).toBeCloseTo(Math.max(...sines), 6);
    expect([path[0], path.at(-1)]).toEqual(['table', 'rows']);
    expect(readers.length).toBeGreaterThan(0);
    expect(() => nodeDetails(graph, 'tabel')).toThrow('The graph has no node tabel. Did you mean table?');
  });

  it('the difference of two graphs names what changed, values included', () => {
    const relu = (op: string): NodeMessage => ({ name: 'y', op, input: ['w'], attr: { T: { type: 1 } } });
    const first: GraphMessage = { node: [floats([1, 2, 3]), relu('Relu'), { name: 'old', op: 'NoOp', input: [] }] };
    const second: GraphMessage = { node: [floats([1, 2.5, 3]), relu('Elu'), { name: 'new', op: 'NoOp', input: [] }] };
    const difference = differenceOfGraphs(first, second);
    expect(difference.onlyFirst).toEqual([{ name: 'old', operation: 'NoOp' }]);
    expect(difference.onlySecond).toEqual([{ name: 'new', operation: 'NoOp' }]);
    expect(difference.changed.map(({ name, changes }) => [name, changes])).toEqual([['w', ['1 of 3 values differ, by up to 0.500']], ['y', ['operation Elu instead of Relu']]]);
    expect(differenceOfGraphs(first, first)).toEqual({ onlyFirst: [], onlySecond: [], changed: [], same: 3 });
  });

  it('the difference of two graphs looks into functions', () => {
    const graph = (op: string, result: string, extra: string): GraphMessage => ({
      node: [],
      library: {
        function: [
          {
            signature: { name: 'f', inputArg: [{ name: 'x', type: 1 }], outputArg: [{ name: 'y', type: 1 }] }, ret: { y: result },
            nodeDef: [{ name: 'a', op, input: ['x'], attr: { T: { type: 1 } } }, { name: 'b', op: 'Neg', input: ['a:activations:0'], attr: { T: { type: 1 } } }],
          },
          { signature: { name: extra } },
        ],
      },
    });
    const first = graph('Relu', 'b:y:0', 'g');
    expect(differenceOfGraphs(first, graph('Elu', 'a:activations:0', 'h'))).toEqual({
      onlyFirst: [{ name: 'g', operation: 'function' }], onlySecond: [{ name: 'h', operation: 'function' }],
      changed: [
        { name: 'f', operation: 'function', changes: ['gives y (float32) from a:activations:0 instead of y (float32) from b:y:0'] },
        { name: 'f/a', operation: 'Relu', changes: ['operation Elu instead of Relu'] },
      ],
      same: 1,
    });
    expect(differenceOfGraphs(first, first)).toEqual({ onlyFirst: [], onlySecond: [], changed: [], same: 2 });
  });

  it('20,000 nodes in one chain are listed', () => {
    const node = Array.from({ length: 20_000 }, (_, i): NodeMessage => ({ name: `n${i}`, op: i === 0 ? 'Placeholder' : 'Relu', input: i === 0 ? [] : [`n${i - 1}`], attr: { T: { type: 1 } } }));
    expect(listNodes({ node }).length).toBe(20_000);
    expect(nodeDetails({ node }, 'n0').path.length).toBe(20_000);
  });
});

describe('the list of operations that may run', () => {
  it.each(['Conv2D', 'MatMul', 'While', 'PartitionedCall', 'VarHandleOp', 'TensorArrayV3', 'StridedSlice', 'Assert', 'RandomUniform', 'TensorListStack'])('%s computes', (operation) => expect(isAllowed(operation)).toBe(true));
  it.each(['ReadFile', 'WriteFile', 'PyFunc', 'EagerPyFunc', 'SaveV2', 'RestoreV2', 'Print', 'PrintV2', 'RemoteCall', 'ImmutableConst', 'TFRecordReaderV2', 'LMDBReader', 'DebugIdentityV2', 'Abort', 'RpcCall', 'MatchingFiles', 'FileSystemSetConfiguration',
    'InitializeTableFromTextFileV2', 'LoadAndRemapMatrix', 'FixedUnigramCandidateSampler', 'TensorDataset', 'QueueDequeueV2', 'NoSuchOperation', 'toString', 'DecodeJpeg'])('%s does not run by itself', (operation) => expect(isAllowed(operation)).toBe(false));
});
