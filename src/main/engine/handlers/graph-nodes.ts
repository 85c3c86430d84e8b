import { listNodes } from '../../core/frozen-graphs/node-list.js';
import { readGraphFile } from '../../core/graph-files/graph-file.js';
import type { Handler } from './handler.js';

export const graphNodes: Handler<'graphNodes'> = async ({ file, find }) => {
  const { path, graph } = await readGraphFile(file);
  return { path, nodes: listNodes(graph, find) };
};
