import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { count } from './graphs.js';
import { nodeLine } from './graph-nodes.js';

/** One node of a graph with all that is known of it. */
export const graphNode = jobKind({
  parameters: z.strictObject({ file: absolutePath, name: z.string().min(1) }),
  result: nodeLine.extend({
    /** Nodes that take what it gives, or wait for it. */
    readers: z.array(z.string()),
    /** From the node to one that nobody reads, by the shortest way. */
    path: z.array(z.string()),
    /** Figures of a constant's numbers. */
    constant: z.object({
      type: z.string(),
      shape: z.array(count),
      count,
      smallest: z.number(),
      largest: z.number(),
      mean: z.number(),
      deviation: z.number(),
      zeros: count,
      notFinite: count,
      /** Counts in equal steps from the smallest to the largest. */
      histogram: z.array(count),
    }).optional(),
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ file }) => [file],
  kept: () => 'Nothing was changed.',
});
