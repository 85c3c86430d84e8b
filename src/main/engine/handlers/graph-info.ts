import { summarize } from '../../core/frozen-graphs/summary.js';
import { readAnyGraph } from '../../core/graph-inspection/any-graph.js';
import type { Handler } from './handler.js';

export const graphInfo: Handler<'graphInfo'> = async ({ file }) => summarize(await readAnyGraph(file));
