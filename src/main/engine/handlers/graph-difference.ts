import { differenceOfGraphs } from '../../core/frozen-graphs/graph-difference.js';
import { readGraphFile } from '../../core/graph-files/graph-file.js';
import type { Handler } from './handler.js';

export const graphDifference: Handler<'graphDifference'> = async ({ first, second }) =>
  differenceOfGraphs((await readGraphFile(first)).graph, (await readGraphFile(second)).graph);
