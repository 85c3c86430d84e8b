import { afterAll, describe, expect, it } from 'vitest';
import { freezeGraph } from '../../../../src/main/core/frozen-graphs/freeze.js';
import { proposeOutputs } from '../../../../src/main/core/frozen-graphs/proposals.js';
import { signatureOutputs } from '../../../../src/main/core/frozen-graphs/signature-outputs.js';
import { everyNode } from '../../../../src/main/core/frozen-graphs/summary.js';
import { isVariable } from '../../../../src/main/core/frozen-graphs/variable-nodes.js';
import { readGraphFile } from '../../../../src/main/core/graph-files/graph-file.js';
import { encodeMessage } from '../../../../src/main/core/graph-files/message-file.js';
import { arrayOf } from '../../../../src/main/core/graph-running/fetched-array.js';
import { Feeder } from '../../../../src/main/core/graph-running/feeder.js';
import { IsolatedGraph } from '../../../../src/main/core/graph-running/isolated-graph.js';
import { npyBytes } from '../../../../src/main/core/graph-running/npy.js';
import { makeRunnable } from '../../../../src/main/core/graph-running/runnable.js';
import { messageType, type GraphMessage } from '../../../../src/main/core/graph/schema.js';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { CASES, fixture, OLD_STYLE } from './fixtures.js';

const process = IsolatedGraph.open();
afterAll(() => process.close());

/** What a graph answers to the fixture's own feeds. */
async function answers(graph: GraphMessage, name: string, feedNames: Record<string, string>, outputs: readonly string[]): Promise<number[][]> {
  const folder = await temporaryFolder('freeze');
  const { feeds } = CASES[name];
  const runnable = makeRunnable(graph, Object.keys(feeds).map((feed) => feedNames[feed] ?? feed), outputs);
  const sources = await Promise.all(Object.entries(feeds).map(async ([feed, { shape, values }]) => {
    const path = join(folder, `${feed}.npy`);
    await writeFile(path, npyBytes({ shape, values: Float64Array.from(values) }));
    return [feedNames[feed] ?? feed, { kind: 'file', path }] as const;
  }));
  await process.load(runnable.graph);
  const { results } = await process.run(await new Feeder(graph, 1).feeds(runnable.feeds, new Map(sources)), runnable.fetches.map(({ tensor }) => tensor));
  return results.map((result, i) => Array.from(arrayOf(result, runnable.fetches[i]).values as ArrayLike<number | bigint>, Number));
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  found.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected[i]))));
}

describe('freezing', () => {
  it.each(OLD_STYLE)('%s answers as Python did before it was frozen', async (name) => {
    const { outputs, results } = CASES[name];
    const { graph } = await freezeGraph(await readGraphFile(fixture(name, 'graph.pb')), outputs, fixture(name, 'model.ckpt'));
    expect([...everyNode(graph)].filter(isVariable)).toEqual([]);
    const found = await answers(graph, name, {}, outputs);
    results.forEach(({ values }, i) => expectClose(found[i], values));
  });

  it.each(OLD_STYLE)('%s comes out the same from the text and from the .meta file', async (name) => {
    const frozen = async (file: string) => {
      const { graph } = await freezeGraph(await readGraphFile(fixture(name, file)), CASES[name].outputs, fixture(name, 'model.ckpt'));
      return graph.node.map(({ name: node, op, input }) => [node, op, input]);
    };
    const binary = await frozen('graph.pb');
    expect(await frozen('graph.pbtxt')).toEqual(binary);
    expect(await frozen('model.ckpt.meta')).toEqual(binary);
  });

  it.each([['saved-module', 'serving_default_x'], ['saved-keras', 'serving_default_picture']])('%s, a SavedModel of TensorFlow 2, answers as Python did', async (name, feed) => {
    const source = await readGraphFile(fixture(name));
    const named = signatureOutputs(source, []);
    expect(named.outputs).toEqual(CASES[name].outputs);
    const { graph } = await freezeGraph({ ...source, graph: named.graph }, named.outputs, fixture(name, 'variables/variables'));
    expect([...everyNode(graph)].filter(isVariable)).toEqual([]);
    const [found] = await answers(graph, name, { [Object.keys(CASES[name].feeds)[0]]: feed }, named.outputs);
    expectClose(found, CASES[name].results[0].values);
  });

  it.each(['many-parts-references', 'many-parts-resources'])('%s finds the parts by their names alone, where the graph says nothing of restoring', async (name) => {
    const { graph } = await readGraphFile(fixture(name, 'graph.pb'));
    const bare = { ...graph, node: graph.node.filter((node) => !node.name.startsWith('save/')) };
    const frozen = await freezeGraph({ graph: bare }, CASES[name].outputs, fixture(name, 'model.ckpt'));
    const [found] = await answers(frozen.graph, name, {}, CASES[name].outputs);
    expectClose(found, CASES[name].results[0].values);
  });

  it('leaves out what the outputs do not need', async () => {
    const { graph } = await freezeGraph(await readGraphFile(fixture('convolution-resources', 'graph.pb')), ['distribution'], fixture('convolution-resources', 'model.ckpt'));
    const python = await readGraphFile(fixture('convolution-resources', 'python-frozen.pb'));
    expect(graph.node.map(({ name }) => name).sort()).toEqual(python.graph.node.map(({ name }) => name).sort());
    expect(encodeMessage(messageType('GraphDef'), graph).length).toBeLessThan(4000);
  });

  it('refuses what cannot be frozen, with the node and the reason', async () => {
    const source = await readGraphFile(fixture('convolution-references', 'graph.pb'));
    const checkpoint = fixture('convolution-references', 'model.ckpt');
    const frozen = (outputs: string[], from: string | undefined = checkpoint) => freezeGraph(source, outputs, from);
    await expect(frozen(['train'])).rejects.toThrow(/\(ApplyAdam\) cannot be frozen: it changes a variable/);
    await expect(frozen(['distributon'])).rejects.toThrow('The graph has no node distributon. Did you mean distribution?');
    await expect(frozen([])).rejects.toThrow(/Name the output nodes\. Nodes that nobody reads: .*distribution/);
    await expect(freezeGraph(source, ['distribution'])).rejects.toThrow(/give the checkpoint/);
    await expect(frozen(['distribution'], fixture('gather-references', 'model.ckpt'))).rejects.toThrow(/has no values for the variable conv1\/weights/);
    const queue = { node: [{ name: 'q', op: 'FIFOQueueV2', input: [] }, { name: 'take', op: 'QueueDequeueV2', input: ['q'] }] };
    await expect(freezeGraph({ graph: queue }, ['take'])).rejects.toThrow(/q \(FIFOQueueV2\) cannot be frozen: its values come from a queue/);
  });

  it('refuses what would be larger than 2 GB before it reads anything', async () => {
    const big = { dtype: 1, tensorShape: { dim: [{ size: 1 }] }, tensorContent: { length: 2 ** 31 } as Uint8Array };
    const graph: GraphMessage = { node: [{ name: 'big', op: 'Const', input: [], attr: { dtype: { type: 1 }, value: { tensor: big } } }] };
    await expect(freezeGraph({ graph }, ['big'])).rejects.toThrow(/a GraphDef ends at 2 GB/);
  });

  it('proposes no output that cannot be had without a step of a training: each alone can be frozen', async () => {
    const run = join(import.meta.dirname, '../../../fixtures/runs/version-1');
    const source = await readGraphFile(join(run, 'graph.pb'));
    const proposals = proposeOutputs(source.graph);
    const likely = proposals.filter(({ leftover }) => leftover === undefined).map(({ node }) => node.name);
    expect(likely).toEqual(['ab', 'evaluate/weighted_loss', 'train/penalty_value']);
    expect(proposals.find(({ node }) => node.name === 'train/loss')?.leftover).toMatch(/a step of a training/);
    const frozen = await freezeGraph(source, likely, join(run, 'checkpoints/step-000020/model.ckpt'));
    expect(frozen.outputs).toEqual(likely);
  });

  it('proposes outputs and tells what is left of a training', async () => {
    const { graph } = await readGraphFile(fixture('convolution-resources', 'graph.pb'));
    const proposals = new Map(proposeOutputs(graph).map(({ node, leftover }) => [node.name, leftover]));
    expect(proposals.get('distribution')).toBeUndefined();
    expect(proposals.has('distribution')).toBe(true);
    expect(proposals.get('save/Identity') ?? proposals.get('save/control_dependency')).toMatch(/training or to saving|effects|reads/);
    expect([...proposals].filter(([, leftover]) => leftover === undefined).map(([name]) => name)).not.toContain('save/restore_all');
  });
});
