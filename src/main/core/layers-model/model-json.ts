/** The layers model of TensorFlow.js on disk: model.json with Keras's description of the layers, and files of weights (tfjs-core/src/io/types.ts). */
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { megabytes, readWholeFile } from '../graph-files/whole-bytes.js';

const layerSchema = z.object({
  class_name: z.string(),
  config: z.looseObject({ name: z.string().optional() }),
  name: z.string().optional(),
  inbound_nodes: z.array(z.array(z.tuple([z.string(), z.number(), z.number()]).rest(z.unknown()))).optional(),
});
const reference = z.tuple([z.string(), z.number(), z.number()]);
const topologySchema = z.object({
  class_name: z.string(),
  config: z.union([
    z.array(layerSchema),
    z.object({ layers: z.array(layerSchema), input_layers: z.array(reference).optional(), output_layers: z.array(reference).optional() }),
  ]),
});
const weightSchema = z.object({ name: z.string(), shape: z.array(z.int().nonnegative()), dtype: z.string(), quantization: z.unknown().optional() });
const modelSchema = z.object({
  format: z.string().optional(),
  modelTopology: z.looseObject({ model_config: topologySchema.optional(), class_name: z.string().optional(), config: z.unknown().optional() }),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(weightSchema) })),
});

export type LayerJson = z.output<typeof layerSchema>;

export interface Weight {
  shape: number[];
  values: Float32Array;
}

export interface LayersFile {
  path: string;
  /** Layers in order; with `graph` each says what it takes. */
  layers: LayerJson[];
  /** Names of the layers that go in and come out; absent for a plain sequence. */
  inputs?: string[];
  outputs?: string[];
  weights: ReadonlyMap<string, Weight>;
  /** Its description as the file has it. */
  topology: object;
}

const MAX_JSON = 64 * 2 ** 20;
/** Of all files of weights together. */
const MAX_WEIGHTS = 2 ** 30;

/** Whether a path is that of a layers model: a model.json, or a folder that holds one. */
export async function layersModelAt(path: string): Promise<string | undefined> {
  const isFile = (place: string) => stat(place).then((facts) => facts.isFile(), () => false);
  if (path.endsWith('.json')) return (await isFile(path)) ? path : undefined;
  return (await isFile(join(path, 'model.json'))) ? join(path, 'model.json') : undefined;
}

/** @throws UserError where it is no layers model, or its weights are not whole. */
export async function readLayersFile(path: string): Promise<LayersFile> {
  const parsed = modelSchema.safeParse(parseJson((await readWholeFile(path, MAX_JSON)).toString('utf8'), path));
  if (!parsed.success) throw new UserError(`${path} is no layers model of TensorFlow.js: ${parsed.error.issues[0].path.join('.')}: ${parsed.error.issues[0].message}.`);
  const { format, modelTopology, weightsManifest } = parsed.data;
  if (format === 'graph-model') throw new UserError(`${path} is a graph model of TensorFlow.js, already frozen in its own format. Give the model that it was converted from, or a layers model.`);
  const topology = topologySchema.safeParse(modelTopology.model_config ?? modelTopology);
  if (!topology.success) throw new UserError(`${path} describes its layers in a way that is not known: ${topology.error.issues[0].path.join('.')}: ${topology.error.issues[0].message}.`);
  const { config } = topology.data;
  const names = (list: z.output<typeof reference>[] | undefined) => list?.map(([name]) => name);
  const described = Array.isArray(config) ? { layers: config } : { layers: config.layers, inputs: names(config.input_layers), outputs: names(config.output_layers) };
  return { path, ...described, weights: await readWeights(path, weightsManifest), topology: modelTopology };
}

/** The model as TensorFlow.js takes it. */
export function layersArtifacts({ topology, weights }: LayersFile): object {
  const every = [...weights];
  const bytes = Buffer.concat(every.map(([, { values }]) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)));
  return { modelTopology: topology, weightSpecs: every.map(([name, { shape }]) => ({ name, shape, dtype: 'float32' })), weightData: Uint8Array.from(bytes).buffer };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path} is damaged: ${(error as Error).message}. Copy the model again.`, { cause: error });
  }
}

async function readWeights(path: string, manifest: z.output<typeof modelSchema>['weightsManifest']): Promise<Map<string, Weight>> {
  const weights = new Map<string, Weight>();
  let left = MAX_WEIGHTS;
  for (const group of manifest) {
    const bytes = await readFiles(path, group.paths, left);
    left -= bytes.length;
    let at = 0;
    for (const { name, shape, dtype, quantization } of group.weights) {
      if (dtype !== 'float32' || quantization !== undefined) throw new UserError(`The weight ${name} of ${path} is ${quantization === undefined ? dtype : 'quantized'}; only plain float32 is read.`);
      if (weights.has(name)) throw new UserError(`${path} holds the weight ${name} twice. Export the model again.`);
      const count = shape.reduce((product, side) => product * side, 1);
      if (at + 4 * count > bytes.length) throw new UserError(`${path} misses weights: its files break off at ${name}. Copy them again.`);
      weights.set(name, { shape, values: new Float32Array(bytes.buffer, bytes.byteOffset + at, count) });
      at += 4 * count;
    }
  }
  return weights;
}

/** The files of a group one after the other. @param most Bytes that may still be read of the whole model. */
async function readFiles(path: string, names: readonly string[], most: number): Promise<Buffer> {
  const files = names.map((name) => join(dirname(path), ownName(name, path)));
  const sizes = await Promise.all(files.map(sizeOf));
  if (sizes.reduce((sum, size) => sum + size, 0) > most) throw new UserError(`The weights of ${path} are larger than ${megabytes(MAX_WEIGHTS)} MB together, which is the most that is read. Freeze the model in Python instead.`);
  return aligned(Buffer.concat(await Promise.all(files.map((file, i) => readWholeFile(file, sizes[i])))));
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(({ size }) => size, () => 0);
}

/** Floats are read in place, from a multiple of four on. */
function aligned(bytes: Buffer): Buffer {
  return bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(Uint8Array.from(bytes).buffer);
}

/** Files of weights lie beside model.json, nowhere else. */
function ownName(name: string, path: string): string {
  if (name !== basename(name) || name === '..') throw new UserError(`${path} names the file of weights ${name}, which does not lie beside it. It was not read.`);
  return name;
}
