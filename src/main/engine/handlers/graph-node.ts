import { nodeDetails } from '../../core/frozen-graphs/node-details.js';
import { readAnyGraph } from '../../core/graph-inspection/any-graph.js';
import type { Handler } from './handler.js';

export const graphNode: Handler<'graphNode'> = async ({ file, name }) => nodeDetails((await readAnyGraph(file)).graph, name);
