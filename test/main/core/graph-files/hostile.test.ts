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

describe('10,000 damaged files', () => {
  it.each([
    ['graph.pb', 3000], ['graph.pbtxt', 2000], ['model.ckpt.meta', 1000], ['saved_model.pb', 1000],
  ])('%s: a sentence or a graph that can be looked into', async (name, count) => {
    const source = name === 'saved_model.pb' ? fixture('saved-module', name) : fixture('gather-resources', name);
    const original = await readFile(source);
    const path = join(await temporaryFolder('hostile'), 'file');
    const random = new Random(7, name);
    for (let i = 0; i < count; i++) {
      await writeFile(path, mutated(original, random));
      await survives(async () => {
        const file = await readGraphFile(path);
        summarize(file);
        listNodes(file.graph);
      });
    }
  });

  it('an index of a checkpoint: a sentence or a list', async () => {
    const folder = await temporaryFolder('hostile');
    const [index, data] = await Promise.all(['index', 'data-00000-of-00001'].map((ending) => readFile(fixture('partitioned-references', `model.ckpt.${ending}`))));
    await writeFile(join(folder, 'c.data-00000-of-00001'), data);
    const random = new Random(7, 'index');
    for (let i = 0; i < 1000; i++) {
      await writeFile(join(folder, 'c.index'), mutated(index, random));
      await survives(async () => {
        const reader = await CheckpointReader.open(join(folder, 'c'));
        for (const entry of reader.entries) await reader.read(entry);
      });
      await survives(() => readTable(mutated(index, random)));
    }
  });

  it('an array: a sentence or numbers', async () => {
    const random = new Random(7, 'npy');
    const original = npyBytes({ shape: [3, 4], values: Float32Array.from({ length: 12 }, (_, i) => i) });
    for (let i = 0; i < 2000; i++) await survives(() => readNpy(mutated(original, random), 'array.npy'));
    expect(readNpy(original, 'array.npy').shape).toEqual([3, 4]);
  });
});
