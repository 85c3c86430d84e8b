import { summarize } from '../../core/frozen-graphs/summary.js';
import { readGraphFile } from '../../core/graph-files/graph-file.js';
import type { Handler } from './handler.js';

export const graphInfo: Handler<'graphInfo'> = async ({ file }) => summarize(await readGraphFile(file));
