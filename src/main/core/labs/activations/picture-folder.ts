/** A folder of pictures with one subfolder a class, each picture cut to a square and brought to one size. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActivationsConfig } from '../../../../shared/labs/activations/config.js';
import { Random } from '../../../../shared/random.js';
import { UserError } from '../../errors.js';
import type { JobContext } from '../../job.js';
import { sharp } from '../../photos/codec.js';
import { decodePhoto } from '../../photos/decode.js';
import { PhotoFault } from '../../photos/fault.js';
import { walk } from '../../photos/walk.js';
import { chosen, type ImageData, type ImageSet } from './image-set.js';

const MOST_CLASSES = 100;

/**
 * @throws UserError when there are not two classes with pictures to train on and to test on; the signal's reason when stopped
 */
export async function readPictures(folder: string, { seed, data }: Pick<ActivationsConfig, 'seed' | 'data'>, context: JobContext): Promise<ImageData> {
  const classes = await classFolders(folder);
  const found: { label: number; pixels: Uint8Array }[] = [];
  for (const [label, name] of classes.entries()) {
    for await (const pixels of picturesIn(join(folder, name), data.side, context)) found.push({ label, pixels });
  }
  const all = setOf(found, data.side);
  const parts = classes.map((_, label) => dividedClass(all, label, data.testShare, new Random(seed, 'pictures', label)));
  const empty = classes.find((_, label) => parts[label].training.length === 0 || parts[label].test.length === 0);
  if (empty !== undefined) throw new UserError(`${join(folder, empty)} holds too few pictures: every class needs two at least, one to train on and one to test on.`);
  return { classes, training: chosen(all, mingled(parts.map(({ training }) => training))), test: chosen(all, mingled(parts.map(({ test }) => test))) };
}

/** Classes one through the other, so that every part from the front holds them in their shares: a limit takes from the front. */
function mingled(classes: readonly (readonly number[])[]): number[] {
  return classes
    .flatMap((own) => own.map((index, k) => ({ index, at: (k + 0.5) / own.length })))
    .sort((a, b) => a.at - b.at)
    .map(({ index }) => index);
}

async function classFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new UserError(`The folder ${folder} cannot be opened (${cause.code ?? cause.message}). Check the path.`, { cause });
  });
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name).sort();
  if (names.length < 2) throw new UserError(`${folder} needs a subfolder for each class of pictures, two at least; it has ${names.length}.`);
  if (names.length > MOST_CLASSES) throw new UserError(`${folder} has ${names.length} subfolders; the laboratory tells up to ${MOST_CLASSES} classes apart.`);
  return names;
}

/** Pixels of every picture that can be read; the others are told and left out. */
async function* picturesIn(folder: string, side: number, { progress, signal }: JobContext): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const { path, excluded } of walk(folder)) {
    signal.throwIfAborted();
    if (excluded) continue;
    progress.progress({ phase: `Reading pictures of ${folder}`, done: ++done, unit: 'pictures' });
    try {
      yield await squarePixels(join(folder, path), side);
    } catch (error) {
      if (!(error instanceof PhotoFault)) throw error;
      progress.note(`${join(folder, path)} is left out: ${error.message}`, 'warning');
    }
  }
}

/** The middle square of a picture in one size. @returns Uint8Array [side, side, 3] */
async function squarePixels(path: string, side: number): Promise<Uint8Array> {
  const { width, height, data } = await decodePhoto(path, { maxSide: Math.max(512, 4 * side) });
  return sharp(data, { raw: { width, height, channels: 3 } }).resize(side, side, { fit: 'cover' }).raw().toBuffer();
}

function setOf(found: readonly { label: number; pixels: Uint8Array }[], side: number): ImageSet {
  const pixels = new Uint8Array(found.length * side * side * 3);
  found.forEach((one, k) => pixels.set(one.pixels, k * side * side * 3));
  return { count: found.length, height: side, width: side, channels: 3, pixels, labels: Uint8Array.from(found, ({ label }) => label) };
}

/** The pictures of a class, divided at random. */
function dividedClass({ labels }: ImageSet, label: number, testShare: number, random: Random): { training: number[]; test: number[] } {
  const own = Array.from(labels, (_, k) => k).filter((k) => labels[k] === label);
  const order = Array.from(random.permutation(own.length), (k) => own[k]);
  const tests = Math.min(own.length - 1, Math.max(1, Math.round(own.length * testShare)));
  return { training: order.slice(Math.max(0, tests)), test: order.slice(0, Math.max(0, tests)) };
}
