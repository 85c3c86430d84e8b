/** Whatever a person gives as a graph: TensorFlow's files, and layers models of TensorFlow.js as the graphs that they become. */
import { stat } from 'node:fs/promises';
import { readGraphFile, type GraphFile } from '../graph-files/graph-file.js';
import { layersGraph } from '../layers-model/layers-graph.js';
import { layersModelAt, readLayersFile } from '../layers-model/model-json.js';

export type AnyGraph = Omit<GraphFile, 'format'> & { format: GraphFile['format'] | 'LayersModel' };

/** @throws UserError where it is no graph, or is damaged. */
export async function readAnyGraph(path: string): Promise<AnyGraph> {
  const layers = await layersModelAt(path);
  if (layers === undefined) return readGraphFile(path);
  const { graph } = layersGraph(await readLayersFile(layers));
  return { path, format: 'LayersModel', text: true, bytes: (await stat(layers)).size, graph };
}
