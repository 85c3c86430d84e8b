import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeFilters, filterFileName, filterIndex, readFilters } from '../../../../src/main/core/runs/filter-snapshot.js';
import type { LayerFilters } from '../../../../src/main/core/runs/network.js';
import { RunWriter } from '../../../../src/main/core/runs/run-writer.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { newRun } from './new-run.js';

let path: string;
let writer: RunWriter;
beforeEach(async () => {
  path = join(await temporaryFolder('filters'), 'run');
  writer = await RunWriter.create(path, newRun());
  await writer.close();
});

/** A layer whose every weight says where it is. */
function layerOf(layer: string, shape: number[], factor = 1): LayerFilters {
  const size = shape.reduce((product, side) => product * side, 1);
  return { layer, shape, values: Float32Array.from({ length: size }, (_, k) => factor * (((k * 31) % 255) - 127)) };
}

const wish = { layer: 'conv2', firstInput: 1, firstOutput: 2, inputs: 2, outputs: 3 };

async function keep(step: number, layers: LayerFilters[]): Promise<void> {
  await writer.filters(step, encodeFilters(step, layers.map(({ shape }) => [...shape]), layers));
}

describe('a snapshot of filters', () => {
  const [first, second] = [layerOf('conv1', [3, 3, 1, 4], 0.5), layerOf('conv2', [3, 3, 4, 5], 0.01)];

  it('gives back the filters asked for, to a 127th of the largest weight', async () => {
    await keep(20, [first, second]);
    const page = await readFilters(path, 20, wish);
    expect(page).toMatchObject({ firstInput: 1, firstOutput: 2, inputs: 2, outputs: 3, layer: { layer: 'conv2', shape: [3, 3, 4, 5], inputs: 4, outputs: 5 } });
    const expected: number[] = [];
    for (let place = 0; place < 9; place++) for (let i = 1; i < 3; i++) for (let o = 2; o < 5; o++) expected.push(second.values[(place * 4 + i) * 5 + o]);
    const furthest = Math.max(...page.values.map((weight, k) => Math.abs(weight - expected[k])));
    expect(page.values).toHaveLength(expected.length);
    expect(furthest).toBeLessThanOrEqual(1.27 / 127 / 2 + 1e-6);
    expect((await readFilters(path, 20, { ...wish, layer: 'conv1', firstInput: 0, inputs: 8, outputs: 9 }))).toMatchObject({ inputs: 1, outputs: 2 });
  });

  it('is listed with the layers and the largest weight of all steps', async () => {
    await keep(0, [layerOf('conv1', [3, 3, 1, 4], 2), second]);
    await keep(10, [first, second]);
    const index = await filterIndex(path);
    expect(index.steps).toEqual([0, 10]);
    expect(index.layers.map(({ layer, shape }) => [layer, shape])).toEqual([['conv1', [3, 3, 1, 4]], ['conv2', [3, 3, 4, 5]]]);
    expect(index.layers[0].scale).toBe(2 * 127);
  });

  it('of a large network stays within 2 MB: small layers whole, of large ones the first inputs and outputs', async () => {
    await keep(1, [layerOf('small', [3, 3, 1, 64]), layerOf('large', [3, 3, 512, 512]), layerOf('larger', [3, 3, 512, 1024])]);
    const [small, large, larger] = (await filterIndex(path)).layers;
    expect([small.inputs, small.outputs]).toEqual([1, 64]);
    expect(large.inputs).toBeGreaterThan(300);
    expect([large.inputs, large.outputs, larger.inputs, larger.outputs]).toEqual(Array<number>(4).fill(large.inputs));
    expect(9 * (64 + 2 * large.inputs ** 2)).toBeLessThanOrEqual(2 * 2 ** 20);
  });

  it('of a layer of zeros holds zeros', async () => {
    await keep(1, [{ layer: 'conv2', shape: [1, 1, 3, 5], values: new Float32Array(15) }]);
    expect((await readFilters(path, 1, wish)).values.every((weight) => weight === 0)).toBe(true);
  });

  it('is thinned evenly, from the start on, by number and by bytes', async () => {
    for (let step = 0; step <= 70; step++) await keep(step, [first]);
    const { steps } = await filterIndex(path);
    expect(steps.length).toBeLessThanOrEqual(60);
    expect([steps[0], steps[1], steps.at(-1)]).toEqual([0, 2, 70]);
    const bytes = new Uint8Array(16 * 2 ** 20);
    for (let step = 71; step < 80; step++) await writer.filters(step, bytes);
    expect((await filterIndex(path)).steps.length).toBeLessThanOrEqual(4);
  });

  it('that is damaged or gone is told in a sentence and passed over in the list', async () => {
    await keep(10, [first, second]);
    await keep(20, [first, second]);
    await truncate(join(path, 'filters', filterFileName(20)), 100);
    await writeFile(join(path, 'filters', filterFileName(30)), 'no snapshot');
    expect((await filterIndex(path)).steps).toEqual([10]);
    await expect(readFilters(path, 20, wish)).rejects.toThrow(/is damaged/);
    await expect(readFilters(path, 30, wish)).rejects.toThrow(/is damaged/);
    // Places without filters: nothing of it has to be there, and going through it would never end.
    const header = Buffer.from(JSON.stringify({ version: 1, step: 35, layers: [{ layer: wish.layer, shape: [2 ** 30, 2 ** 20, 0, 0], inputs: 0, outputs: 0, scale: 1 }] }));
    await writeFile(join(path, 'filters', filterFileName(35)), Buffer.concat([Buffer.from(Uint32Array.of(header.length).buffer), header]));
    await expect(readFilters(path, 35, wish)).rejects.toThrow(/is damaged/);
    await expect(readFilters(path, 40, wish)).rejects.toThrow(/is not there \(any more\)/);
    await expect(readFilters(path, 10, { ...wish, layer: 'conv9' })).rejects.toThrow('has no layer conv9; it has conv1, conv2.');
  });
});
