import { nodeDetails } from '../../core/frozen-graphs/node-details.js';
import { readGraphFile } from '../../core/graph-files/graph-file.js';
import type { Handler } from './handler.js';

export const graphNode: Handler<'graphNode'> = async ({ file, name }) => nodeDetails((await readGraphFile(file)).graph, name);
