import { differenceOfGraphs } from '../../core/frozen-graphs/graph-difference.js';
import { readAnyGraph } from '../../core/graph-inspection/any-graph.js';
import type { Handler } from './handler.js';

export const graphDifference: Handler<'graphDifference'> = async ({ first, second }) =>
  differenceOfGraphs((await readAnyGraph(first)).graph, (await readAnyGraph(second)).graph);
