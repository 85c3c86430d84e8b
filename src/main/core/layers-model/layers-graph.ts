/** A layers model of TensorFlow.js as a frozen graph. */
import { UserError } from '../errors.js';
import type { Frozen } from '../frozen-graphs/freeze.js';
import { Graph, GraphError, placeholder, toGraphDef, type Tensor } from '../graph/index.js';
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
