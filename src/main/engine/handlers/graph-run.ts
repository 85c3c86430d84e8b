import { runGraph } from '../../core/graph-running/run-graph.js';
import { feedSources, runLimits } from './graph-running.js';
import type { Handler } from './handler.js';

export const graphRun: Handler<'graphRun'> = ({ feeds, ...parameters }, context) =>
  runGraph({ ...parameters, feeds: feedSources(feeds), limits: runLimits(parameters) }, context);
