import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS_PRESETS } from '../../../../../src/shared/labs/activations/config.js';
import { quietContext } from '../../../../../src/main/core/job.js';
import { fingerprint, readImages } from '../../../../../src/main/core/labs/activations/data.js';
import { readMnist } from '../../../../../src/main/core/labs/activations/idx.js';
import { batchOf } from '../../../../../src/main/core/labs/activations/image-set.js';
import { sharp } from '../../../../../src/main/core/photos/codec.js';
import { temporaryFolder } from '../../../../helpers/temporary-folder.js';

const { seed, data } = ACTIVATIONS_PRESETS.post.config;
const folder = await temporaryFolder('pictures');

/** A small set in IDX form. */
async function idxFolder(name: string, { labels = 3, magic = 0x803, cut = 0, packed = false } = {}): Promise<string> {
  const images = 3;
  const place = join(folder, name);
  await mkdir(place);
  const ints = (...values: number[]) => Buffer.concat(values.map((value) => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(value);
    return four;
  }));
  for (const part of ['train', 't10k']) {
    const pixels = Buffer.concat([ints(magic, images, 2, 2), Buffer.from(Array.from({ length: 4 * images }, (_, k) => 10 * k))]);
    const whole = pixels.subarray(0, pixels.length - cut);
    await writeFile(join(place, `${part}-images-idx3-ubyte${packed ? '.gz' : ''}`), packed ? gzipSync(whole) : whole);
    await writeFile(join(place, `${part}-labels-idx1-ubyte`), Buffer.concat([ints(0x801, labels), Buffer.from(Array.from({ length: labels }, (_, k) => k))]));
  }
  return place;
}

describe('IDX files', () => {
  it('are read gzipped or not', async () => {
    for (const packed of [false, true]) {
      const { training, classes } = await readMnist(await idxFolder(`good-${packed}`, { packed }));
      expect([training.count, training.height, training.width, classes.length]).toEqual([3, 2, 2, 10]);
      expect([...training.pixels.subarray(4, 8)]).toEqual([40, 50, 60, 70]);
      const { pixels, labels } = batchOf(training, [2, 0]);
      expect([...labels]).toEqual([2, 0]);
      expect(pixels[0]).toBeCloseTo(80 / 255, 6);
    }
  });

  it('that are wrong are told in a sentence', async () => {
    await expect(readMnist(join(folder, 'nowhere'))).rejects.toThrow('has no train-images-idx3-ubyte');
    await expect(readMnist(await idxFolder('magic', { magic: 0x801 }))).rejects.toThrow('pictures of MNIST begin with the bytes 00 00 08 03, this file with 00 00 08 01');
    await expect(readMnist(await idxFolder('cut', { cut: 3 }))).rejects.toThrow('is cut off: it promises 12 bytes of data and holds 9');
    await expect(readMnist(await idxFolder('counts', { labels: 2 }))).rejects.toThrow('holds 3 pictures');
    const torn = await idxFolder('torn', { packed: true });
    const bytes = await readFile(join(torn, 'train-images-idx3-ubyte.gz'));
    await writeFile(join(torn, 'train-images-idx3-ubyte.gz'), bytes.subarray(0, bytes.length - 9));
    await expect(readMnist(torn)).rejects.toThrow('is a damaged gzip file');
  });

  it('come with the program: 400 digits of each kind to train on and 100 to test on', async () => {
    const images = await readImages({ seed, data }, quietContext());
    const counts = (labels: Uint8Array) => Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length);
    expect(counts(images.training.labels)).toEqual(Array(10).fill(400));
    expect(counts(images.test.labels)).toEqual(Array(10).fill(100));
    expect([images.training.height, images.training.width, images.training.channels]).toEqual([28, 28, 1]);
    // No picture is in both parts.
    const keys = ({ pixels, count }: typeof images.training) => Array.from({ length: count }, (_, k) => Buffer.from(pixels.subarray(784 * k, 784 * (k + 1))).toString('latin1'));
    const trained = new Set(keys(images.training));
    expect(keys(images.test).filter((key) => trained.has(key))).toEqual([]);
    expect(gunzipSync(await readFile(new URL('../../../../../resources/digits/train-images-idx3-ubyte.gz', import.meta.url))).length).toBe(16 + 4000 * 784);
  });
});

describe('CIFAR-10 files', () => {
  it('are read plane by plane, and refused when they are no whole records', async () => {
    const place = join(folder, 'cifar');
    await mkdir(place);
    const record = Buffer.alloc(3073);
    record[0] = 7;
    [record[1], record[1 + 1024], record[1 + 2048]] = [11, 22, 33];
    for (const name of ['data_batch_1.bin', 'test_batch.bin']) await writeFile(join(place, name), Buffer.concat([record, record]));
    const settings = { seed, data: { ...data, kind: 'cifar' as const, folder: place } };
    const { training, classes } = await readImages(settings, quietContext());
    expect([training.count, training.channels, classes[training.labels[0]]]).toEqual([2, 3, 'horse']);
    expect([...training.pixels.subarray(0, 3)]).toEqual([11, 22, 33]);
    await writeFile(join(place, 'test_batch.bin'), record.subarray(5));
    await expect(readImages(settings, quietContext())).rejects.toThrow('is no whole CIFAR-10 file');
  });
});

describe("a person's own pictures", () => {
  it('are classes by subfolder; what cannot be read is told and left out', async () => {
    const place = join(folder, 'own');
    for (const [name, colour] of [['red', (k: number) => ({ r: 255, g: k, b: 0 })], ['blue', (k: number) => ({ r: 0, g: k, b: 255 })]] as const) {
      await mkdir(join(place, name), { recursive: true });
      for (let k = 0; k < 5; k++) await sharp({ create: { width: 40 + k, height: 30, channels: 3, background: colour(k) } }).png().toFile(join(place, name, `${k}.png`));
    }
    await writeFile(join(place, 'red', 'broken.png'), 'no picture');
    const notes: string[] = [];
    const context = { ...quietContext(), progress: { progress() {}, emit() {}, note: (message: string) => notes.push(message) } };
    const settings = { seed, data: { ...data, kind: 'pictures' as const, folder: place, side: 8, testShare: 0.4 } };
    const images = await readImages(settings, context);
    expect(images.classes).toEqual(['blue', 'red']);
    expect([images.training.count, images.test.count]).toEqual([6, 4]);
    for (const set of [images.training, images.test]) {
      set.labels.forEach((label, k) => expect([set.pixels[192 * k], set.pixels[192 * k + 2]]).toEqual(label === 0 ? [0, 255] : [255, 0]));
    }
    expect(notes.some((note) => note.includes('broken.png'))).toBe(true);
    // A limit takes of every class, not the first class alone.
    const few = await readImages({ ...settings, data: { ...settings.data, training: 4, test: 2 } }, context);
    expect([few.training, few.test].map(({ labels }) => [...labels].sort())).toEqual([[0, 0, 1, 1], [0, 1]]);
    expect(fingerprint(await readImages(settings, context))).toBe(fingerprint(images));
    expect(fingerprint(await readImages({ ...settings, seed: 2 }, context))).not.toBe(fingerprint(images));
    await expect(readImages({ ...settings, data: { ...settings.data, folder: join(place, 'red') } }, context)).rejects.toThrow('needs a subfolder for each class');
  });
});
