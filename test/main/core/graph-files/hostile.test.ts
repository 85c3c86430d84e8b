import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTable, TableFault } from '../../../../src/main/core/checkpoints/table.js';
import { CheckpointReader } from '../../../../src/main/core/checkpoints/checkpoint-reader.js';
import { UserError } from '../../../../src/main/core/errors.js';
import { listNodes } from '../../../../src/main/core/frozen-graphs/node-list.js';
import { summarize } from '../../../../src/main/core/frozen-graphs/summary.js';
import { readGraphFile } from '../../../../src/main/core/graph-files/graph-file.js';
import { readNpy } from '../../../../src/main/core/graph-running/npy.js';
import { npyBytes } from '../../../../src/main/core/graph-running/npy.js';
import { layersGraph } from '../../../../src/main/core/layers-model/layers-graph.js';
import { readLayersFile } from '../../../../src/main/core/layers-model/model-json.js';
import { Random } from '../../../../src/main/core/random.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { fixture } from '../frozen-graphs/fixtures.js';

/** Bytes changed, cut out, doubled or put in at random places. */
function mutated(original: Buffer, random: Random): Buffer {
  let bytes = Buffer.from(original);
  for (let change = 0; change <= random.integer(4); change++) {
    const at = random.integer(bytes.length || 1);
    const length = 1 + random.integer(16);
    switch (random.integer(4)) {
      case 0: bytes[at] = random.integer(256); break;
      case 1: bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]); break;
      case 2: bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]); break;
      default: bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(Array.from({ length }, () => random.integer(256))), bytes.subarray(at)]);
    }
  }
  return bytes;
}

/** Reads what may be damaged: whatever is thrown is a sentence for people. */
async function survives(read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (error instanceof UserError || error instanceof TableFault || error instanceof RangeError) return;
    throw error;
  }
}

/** All 10,000 where that is asked for; else a sample of every kind. */
const SHARE = process.env['CHROMABENCH_ALL_DAMAGED_FILES'] ? 1 : 0.15;
/** Bytes of memory that reading may hold at its worst. */
const MOST_MEMORY = 2 ** 30;
/** Seconds that one file may take. */
const SECONDS_A_FILE = 5;

/** Does one thing with many damaged copies, and looks at time and memory meanwhile. */
async function each(original: Buffer, name: string, count: number, read: (bytes: Buffer) => Promise<unknown>): Promise<void> {
  const random = new Random(7, name);
  const before = process.memoryUsage.rss();
  for (let i = 0; i < count * SHARE; i++) {
    const begun = performance.now();
    await survives(() => read(mutated(original, random)));
    expect(performance.now() - begun, `copy ${i} of ${name}`).toBeLessThan(1000 * SECONDS_A_FILE);
    expect(process.memoryUsage.rss() - before, `copy ${i} of ${name}`).toBeLessThan(MOST_MEMORY);
  }
}

describe('10,000 damaged files', { timeout: 300_000 }, () => {
  it.each([
    ['graph.pb', 2500], ['graph.pbtxt', 1500], ['model.ckpt.meta', 1000], ['saved_model.pb', 1000],
  ])('%s: a sentence or a graph that can be looked into', async (name, count) => {
    const source = name === 'saved_model.pb' ? fixture('saved-module', name) : fixture('gather-resources', name);
    const path = join(await temporaryFolder('hostile'), 'file');
    await each(await readFile(source), name, count, async (bytes) => {
      await writeFile(path, bytes);
      const file = await readGraphFile(path);
      summarize(file);
      listNodes(file.graph);
    });
  });

  it('an index of a checkpoint: a sentence or a list', async () => {
    const folder = await temporaryFolder('hostile');
    const [index, data] = await Promise.all(['index', 'data-00000-of-00001'].map((ending) => readFile(fixture('partitioned-references', `model.ckpt.${ending}`))));
    await writeFile(join(folder, 'c.data-00000-of-00001'), data);
    await each(index, 'index', 1500, async (bytes) => {
      await writeFile(join(folder, 'c.index'), bytes);
      const reader = await CheckpointReader.open(join(folder, 'c'));
      for (const entry of reader.entries) await reader.read(entry);
    });
    await each(index, 'table', 500, async (bytes) => readTable(bytes));
  });

  it('an array: a sentence or numbers', async () => {
    const original = npyBytes({ shape: [3, 4], values: Float32Array.from({ length: 12 }, (_, i) => i) });
    await each(original, 'npy', 1000, async (bytes) => readNpy(bytes, 'array.npy'));
    expect(readNpy(original, 'array.npy').shape).toEqual([3, 4]);
  });

  it('a layers model of TensorFlow.js: a sentence or a graph', async () => {
    const folder = await temporaryFolder('hostile');
    const layers = [
      { class_name: 'Conv2D', config: { name: 'c', batch_input_shape: [null, 8, 8, 1], filters: 2, kernel_size: [3, 3], strides: [1, 1], padding: 'same', use_bias: false, activation: 'relu' } },
      { class_name: 'Flatten', config: { name: 'f' } }, { class_name: 'Dense', config: { name: 'd', units: 1, use_bias: false } },
    ];
    const weights = [{ name: 'c/kernel', shape: [3, 3, 1, 2], dtype: 'float32' }, { name: 'd/kernel', shape: [128, 1], dtype: 'float32' }];
    const model = JSON.stringify({ modelTopology: { class_name: 'Sequential', config: layers }, weightsManifest: [{ paths: ['w.bin'], weights }] });
    await writeFile(join(folder, 'w.bin'), new Uint8Array(4 * (18 + 128)));
    await writeFile(join(folder, 'model.json'), model);
    expect(layersGraph(await readLayersFile(join(folder, 'model.json'))).outputs).toEqual(['d']);
    await each(Buffer.from(model), 'model.json', 1000, async (bytes) => {
      await writeFile(join(folder, 'model.json'), bytes);
      layersGraph(await readLayersFile(join(folder, 'model.json')));
    });
  });
});
