import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeGraphInPieces, encodeMessage } from '../../../../src/main/core/graph-files/message-file.js';
import { freezeFile } from '../../../../src/main/core/graph-running/freeze-file.js';
import { IsolatedGraph, USUAL_LIMITS } from '../../../../src/main/core/graph-running/isolated-graph.js';
import { verifyFrozen, type VerifyOptions } from '../../../../src/main/core/graph-running/verify.js';
import { messageType, type GraphMessage, type NodeMessage } from '../../../../src/main/core/graph/schema.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { fromPs, residentMemory } from '../../../../src/main/core/resident-memory.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const FLOAT = { type: 1 };
const options: VerifyOptions = { feeds: new Map(), allow: [], limits: USUAL_LIMITS, seed: 1 };

function weights(name: string, values: Float32Array, shape: number[]): NodeMessage {
  const tensorContent = Buffer.from(values.buffer);
  return { name, op: 'Const', input: [], attr: { dtype: FLOAT, value: { tensor: { dtype: 1, tensorShape: { dim: shape.map((size) => ({ size })) }, tensorContent } } } };
}

/** y = operation(x, weights) */
function graphOf(values: Float32Array, op: string, attr: NodeMessage['attr'], shape = [values.length]): GraphMessage {
  const x: NodeMessage = { name: 'x', op: 'Placeholder', input: [], attr: { dtype: FLOAT, shape: { shape: { dim: [{ size: -1 }, { size: shape[0] }] } } } };
  return { node: [x, weights('w', values, shape), { name: 'y', op, input: ['x', 'w'], attr: { T: FLOAT, ...attr } }], versions: { producer: 1087 } };
}

async function proof(right: GraphMessage, frozen: GraphMessage) {
  const source = { path: 'graph.pb', format: 'GraphDef' as const, text: false, bytes: 0, graph: right };
  return verifyFrozen(source, { graph: frozen, outputs: ['y'], variables: 0 }, undefined, options, quietContext());
}

describe('the proof of a frozen graph', () => {
  it('measures differences by the size of the values, however small these are', async () => {
    const scaled = (by: number) => graphOf(Float32Array.from({ length: 64 }, () => by), 'Mul', {});
    const { inputs, outputs } = await proof(scaled(1e-6), scaled(1e-6 * (1 + 1e-6)));
    expect(inputs).toBe(3);
    expect(outputs[0].largestDifference).toBeGreaterThan(0);
    expect(outputs[0].largestValue).toBeLessThan(3e-4);
    await expect(proof(scaled(1e-6), scaled(1.001e-6))).rejects.toThrow(/y differs by up to .*e-.* where its largest value is/);
  });

  it('says which values are no numbers, and takes them for no proof', async () => {
    // The root of x + w is NaN for the numbers below zero of the first input only.
    const root = (w: number): GraphMessage => {
      const graph = graphOf(Float32Array.of(w, w), 'AddV2', {});
      return { ...graph, node: [...graph.node.map((node) => (node.name === 'y' ? { ...node, name: 'sum' } : node)), { name: 'y', op: 'Sqrt', input: ['sum'], attr: { T: FLOAT } }] };
    };
    const { notNumbers, values } = await proof(root(0), root(0));
    expect(notNumbers).toBeGreaterThan(0);
    expect(notNumbers).toBeLessThan(values);
    await expect(proof(root(0), root(0.5))).rejects.toThrow(/differs by up to/);
    await expect(proof(root(NaN), root(NaN))).rejects.toThrow(/y is NaN everywhere/);
  });

  it('finds a wrong value in large weights, which are mapped from a file', async () => {
    const side = 200;
    const values = Float32Array.from({ length: side * side }, (_, i) => Math.sin(i));
    const graph = (changed: Float32Array) => graphOf(changed, 'MatMul', { transpose_a: { b: false }, transpose_b: { b: false } }, [side, side]);
    expect((await proof(graph(values), graph(values.slice()))).largestDifference).toBe(0);
    const wrong = values.with(777, values[777] + 0.1);
    await expect(proof(graph(values), graph(wrong))).rejects.toThrow(/does not give the same answer/);
  });
});

describe('large graphs', () => {
  it('are written in pieces that are the same bytes as the whole', () => {
    const graph = graphOf(Float32Array.from({ length: 600_000 }, (_, i) => i), 'Mul', {});
    const whole = encodeMessage(messageType('GraphDef'), graph);
    const pieces = [...encodeGraphInPieces(graph)];
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).equals(whole)).toBe(true);
  });

  it('are the same, mapped or not', async () => {
    const graph = graphOf(Float32Array.from({ length: 30_000 }, (_, i) => Math.cos(i)), 'Mul', {});
    const feeds = [{ tensor: 'x:0', dtype: 'float32' as const, shape: [1, 30_000], data: new Float32Array(30_000).fill(3) }];
    const isolated = IsolatedGraph.open();
    try {
      await isolated.load(graph, { mapped: true });
      const { results: [mapped] } = await isolated.run(feeds, ['y:0']);
      await isolated.load(graph);
      const { results: [usual] } = await isolated.run(feeds, ['y:0']);
      expect(mapped).toEqual(usual);
      expect(usual.data[1]).toBeCloseTo(3 * Math.cos(1), 6);
    } finally {
      await isolated.close();
    }
  });
});

describe('large constants within a loop of TensorFlow 1', () => {
  it('stay in its frame, where nothing from outside can be read', async () => {
    const [int, count] = [{ type: 3 }, 20_000];
    const scalar = (name: string, value: number, after: string[] = []): NodeMessage => ({ name, op: 'Const', input: after, attr: { dtype: int, value: { tensor: { dtype: 3, tensorShape: { dim: [] }, intVal: [value] } } } });
    const frame = { frame_name: { s: Buffer.from('loop') }, is_constant: { b: false }, parallel_iterations: { i: 10 } };
    const pair = (name: string, T: { type: number }): NodeMessage[] => [
      { name: `${name}/enter`, op: 'Enter', input: [name === 'i' ? 'zero' : 'x'], attr: { T, ...frame } },
      { name: `${name}/merge`, op: 'Merge', input: [`${name}/enter`, `${name}/next`], attr: { T, N: { i: 2 } } },
      { name: `${name}/switch`, op: 'Switch', input: [`${name}/merge`, 'more'], attr: { T } },
      { name: `${name}/exit`, op: 'Exit', input: [`${name}/switch`], attr: { T } },
    ];
    const large = weights('w', new Float32Array(count).fill(0.5), [count]);
    const nodes: NodeMessage[] = [
      { name: 'x', op: 'Placeholder', input: [], attr: { dtype: FLOAT, shape: { shape: { dim: [{ size: count }] } } } },
      scalar('zero', 0), ...pair('i', int), ...pair('y', FLOAT),
      scalar('limit', 3, ['^i/merge']), scalar('one', 1, ['^inside']),
      { name: 'less', op: 'Less', input: ['i/merge', 'limit'], attr: { T: int } },
      { name: 'more', op: 'LoopCond', input: ['less'], attr: {} },
      { name: 'inside', op: 'Identity', input: ['i/switch:1'], attr: { T: int } },
      { ...large, input: ['^inside'] },
      { name: 'i/add', op: 'AddV2', input: ['inside', 'one'], attr: { T: int } },
      { name: 'i/next', op: 'NextIteration', input: ['i/add'], attr: { T: int } },
      { name: 'y/mul', op: 'Mul', input: ['y/switch:1', 'w'], attr: { T: FLOAT } },
      { name: 'y/next', op: 'NextIteration', input: ['y/mul'], attr: { T: FLOAT } },
      { name: 'y', op: 'Identity', input: ['y/exit'], attr: { T: FLOAT } },
    ];
    const graph = { node: nodes, versions: { producer: 1087 } };
    const { largestDifference, outputs } = await proof(graph, graph);
    expect(largestDifference).toBe(0);
    expect(outputs[0].largestValue).toBeGreaterThan(20);
    expect(outputs[0].largestValue).toBeLessThanOrEqual(255 / 8);
  });
});

describe('layers models of TensorFlow.js', () => {
  const dense = { class_name: 'Dense', config: { name: 'd', units: 1, use_bias: false, batch_input_shape: [null, 1] } };
  const model = (paths: string[]) => JSON.stringify({ modelTopology: { class_name: 'Sequential', config: [dense] }, weightsManifest: [{ paths, weights: [{ name: 'd/kernel', shape: [1, 1], dtype: 'float32' }] }] });

  it('run within the limits of other graphs', async () => {
    const folder = await temporaryFolder('layers-limits');
    await writeFile(join(folder, 'model.json'), model(['w.bin']));
    await writeFile(join(folder, 'w.bin'), Buffer.from(Float32Array.of(2).buffer));
    const freeze = (memory: number) => freezeFile({ ...options, graph: folder, outputs: [], out: join(folder, 'out.pb'), overwrite: false, loaders: false, limits: { seconds: 60, memory } }, quietContext());
    await expect(freeze(2 ** 20)).rejects.toThrow(/took more than 1 MB of memory/);
    expect((await freeze(2 ** 31)).outputs[0].name).toBe('d');
  });

  it('are refused where their weights are too large together, before anything is read', async () => {
    const folder = await temporaryFolder('layers-large');
    await writeFile(join(folder, 'model.json'), model(['a.bin', 'b.bin']));
    for (const name of ['a.bin', 'b.bin']) {
      await writeFile(join(folder, name), '');
      await truncate(join(folder, name), 700 * 2 ** 20);
    }
    const freeze = freezeFile({ ...options, graph: folder, outputs: [], out: join(folder, 'out.pb'), overwrite: false, loaders: false }, quietContext());
    await expect(freeze).rejects.toThrow(/weights of .* are larger than 1,024 MB together/);
  });
});

describe('the memory of another process', () => {
  it.skipIf(process.platform === 'win32')('is the same by the system files and by ps', async () => {
    const [own, byPs] = await Promise.all([residentMemory([process.pid]), fromPs([process.pid])]);
    expect(own).toBeGreaterThan(30 * 2 ** 20);
    expect(Math.abs(byPs / own - 1)).toBeLessThan(0.3);
  });
});
