/** The layers model of TensorFlow.js on disk: model.json with Keras's description of the layers, and files of weights (tfjs-core/src/io/types.ts). */
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { readWholeFile } from '../graph-files/whole-bytes.js';

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
  /** As TensorFlow.js takes it. */
  artifacts: object;
}

const MAX_JSON = 64 * 2 ** 20;
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
  const { weights, bytes } = await readWeights(path, weightsManifest);
  const artifacts = { modelTopology, weightSpecs: weightsManifest.flatMap((group) => group.weights), weightData: Uint8Array.from(bytes).buffer };
  return { path, ...described, weights, artifacts };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path} is damaged: ${(error as Error).message}. Copy the model again.`, { cause: error });
  }
}

async function readWeights(path: string, manifest: z.output<typeof modelSchema>['weightsManifest']): Promise<{ weights: Map<string, Weight>; bytes: Buffer }> {
  const weights = new Map<string, Weight>();
  const every: Buffer[] = [];
  for (const group of manifest) {
    const files = group.paths.map((name) => join(dirname(path), ownName(name, path)));
    const bytes = Buffer.concat(await Promise.all(files.map((file) => readWholeFile(file, MAX_WEIGHTS))));
    let at = 0;
    for (const { name, shape, dtype, quantization } of group.weights) {
      if (dtype !== 'float32' || quantization !== undefined) throw new UserError(`The weight ${name} of ${path} is ${quantization === undefined ? dtype : 'quantized'}; only plain float32 is read.`);
      const size = 4 * shape.reduce((product, side) => product * side, 1);
      if (at + size > bytes.length) throw new UserError(`${path} misses weights: its files break off at ${name}. Copy them again.`);
      weights.set(name, { shape, values: new Float32Array(Uint8Array.from(bytes.subarray(at, at + size)).buffer) });
      at += size;
    }
    every.push(bytes.subarray(0, at));
  }
  return { weights, bytes: Buffer.concat(every) };
}

/** Files of weights lie beside model.json, nowhere else. */
function ownName(name: string, path: string): string {
  if (name !== basename(name) || name === '..') throw new UserError(`${path} names the file of weights ${name}, which does not lie beside it. It was not read.`);
  return name;
}
