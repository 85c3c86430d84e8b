import { listNodes } from '../../core/frozen-graphs/node-list.js';
import { readAnyGraph } from '../../core/graph-inspection/any-graph.js';
import type { Handler } from './handler.js';

export const graphNodes: Handler<'graphNodes'> = async ({ file, find }) => {
  const { path, graph } = await readAnyGraph(file);
  return { path, nodes: listNodes(graph, find) };
};
