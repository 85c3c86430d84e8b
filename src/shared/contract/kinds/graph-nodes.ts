import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { shape } from './graphs.js';

/** A node as a list shows it. */
export const nodeLine = z.object({
  name: z.string(),
  operation: z.string(),
  inputs: z.array(z.string()),
  type: z.string(),
  shape,
  attributes: z.record(z.string(), z.string()),
  calls: z.array(z.string()),
});

/** The nodes of a graph, all or those that a search finds. */
export const graphNodes = jobKind({
  parameters: z.strictObject({
    file: absolutePath,
    /** Part of a name or of an operation, in any case. */
    find: z.string().default(''),
  }),
  result: z.object({
    path: z.string(),
    nodes: z.array(nodeLine),
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ file }) => [file],
  kept: () => 'Nothing was changed.',
});
