/** IDX files, the format of MNIST: magic number, sizes, bytes; gzipped or not. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { UserError } from '../../errors.js';
import type { ImageData, ImageSet } from './image-set.js';

const IMAGES = 0x803;
const LABELS = 0x801;
/** Bytes that a file may unpack to: MNIST's largest has 47 million. */
const MOST_BYTES = 2 ** 30;

const inflate = promisify(gunzip);

/**
 * The four files of MNIST in a folder.
 * @throws UserError when a file is missing, no IDX file, cut off, or does not fit the others.
 */
export async function readMnist(folder: string): Promise<ImageData> {
  // One after the other: of several faults always the same one is told.
  const training = await readPart(folder, 'train');
  const test = await readPart(folder, 't10k');
  if (training.height !== test.height || training.width !== test.width) {
    throw new UserError(`${folder}: the pictures to train on are ${training.width} x ${training.height}, those to test on ${test.width} x ${test.height}. They must be of one size.`);
  }
  const classes = Math.max(10, 1 + training.labels.reduce((most, label) => Math.max(most, label), 0));
  return { classes: Array.from({ length: classes }, (_, k) => String(k)), training, test };
}

async function readPart(folder: string, part: string): Promise<ImageSet> {
  const images = await readIdx(folder, `${part}-images-idx3-ubyte`, IMAGES);
  const labels = await readIdx(folder, `${part}-labels-idx1-ubyte`, LABELS);
  const [count, height, width] = images.sizes;
  if (count !== labels.sizes[0]) {
    throw new UserError(`${images.path} holds ${count} pictures, ${labels.path} ${labels.sizes[0]} labels. They belong to different sets: take both from one source.`);
  }
  if (count === 0 || height === 0 || width === 0) throw new UserError(`${images.path} holds no pictures.`);
  return { count, height, width, channels: 1, pixels: images.data, labels: labels.data };
}

interface IdxFile {
  path: string;
  sizes: number[];
  data: Uint8Array;
}

async function readIdx(folder: string, name: string, magic: number): Promise<IdxFile> {
  const { path, bytes } = await found(folder, name);
  return parseIdx(path, await unpacked(path, bytes), magic);
}

/** MNIST is handed around with a dash or a point before `idx`, gzipped or not. */
async function found(folder: string, name: string): Promise<{ path: string; bytes: Buffer }> {
  const names = [name, name.replace('-idx', '.idx')].flatMap((one) => [one, `${one}.gz`]);
  for (const candidate of names) {
    const path = join(folder, candidate);
    try {
      return { path, bytes: await readFile(path) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw new UserError(`${path} cannot be read (${code ?? String(error)}).`, { cause: error });
    }
  }
  throw new UserError(`${folder} has no ${name} (nor ${name}.gz). MNIST is four such files: pictures and labels, train and t10k.`);
}

async function unpacked(path: string, bytes: Buffer): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  return inflate(bytes, { maxOutputLength: MOST_BYTES }).catch((cause: Error) => {
    throw new UserError(`${path} is a damaged gzip file (${cause.message}). Fetch it again.`, { cause });
  });
}

/** @param magic What the first four bytes have to be: it tells pictures from labels. */
function parseIdx(path: string, bytes: Buffer, magic: number): IdxFile {
  const dimensions = magic & 0xff;
  const head = 4 * (1 + dimensions);
  const wanted = `${magic === IMAGES ? 'pictures' : 'labels'} of MNIST begin with the bytes 00 00 08 0${dimensions}`;
  if (bytes.length < head) throw new UserError(`${path} is too short for an IDX file: ${wanted}.`);
  if (bytes.readUInt32BE(0) !== magic) {
    throw new UserError(`${path} is not what its name says: ${wanted}, this file with ${[...bytes.subarray(0, 4)].map((b) => b.toString(16).padStart(2, '0')).join(' ')}.`);
  }
  const sizes = Array.from({ length: dimensions }, (_, k) => bytes.readUInt32BE(4 + 4 * k));
  const count = sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== head + count) {
    const fault = bytes.length < head + count ? 'is cut off' : 'is longer than it says';
    throw new UserError(`${path} ${fault}: it promises ${count} bytes of data and holds ${bytes.length - head}. Fetch it again.`);
  }
  return { path, sizes, data: new Uint8Array(bytes.buffer, bytes.byteOffset + head, count) };
}
