/**
 * Filters kept while a run trains: RUN/filters/step-000500.bin, small enough to keep many, readable without TensorFlow.
 *
 * A file: uint32 (little endian) length of the header, the header as JSON, then for each layer one signed byte a weight,
 * ordered [input, output, row, column]; a weight is its byte times the layer's scale over 127. All layers are in it; of layers
 * that would take too much room only the filters between their first inputs and outputs.
 */
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { filterLayerSchema, type FilterIndex, type FilterLayer, type FilterPage } from '../../../shared/contract/filters.js';
import { UserError } from '../errors.js';
import { stepName } from './checkpoint.js';
import type { LayerFilters } from './network.js';

/** Bytes of weights in a snapshot: the default network fits whole. */
const MOST_BYTES = 2 * 2 ** 20;
const VERSION = 1;
/** A weight of the scale's size. */
const FULL = 127;
/** Longer headers are no header of ours. */
const MOST_HEADER_BYTES = 2 ** 20;
const FILE_NAME = /^step-(\d{6,})\.bin$/;

const headerSchema = z.object({ version: z.literal(VERSION), step: z.int().nonnegative(), layers: z.array(filterLayerSchema) });
type Header = z.infer<typeof headerSchema>;

/** A snapshot's file, and the step it was taken at. */
export interface FilterSnapshot {
  step: number;
  file: string;
}

export function filterFileName(step: number): string {
  return `${stepName(step)}.bin`;
}

/** Snapshots of a run by ascending step; none in runs from before there were any. */
export async function listFilters(run: string): Promise<FilterSnapshot[]> {
  const folder = join(run, 'filters');
  const names = await readdir(folder).catch(() => []);
  return names
    .map((name) => ({ step: Number(FILE_NAME.exec(name)?.[1] ?? NaN), file: join(folder, name) }))
    .filter(({ step }) => !Number.isNaN(step))
    .sort((x, y) => x.step - y.step);
}

/**
 * A snapshot as bytes.
 * @param shapes [height, width, in, out] of each layer, in order.
 * @param layers The same layers with their weights; each is looked at once, so that one at a time is enough.
 */
export function encodeFilters(step: number, shapes: readonly (readonly number[])[], layers: Iterable<LayerFilters>): Uint8Array {
  const most = mostFilters(shapes);
  const described: FilterLayer[] = [];
  const parts: Uint8Array[] = [];
  for (const filters of layers) {
    const layer = describe(filters, most);
    described.push(layer);
    parts.push(quantized(filters, layer));
  }
  const header = Buffer.from(JSON.stringify({ version: VERSION, step, layers: described } satisfies Header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, ...parts]);
}

/** The largest number of first inputs and outputs a layer with which all layers together stay within bounds. */
function mostFilters(shapes: readonly (readonly number[])[]): number {
  const bytes = (most: number) => shapes.reduce((sum, [height, width, into, out]) => sum + height * width * Math.min(into, most) * Math.min(out, most), 0);
  let low = 1;
  let high = Math.max(1, ...shapes.flatMap(([, , into, out]) => [into, out]));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (bytes(middle) <= MOST_BYTES) low = middle;
    else high = middle - 1;
  }
  return low;
}

function describe({ layer, shape, values }: LayerFilters, most: number): FilterLayer {
  const [height, width, into, out] = shape;
  const scale = values.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0);
  return { layer, shape: [height, width, into, out], inputs: Math.min(into, most), outputs: Math.min(out, most), scale };
}

function quantized({ values }: LayerFilters, { shape: [height, width, into, out], inputs, outputs, scale }: FilterLayer): Uint8Array {
  const bytes = new Int8Array(height * width * inputs * outputs);
  const factor = scale > 0 ? FULL / scale : 0;
  let to = 0;
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) {
      for (let place = 0; place < height * width; place++) bytes[to++] = Math.round(values[(place * into + i) * out + o] * factor);
    }
  }
  return new Uint8Array(bytes.buffer);
}

/** Which layers and steps can be shown of a run. Snapshots that cannot be read are passed over. */
export async function filterIndex(run: string): Promise<FilterIndex> {
  const read = await Promise.all((await listFilters(run)).map(async ({ step, file }) => ({ step, header: await readHeader(file).catch(() => undefined) })));
  const sound = read.filter((entry): entry is { step: number; header: Header } => entry.header !== undefined);
  const newest = sound.at(-1)?.header.layers ?? [];
  return { steps: sound.map(({ step }) => step), layers: newest.map((layer) => ({ ...layer, scale: largestScale(layer.layer, sound.map(({ header }) => header)) })) };
}

function largestScale(name: string, headers: readonly Header[]): number {
  return Math.max(...headers.map(({ layers }) => layers.find(({ layer }) => layer === name)?.scale ?? 0));
}

/** Which filters of a layer are wanted; what lies beyond those kept is left away. */
export interface FilterWish {
  layer: string;
  firstInput: number;
  firstOutput: number;
  inputs: number;
  outputs: number;
}

/**
 * Some filters of a layer as they stood at a step.
 * @throws UserError when there is no such snapshot, or no such layer in it.
 */
export async function readFilters(run: string, step: number, wish: FilterWish): Promise<FilterPage> {
  const file = join(run, 'filters', filterFileName(step));
  const { layers } = await readHeader(file);
  const index = layers.findIndex(({ layer }) => layer === wish.layer);
  if (index < 0) throw new UserError(`${file} has no layer ${wish.layer}; it has ${layers.map(({ layer }) => layer).join(', ')}.`);
  const bytes = await readFile(file);
  const start = 4 + bytes.readUInt32LE(0) + layers.slice(0, index).reduce((sum, layer) => sum + sizeOf(layer), 0);
  return pageOf(layers[index], new Int8Array(bytes.buffer, bytes.byteOffset + start, sizeOf(layers[index])), wish);
}

function sizeOf({ shape: [height, width], inputs, outputs }: FilterLayer): number {
  return height * width * inputs * outputs;
}

function pageOf(layer: FilterLayer, bytes: Int8Array, wish: FilterWish): FilterPage {
  const [height, width] = layer.shape;
  const inputs = Math.max(0, Math.min(wish.inputs, layer.inputs - wish.firstInput));
  const outputs = Math.max(0, Math.min(wish.outputs, layer.outputs - wish.firstOutput));
  const values: number[] = [];
  for (let place = 0; place < height * width; place++) {
    for (let i = wish.firstInput; i < wish.firstInput + inputs; i++) {
      for (let o = wish.firstOutput; o < wish.firstOutput + outputs; o++) {
        values.push((bytes[(i * layer.outputs + o) * height * width + place] * layer.scale) / FULL);
      }
    }
  }
  return { layer, firstInput: wish.firstInput, firstOutput: wish.firstOutput, inputs, outputs, values };
}

async function readHeader(path: string): Promise<Header> {
  const file = await open(path).catch((cause: unknown) => {
    throw new UserError(`${path} is not there (any more): of many snapshots only some are kept. Choose another step.`, { cause });
  });
  try {
    const length = (await file.read(Buffer.alloc(4), 0, 4, 0)).buffer.readUInt32LE(0);
    if (length > MOST_HEADER_BYTES) throw new UserError(`${path} is damaged: it does not begin as a snapshot does. Delete it; the others stay readable.`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 4);
    const header = headerSchema.parse(JSON.parse(buffer.toString('utf8', 0, bytesRead)));
    const whole = 4 + length + header.layers.reduce((sum, layer) => sum + sizeOf(layer), 0);
    if (whole > 4 + MOST_HEADER_BYTES + MOST_BYTES || (await file.stat()).size !== whole) throw new UserError(`${path} is damaged: it does not hold the weights that it names. Delete it; the others stay readable.`);
    return header;
  } catch (cause) {
    throw cause instanceof UserError ? cause : new UserError(`${path} is damaged and cannot be shown. Delete it; the others stay readable.`, { cause });
  } finally {
    await file.close();
  }
}
