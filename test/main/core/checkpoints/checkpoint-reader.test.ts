import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointReader } from '../../../../src/main/core/checkpoints/checkpoint-reader.js';
import { crc32c } from '../../../../src/main/core/checkpoints/crc32c.js';
import { sliceKey } from '../../../../src/main/core/checkpoints/slice-key.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { fixture } from '../frozen-graphs/fixtures.js';

/** The numbers that python/fixtures-graphs puts into variables: values(shape, seed). */
const sines = (count: number, seed: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i * 1.7 + seed));

async function floats(reader: CheckpointReader, name: string): Promise<Float32Array> {
  const bytes = await reader.read(reader.find(name)!);
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

describe('a checkpoint', () => {
  it('tells names, shapes and types', async () => {
    const reader = await CheckpointReader.open(fixture('types-resources', 'model.ckpt'));
    expect(reader.entries.map(({ name, type, shape }) => [name, type, shape])).toEqual([['double', 2, [2]], ['half', 19, [2]], ['long', 9, [2]]]);
    const long = await reader.read(reader.find('long')!);
    expect([long.readBigInt64LE(0), long.readBigInt64LE(8)]).toEqual([2n ** 40n + 1n, -3n]);
  });

  it('gives the parts of a partitioned tensor together', async () => {
    const reader = await CheckpointReader.open(fixture('partitioned-references', 'model.ckpt'));
    const entry = reader.find('part/w')!;
    expect([entry.shape, entry.slices.length]).toEqual([[6, 4], 3]);
    const found = await floats(reader, 'part/w');
    sines(24, 1).forEach((value, i) => expect(found[i]).toBeCloseTo(value, 6));
  });

  it('is found by its prefix, by any of its files, and by its folder', async () => {
    const prefix = fixture('gather-resources', 'model.ckpt');
    for (const given of [prefix, `${prefix}.index`, `${prefix}.data-00000-of-00001`, fixture('gather-resources')]) {
      expect((await CheckpointReader.open(given)).prefix).toBe(prefix);
    }
    await expect(CheckpointReader.open(fixture('gather-resources', 'none'))).rejects.toThrow(/There is no checkpoint/);
  });

  it('of this program is read, too', async () => {
    const reader = await CheckpointReader.open(join(fixture('..', 'runs'), 'version-1/checkpoints/step-000020'));
    expect(reader.entries.map(({ name }) => name)).toContain('conv3/weights');
    expect((await floats(reader, 'conv1/weights')).every(Number.isFinite)).toBe(true);
  });

  it('with a changed byte is refused, in the index and in the data', async () => {
    const folder = await temporaryFolder('checkpoint');
    const copy = async (name: string, change: (bytes: Buffer) => void) => {
      for (const ending of ['index', 'data-00000-of-00001']) await copyFile(fixture('gather-resources', `model.ckpt.${ending}`), join(folder, `${name}.${ending}`));
      const path = join(folder, name === 'index' ? 'index.index' : 'data.data-00000-of-00001');
      const bytes = await readFile(path);
      change(bytes);
      await writeFile(path, bytes);
    };
    await copy('index', (bytes) => (bytes[20] ^= 1));
    await expect(CheckpointReader.open(join(folder, 'index'))).rejects.toThrow(/a checksum does not hold/);
    await copy('data', (bytes) => (bytes[5] ^= 1));
    const reader = await CheckpointReader.open(join(folder, 'data'));
    await expect(reader.read(reader.find('table')!)).rejects.toThrow(/table in .* is damaged: its checksum does not hold/);
  });

  it('whose data file is missing or cut off says so', async () => {
    const folder = await temporaryFolder('checkpoint');
    await copyFile(fixture('gather-resources', 'model.ckpt.index'), join(folder, 'c.index'));
    const reader = await CheckpointReader.open(join(folder, 'c'));
    expect(await reader.missingShards()).toEqual(['c.data-00000-of-00001']);
    await expect(reader.read(reader.find('table')!)).rejects.toThrow(/is not there/);
    await writeFile(join(folder, 'c.data-00000-of-00001'), 'short');
    await expect(reader.read(reader.find('table')!)).rejects.toThrow(/breaks off/);
  });
});

describe('what checkpoints are made of', () => {
  it('checksums are Castagnoli\'s: the check value of its catalogue', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.from('6789'), crc32c(Buffer.from('12345')))).toBe(0xe3069283);
  });

  it('keys of parts are those that TensorFlow wrote, whole axes included', async () => {
    const bytes = (await readFile(fixture('partitioned-references', 'model.ckpt.index'))).toString('latin1');
    expect(bytes).toContain(sliceKey('part/w', [{ start: 0, length: 2 }, { start: 0, length: 4 }]));
    // tensorflow/core/lib/strings/ordered_code_test.cc: 64 takes two bytes, -1 is 0x7f
    expect(Buffer.from(sliceKey('', [{ start: 64, length: -1 }]), 'latin1').toString('hex')).toBe('0000010101c0407f');
  });
});
