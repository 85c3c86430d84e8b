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
  return { graph: toGraphDef(graph), outputs: outputs.map((name) => outputOf(name, tensors, file).node.name), variables: file.weights.size };
}

function outputOf(name: string, tensors: ReadonlyMap<string, Tensor>, { path }: LayersFile): Tensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new UserError(`${path} names the output ${name}, which none of its layers gives. Export the model again.`);
  return tensor;
}

function nameOf({ config, name }: LayerJson, { path }: LayersFile): string {
  const found = config.name ?? name;
  if (found === undefined) throw new UserError(`${path} has a layer without a name.`);
  return found;
}

function input(graph: Graph, { config, class_name: type }: LayerJson, name: string): Tensor {
  const sizes = config['batch_input_shape'] ?? config['batchInputShape'];
  if (!Array.isArray(sizes)) throw new UserError(`The layer ${name} (${type}) does not say which shape the model takes.`);
  const shape = sizes.map((size) => (typeof size === 'number' ? size : null));
  return inWords(`The input of the layer ${name} (${type})`, () => placeholder(graph, type === 'InputLayer' ? name : `${name}_input`, 'float32', shape));
}

/** @throws UserError in place of what the graph says of its nodes. */
function inWords<T>(what: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof GraphError || error instanceof RangeError)) throw error;
    throw new UserError(`${what} cannot be turned into a graph: ${error.message}.`, { cause: error });
  }
}

/** What a layer takes: as it says itself, or what the one before gave. */
function inputsOf({ inbound_nodes: nodes }: LayerJson, tensors: ReadonlyMap<string, Tensor>, last: Tensor): Tensor[] {
  const named = nodes?.[0];
  return named?.length ? named.map(([name]) => tensors.get(name) ?? last) : [last];
}

function built(graph: Graph, file: LayersFile, layer: LayerJson, name: string, inputs: Tensor[]): Tensor {
  if (inputs.some((tensor) => tensor === undefined)) throw new UserError(`The layer ${name} of ${file.path} takes what no layer before it gives.`);
  const weight = (last: string) => file.weights.get(`${name}/${last}`) ?? [...file.weights].find(([key]) => key.endsWith(`/${name}/${last}`))?.[1];
  const request = { name, type: layer.class_name, config: layer.config, inputs, weight };
  return inWords(`The layer ${name} (${layer.class_name}) of ${file.path}`, () => graph.scope(`${name}/parts`, () => buildLayer(request)));
}
