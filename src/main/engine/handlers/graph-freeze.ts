import { freezeFile } from '../../core/graph-running/freeze-file.js';
import { feedSources, runLimits } from './graph-running.js';
import type { Handler } from './handler.js';

export const graphFreeze: Handler<'graphFreeze'> = ({ feeds, ...parameters }, context) =>
  freezeFile({ ...parameters, feeds: feedSources(feeds), limits: runLimits(parameters) }, context);
