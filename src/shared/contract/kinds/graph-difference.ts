import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { count } from './graphs.js';

const named = z.array(z.object({ name: z.string(), operation: z.string() }));

/** How two graphs differ. */
export const graphDifference = jobKind({
  parameters: z.strictObject({ first: absolutePath, second: absolutePath }),
  result: z.object({
    onlyFirst: named,
    onlySecond: named,
    /** Nodes that both have, with what changed, a sentence each. */
    changed: z.array(z.object({ name: z.string(), operation: z.string(), changes: z.array(z.string()) })),
    /** Nodes that are the same in both. */
    same: count,
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ first, second }) => [first, second],
  kept: () => 'Nothing was changed.',
});
