import { copyFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointInspection } from '../../../../src/main/core/graph-inspection/checkpoint-inspection.js';
import { GraphShelf } from '../../../../src/main/core/graph-inspection/graph-shelf.js';
import { kernelShape, weightPage } from '../../../../src/main/core/graph-inspection/weight-page.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { fixture } from '../frozen-graphs/fixtures.js';

describe('graphs that are looked through', () => {
  it('are read once, and again when their file has changed', async () => {
    const [shelf, path] = [new GraphShelf(), join(await temporaryFolder('shelf'), 'graph.pb')];
    copyFileSync(fixture('gather-references', 'python-frozen.pb'), path);
    const first = await shelf.open(path);
    expect(await shelf.open(path)).toBe(first);
    copyFileSync(fixture('convolution-references', 'python-frozen.pb'), path);
    utimesSync(path, new Date(), new Date(Date.now() + 5000));
    const second = await shelf.open(path);
    expect([first.body().list('table', 0, 9).total > 0, second.body().list('table', 0, 9).total]).toEqual([true, 0]);
  });

  it('are read again when only the weights beside a layers model have changed', async () => {
    const [shelf, folder] = [new GraphShelf(), await temporaryFolder('shelf-layers')];
    const dense = { class_name: 'Dense', config: { name: 'd', units: 1, use_bias: false, batch_input_shape: [null, 1] } };
    const manifest = [{ paths: ['w.bin'], weights: [{ name: 'd/kernel', shape: [1, 1], dtype: 'float32' }] }];
    writeFileSync(join(folder, 'model.json'), JSON.stringify({ modelTopology: { class_name: 'Sequential', config: [dense] }, weightsManifest: manifest }));
    const largest = async (weight: number) => {
      writeFileSync(join(folder, 'w.bin'), Buffer.from(Float32Array.of(weight).buffer));
      utimesSync(join(folder, 'w.bin'), new Date(), new Date(Date.now() + 1000 * weight));
      const body = (await shelf.open(join(folder, 'model.json'))).body();
      const kernel = body.list('', 0, 99).nodes.find(({ operation, shape }) => operation === 'Const' && shape?.length === 2);
      return body.details(kernel?.name ?? '').constant?.largest;
    };
    expect([await largest(2), await largest(7)]).toEqual([2, 7]);
  });

  it('that are none are refused in a sentence, each time anew', async () => {
    const [shelf, path] = [new GraphShelf(), join(await temporaryFolder('shelf'), 'graph.pb')];
    writeFileSync(path, Buffer.from('not a graph at all, only words'));
    await expect(shelf.open(path)).rejects.toThrow(`${path} is not a whole TensorFlow graph`);
    copyFileSync(fixture('gather-references', 'python-frozen.pb'), path);
    expect((await shelf.open(path)).summary.nodes).toBeGreaterThan(0);
  });

  it('are listed page by page', async () => {
    const body = (await new GraphShelf().open(fixture('convolution-resources', 'graph.pb'))).body();
    const all = body.list('', 0, 1000);
    const pages = [body.list('', 0, 7), body.list('', 7, 1000)];
    expect([...pages[0].nodes, ...pages[1].nodes]).toEqual(all.nodes);
    expect(pages.map(({ total }) => total)).toEqual([all.total, all.total]);
  });

  it('have functions whose bodies are graphs, too: from what they take to what they give', async () => {
    const graph = await new GraphShelf().open(fixture('saved-keras'));
    const name = graph.functionSizes.map((one) => one.name).find((one) => one.includes('wrapped_model')) as string;
    const body = graph.body(name);
    const names = body.list('', 0, 1000).nodes;
    const taken = names.find(({ operation }) => operation === '_Arg');
    expect(names.filter(({ operation }) => operation === '_Retval').length).toBe(1);
    const way = body.details(taken?.name ?? '').path;
    expect(names.find((one) => one.name === way.at(-1))?.operation).toBe('_Retval');
    expect(() => graph.body('nothing')).toThrow('has no function nothing.');
  });

  it('may be the saved_model.pb itself, which knows its folder', async () => {
    expect((await new GraphShelf().open(fixture('saved-keras', 'saved_model.pb'))).file.folder).toBe(fixture('saved-keras').replace(/\/$/, ''));
  });
});

describe('filters of a tensor', () => {
  it('are those of the last two axes, whatever lies before them', () => {
    expect([[], [7], [4, 6], [3, 4, 6], [3, 5, 4, 6], [2, 3, 5, 4, 6]].map(kernelShape)).toEqual([[1, 1, 1, 1], [1, 1, 1, 7], [1, 1, 4, 6], [1, 3, 4, 6], [3, 5, 4, 6], [6, 5, 4, 6]]);
  });

  it('are cut at the ends of the tensor; what is no number is left empty', () => {
    const values = { count: 12, held: 12, at: (k: number) => (k === 7 ? NaN : k) };
    expect(weightPage([3, 4], values, { firstInput: 1, firstOutput: 2, inputs: 5, outputs: 5 })).toEqual({ shape: [1, 1, 3, 4], firstInput: 1, firstOutput: 2, inputs: 2, outputs: 2, values: [6, null, 10, 11] });
    expect(weightPage([3, 4], values, { firstInput: 9, firstOutput: 0, inputs: 5, outputs: 5 }).values).toEqual([]);
  });
});

describe('a checkpoint that is looked through', () => {
  it('tells the values of a tensor whose parts lie apart, and refuses one that is not there', async () => {
    const [inspection, prefix] = [new CheckpointInspection(), fixture('partitioned-references', 'model.ckpt')];
    const figures = await inspection.figures(prefix, 'part/w');
    const page = await inspection.weights(prefix, 'part/w', { firstInput: 0, firstOutput: 0, inputs: 6, outputs: 4 });
    const values = page.values as number[];
    expect([figures?.count, values.length]).toEqual([24, 24]);
    expect(figures?.mean).toBeCloseTo(values.reduce((a, b) => a + b) / 24, 6);
    expect(figures?.largest).toBe(Math.max(...values));
    await expect(inspection.figures(prefix, 'part/v')).rejects.toThrow(`${prefix} has no tensor part/v.`);
  });
});
