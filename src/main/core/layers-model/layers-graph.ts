/** A layers model of TensorFlow.js as a frozen graph, proven by TensorFlow.js itself. */
import { UserError } from '../errors.js';
import type { Frozen } from '../frozen-graphs/freeze.js';
import { Graph, GraphError, placeholder, toGraphDef, type Shape, type Tensor } from '../graph/index.js';
import { nativeEngine } from '../graph/native.js';
import { NativeSession, type NativeFeed } from '../graph/native-session.js';
import { writeGraphAsSavedModel } from '../graph/saved-model.js';
import { difference, ROUNDING, type Verification } from '../graph-running/verify.js';
import { Random } from '../random.js';
import { buildLayer } from './layers.js';
import type { LayerJson, LayersFile } from './model-json.js';

/** @throws UserError that names a layer which cannot be turned into a graph. */
export function layersGraph(file: LayersFile): Frozen {
  const graph = new Graph();
  const tensors = new Map<string, Tensor>();
  let last: Tensor | undefined;
  for (const layer of file.layers) {
    const name = nameOf(layer, file);
    // A plain sequence may begin without a layer for the input.
    if (last === undefined || layer.class_name === 'InputLayer') last = input(graph, layer, name);
    if (layer.class_name !== 'InputLayer') last = built(graph, file, layer, name, inputsOf(layer, tensors, last));
    tensors.set(name, last);
  }
  const outputs = file.outputs ?? (last ? [nameOf(file.layers[file.layers.length - 1], file)] : []);
  if (outputs.length === 0) throw new UserError(`${file.path} has no layers.`);
  return { graph: toGraphDef(graph), outputs: outputs.map((name) => (tensors.get(name) as Tensor).node.name), variables: file.weights.size };
}

function nameOf({ config, name }: LayerJson, { path }: LayersFile): string {
  const found = config.name ?? name;
  if (found === undefined) throw new UserError(`${path} has a layer without a name.`);
  return found;
}

function input(graph: Graph, { config, class_name: type }: LayerJson, name: string): Tensor {
  const sizes = config['batch_input_shape'] ?? config['batchInputShape'];
  if (!Array.isArray(sizes)) throw new UserError(`The layer ${name} (${type}) does not say which shape the model takes.`);
  return placeholder(graph, type === 'InputLayer' ? name : `${name}_input`, 'float32', sizes.map((size) => (typeof size === 'number' ? size : null)));
}

/** What a layer takes: as it says itself, or what the one before gave. */
function inputsOf({ inbound_nodes: nodes }: LayerJson, tensors: ReadonlyMap<string, Tensor>, last: Tensor): Tensor[] {
  const named = nodes?.[0];
  return named?.length ? named.map(([name]) => tensors.get(name) ?? last) : [last];
}

function built(graph: Graph, file: LayersFile, layer: LayerJson, name: string, inputs: Tensor[]): Tensor {
  if (inputs.some((tensor) => tensor === undefined)) throw new UserError(`The layer ${name} of ${file.path} takes what no layer before it gives.`);
  const weight = (last: string) => file.weights.get(`${name}/${last}`) ?? [...file.weights].find(([key]) => key.endsWith(`/${name}/${last}`))?.[1];
  try {
    return graph.scope(`${name}/parts`, () => buildLayer({ name, type: layer.class_name, config: layer.config, inputs, weight }));
  } catch (error) {
    if (!(error instanceof GraphError || error instanceof RangeError)) throw error;
    throw new UserError(`The layer ${name} (${layer.class_name}) of ${file.path} cannot be turned into a graph: ${error.message}.`, { cause: error });
  }
}

/** Runs the model by TensorFlow.js and its graph by TensorFlow on the same random inputs. @throws UserError where they differ by more than rounding. */
export async function verifyLayers(file: LayersFile, { graph, outputs }: Frozen, seed: number): Promise<Verification> {
  const inputs = graph.node.filter(({ op }) => op === 'Placeholder');
  const feeds = inputs.map(({ name, attr }) => randomFeed(name, (attr?.['shape'].shape?.dim ?? []).map(({ size }) => Number(size)), seed));
  const expected = await answersOfLayers(file, feeds);
  const session = await NativeSession.open((folder) => writeGraphAsSavedModel(folder, graph));
  try {
    const found = session.run(feeds, outputs.map((name) => `${name}:0`));
    const compared = outputs.map((name, i) => {
      const { largest, scale } = difference({ shape: expected[i].shape, values: expected[i].data as Float32Array }, { shape: found[i].shape, values: found[i].data as Float32Array });
      if (!(largest <= 10 * ROUNDING * Math.max(1, scale))) throw new UserError(`The graph does not give the same answer as the layers: ${name} differs by up to ${largest.toPrecision(3)}. Nothing was written.`);
      return { name, shape: found[i].shape, largestDifference: largest };
    });
    return { outputs: compared, values: found.reduce((sum, { data }) => sum + data.length, 0), largestDifference: Math.max(...compared.map(({ largestDifference }) => largestDifference)) };
  } finally {
    session.close();
  }
}

function randomFeed(name: string, sizes: readonly number[], seed: number): NativeFeed {
  const shape: Shape = sizes.map((size, axis) => (size >= 0 ? size : axis === 0 ? 2 : 32));
  const count = (shape as number[]).reduce((product, size) => product * size, 1);
  const random = new Random(seed, 'feed', name);
  return { tensor: `${name}:0`, dtype: 'float32', shape: shape as number[], data: Float32Array.from({ length: count }, () => 2 * random.uniform() - 1) };
}

async function answersOfLayers(file: LayersFile, feeds: readonly NativeFeed[]): Promise<{ shape: readonly number[]; data: unknown }[]> {
  const { tfjs } = nativeEngine();
  const model = await tfjs.loadLayersModel({ load: () => Promise.resolve(file.artifacts) });
  const inputs = feeds.map(({ data, shape }) => tfjs.tensor(data, shape, 'float32'));
  try {
    const results = [model.predict(inputs.length === 1 ? inputs[0] : inputs)].flat();
    return results.map((result) => {
      const answer = { shape: [...result.shape], data: result.dataSync() };
      result.dispose();
      return answer;
    });
  } finally {
    inputs.forEach((tensor) => tensor.dispose());
    model.dispose();
  }
}
