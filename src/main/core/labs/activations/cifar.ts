/** CIFAR-10's binary files: records of a label and 32 x 32 pixels, a plane of red, of green, of blue. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../errors.js';
import type { ImageData, ImageSet } from './image-set.js';

const SIDE = 32;
const PLANE = SIDE * SIDE;
const RECORD = 1 + 3 * PLANE;
const CLASSES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

/**
 * data_batch_1.bin to data_batch_5.bin and test_batch.bin of a folder; of the training files those that are there.
 * @throws UserError when there are none, or one is cut off or holds other data.
 */
export async function readCifar(folder: string): Promise<ImageData> {
  const training = (await Promise.all([1, 2, 3, 4, 5].map((k) => readRecords(join(folder, `data_batch_${k}.bin`))))).filter((part) => part !== undefined);
  const test = await readRecords(join(folder, 'test_batch.bin'));
  if (training.length === 0 || test === undefined) {
    throw new UserError(`${folder} does not hold CIFAR-10 in its binary form: data_batch_1.bin (up to 5) and test_batch.bin are needed.`);
  }
  return { classes: CLASSES, training: setOf(Buffer.concat(training)), test: setOf(test) };
}

async function readRecords(path: string): Promise<Buffer | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return undefined;
  if (bytes.length === 0 || bytes.length % RECORD !== 0) {
    throw new UserError(`${path} is no whole CIFAR-10 file: ${bytes.length} bytes are not a multiple of ${RECORD}. Fetch it again.`);
  }
  for (let at = 0; at < bytes.length; at += RECORD) {
    if (bytes[at] >= CLASSES.length) throw new UserError(`${path} is no CIFAR-10 file: picture ${at / RECORD + 1} has the label ${bytes[at]}, above 9.`);
  }
  return bytes;
}

function setOf(records: Buffer): ImageSet {
  const count = records.length / RECORD;
  const pixels = new Uint8Array(count * 3 * PLANE);
  const labels = new Uint8Array(count);
  for (let k = 0, to = 0; k < count; k++) {
    const from = k * RECORD;
    labels[k] = records[from];
    for (let i = 0; i < PLANE; i++) for (let c = 0; c < 3; c++) pixels[to++] = records[from + 1 + c * PLANE + i];
  }
  return { count, height: SIDE, width: SIDE, channels: 3, pixels, labels };
}
