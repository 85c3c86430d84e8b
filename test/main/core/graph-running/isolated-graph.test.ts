import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freezeFile } from '../../../../src/main/core/graph-running/freeze-file.js';
import { IsolatedGraph, USUAL_LIMITS } from '../../../../src/main/core/graph-running/isolated-graph.js';
import { removeLeftFolders } from '../../../../src/main/core/graph/graph-folder.js';
import { readNpy } from '../../../../src/main/core/graph-running/npy.js';
import { runGraph, type RunOptions } from '../../../../src/main/core/graph-running/run-graph.js';
import { encodeMessage } from '../../../../src/main/core/graph-files/message-file.js';
import { messageType, type GraphMessage, type NodeMessage } from '../../../../src/main/core/graph/schema.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { fixture } from '../frozen-graphs/fixtures.js';

const ints = (name: string, values: number[], scalar = false): NodeMessage => ({
  name, op: 'Const', input: [],
  attr: { dtype: { type: 3 }, value: { tensor: { dtype: 3, tensorShape: { dim: scalar ? [] : [{ size: values.length }] }, intVal: values } } },
});
const text = (name: string, value: string): NodeMessage => ({
  name, op: 'Const', input: [], attr: { dtype: { type: 7 }, value: { tensor: { dtype: 7, tensorShape: { dim: [] }, stringVal: [Buffer.from(value)] } } },
});

async function options(graph: GraphMessage, fetches: string[], more: Partial<RunOptions> = {}): Promise<RunOptions> {
  const folder = await temporaryFolder('run-graph');
  await writeFile(join(folder, 'graph.pb'), encodeMessage(messageType('GraphDef'), graph));
  return { file: join(folder, 'graph.pb'), feeds: new Map(), fetches, out: join(folder, 'out'), formats: ['npy'], overwrite: false, allow: [], limits: USUAL_LIMITS, runs: 1, seed: 1, ...more };
}

describe('a graph of unknown origin', () => {
  it('is not run where it could reach files, functions included; allowed by name it is', async () => {
    const path = join(await temporaryFolder('secret'), 'secret.txt');
    await writeFile(path, 'secret');
    const body = { signature: { name: 'hidden', inputArg: [], outputArg: [{ name: 'out', type: 7 }] }, nodeDef: [text('path', path), { name: 'read', op: 'ReadFile', input: ['path:output:0'] }], ret: { out: 'read:contents:0' } };
    const call: NodeMessage = { name: 'call', op: 'PartitionedCall', input: [], attr: { Tin: { list: { type: [] } }, Tout: { list: { type: [7] } }, f: { func: { name: 'hidden' } } } };
    const graph = { node: [call], library: { function: [body] }, versions: { producer: 1087 } };
    await expect(runGraph(await options(graph, ['call']), quietContext())).rejects.toThrow(/ReadFile \(hidden: read\).*allow them by name\.$/);
    const allowed = await options(graph, ['call'], { allow: ['ReadFile'], formats: ['csv'] });
    const { results } = await runGraph(allowed, quietContext());
    expect(await readFile(results[0].files[0], 'utf8')).toBe('"secret"\n');
  });

  it('that never ends is ended', async () => {
    const part = (name: string, nodes: NodeMessage[], ret: string, type: number) => ({
      signature: { name, inputArg: [{ name: 'x', type: 3 }], outputArg: [{ name: 'out', type }] }, nodeDef: nodes, ret: { out: ret },
    });
    const start: NodeMessage = { name: 'start', op: 'Placeholder', input: [], attr: { dtype: { type: 3 }, shape: { shape: { dim: [] } } } };
    const least = { ...ints('least', [-1], true) };
    const more: NodeMessage = { name: 'more', op: 'Greater', input: ['x', 'least:output:0'], attr: { T: { type: 3 } } };
    const loop: NodeMessage = {
      name: 'loop', op: 'StatelessWhile', input: ['start'],
      attr: { T: { list: { type: [3] } }, cond: { func: { name: 'cond' } }, body: { func: { name: 'body' } }, parallel_iterations: { i: 1 }, output_shapes: { list: { shape: [{ dim: [] }] } } },
    };
    const library = { function: [part('cond', [least, more], 'more:z:0', 10), part('body', [{ name: 'same', op: 'Identity', input: ['x'], attr: { T: { type: 3 } } }], 'same:output:0', 3)] };
    const graph = { node: [start, loop], library, versions: { producer: 1087 } };
    await expect(runGraph(await options(graph, ['loop'], { feeds: new Map([['start', { kind: 'random' }]]), limits: { seconds: 15, memory: 4e9 } }), quietContext())).rejects.toThrow(/more than 15 seconds/);
  });

  it('that takes all memory is ended', async () => {
    const one: NodeMessage = { name: 'one', op: 'Placeholder', input: [], attr: { dtype: { type: 1 }, shape: { shape: { dim: [] } } } };
    const fill: NodeMessage = { name: 'huge', op: 'Fill', input: ['dims', 'one'], attr: { T: { type: 1 }, index_type: { type: 3 } } };
    const graph = { node: [ints('dims', [50_000, 50_000]), one, fill], versions: { producer: 1087 } };
    const run = runGraph(await options(graph, ['huge'], { feeds: new Map([['one', { kind: 'random' }]]), limits: { seconds: 60, memory: 1e9 } }), quietContext());
    await expect(run).rejects.toThrow(/more than 954 MB of memory|ended|OOM/i);
  });

  it('that is answered between two looks at its memory is held to its limit all the same', async () => {
    const graph = { node: [ints('three', [1, 2, 3])], versions: { producer: 1087 } };
    for (let turn = 0; turn < 3; turn++) await expect(runGraph(await options(graph, ['three'], { limits: { seconds: 60, memory: 64 * 2 ** 20 } }), quietContext())).rejects.toThrow(/more than 64 MB of memory/);
  });

  it('that TensorFlow refuses, and a process that is killed, are told in a sentence', async () => {
    const graph = { node: [{ name: 'lonely', op: 'Identity', input: ['nobody'], attr: { T: { type: 1 } } }], versions: { producer: 1087 } };
    await expect(runGraph(await options(graph, ['lonely']), quietContext())).rejects.toThrow(/^TensorFlow refuses the graph: .*nobody/);
    const isolated = IsolatedGraph.open();
    const loading = expect(isolated.load({ node: [ints('one', [1])], versions: { producer: 1087 } })).rejects.toThrow(/^The graph was ended: the process that ran it died/);
    await isolated.close();
    await loading;
  });
});

describe('folders through which graphs are handed over', () => {
  it('are gone when the process that ran the graph is; those that killed programs left go when another is made', async () => {
    const mine = async () => (await readdir(tmpdir())).filter((name) => name.startsWith(`chromabench-graph-${process.pid}-`));
    const isolated = IsolatedGraph.open();
    await isolated.load({ node: [ints('one', [1])], versions: { producer: 1087 } }, { mapped: true });
    expect((await mine()).length).toBe(1);
    await isolated.close();
    expect(await mine()).toEqual([]);
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const [old, young, own] = [`${gone}-old`, `${gone}-young`, `${process.pid}-old`].map((name) => join(tmpdir(), `chromabench-graph-${name}`));
    for (const folder of [old, young, own]) await mkdir(folder);
    for (const folder of [old, own]) await utimes(folder, 1, 1);
    await removeLeftFolders();
    const there = await Promise.all([old, young, own].map((folder) => stat(folder).then(() => true, () => false)));
    await Promise.all([young, own].map((folder) => rm(folder, { recursive: true })));
    expect(there).toEqual([false, true, true]);
  });
});

describe('freezing into a file', () => {
  it('proves the file and writes programs that load it; a file that is there stays', async () => {
    const out = join(await temporaryFolder('freeze-file'), 'frozen.pb');
    const freeze = () => freezeFile({
      graph: fixture('control-2-resources', 'graph.pbtxt'), checkpoint: fixture('control-2-resources', 'model.ckpt'), outputs: ['result'],
      out, overwrite: false, loaders: true, feeds: new Map(), allow: [], limits: USUAL_LIMITS, seed: 1,
    }, quietContext());
    const report = await freeze();
    expect(report.largestDifference).toBeLessThanOrEqual(1e-6);
    expect(report.files.map((file) => file.slice(out.length - 2))).toEqual(['pb', 'py', 'ts']);
    expect(report.variables).toBe(1);
    await expect(freeze()).rejects.toThrow(/is there already and is not overwritten/);
    const run = await options({ node: [] }, ['result'], { file: out, feeds: new Map([['x', { kind: 'random' }]]), runs: 2 });
    const { results, seconds } = await runGraph(run, quietContext());
    expect(seconds.length).toBe(2);
    expect(readNpy(await readFile(results[0].files[0]), 'result').shape).toEqual([3]);
  });
});
