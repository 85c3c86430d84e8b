/** What a window shows of a result: its first values, how they are spread, and a picture where it has the shape of one. */
import type { ResultLook } from '../../../shared/contract/kinds/graph-run.js';
import { figuresOf } from '../frozen-graphs/node-details.js';
import { sharp } from '../photos/codec.js';
import type { ResultArray } from './fetched-array.js';
import { resultPicture } from './result-picture.js';
import type { Port } from './runnable.js';

const FIRST = 256;
/** Of a text that is shown. */
const MOST_TEXT = 200;
/** Sides of the picture; larger ones are made smaller. */
const SIDE = 1024;
/** Values of a result of which a picture is made. */
const MOST_PIXELS = 2 ** 26;

export async function lookAt({ shape, values }: ResultArray, { name, type }: Port): Promise<ResultLook> {
  if (Array.isArray(values)) return { first: values.slice(0, FIRST).map((text) => text.slice(0, MOST_TEXT)) };
  const at = (i: number) => Number(values[i]);
  const first = Array.from({ length: Math.min(FIRST, values.length) }, (_, i) => (Number.isFinite(at(i)) ? at(i) : String(at(i))));
  const { deviation, histogram } = figuresOf(type, shape, { count: values.length, held: values.length, at });
  const picture = looksLikePicture(shape) ? await smallPicture(name, shape, values) : undefined;
  return { first, deviation, histogram, ...(picture && { picture }) };
}

/** Vectors and batches of vectors are told by their numbers. */
function looksLikePicture(shape: readonly number[]): boolean {
  const pixels = shape.reduce((product, size) => product * size, 1);
  const sides = shape.length === 2 ? shape : shape.slice(-3, -1);
  return shape.length >= 2 && shape.length <= 4 && pixels <= MOST_PIXELS && sides.every((side) => side >= 4);
}

async function smallPicture(name: string, shape: readonly number[], values: ArrayLike<number | bigint>): Promise<string> {
  const picture = sharp(await resultPicture(name, shape, Float32Array.from(values, Number)));
  const { width = 0, height = 0 } = await picture.metadata();
  const small = Math.max(width, height) > SIDE ? picture.resize(SIDE, SIDE, { fit: 'inside' }) : picture;
  return (await small.png().toBuffer()).toString('base64');
}
