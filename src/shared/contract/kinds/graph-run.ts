import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { feed, feedPaths, limits } from './graph-running.js';
import { count } from './graphs.js';

export const RESULT_FORMATS = ['npy', 'csv', 'png'] as const;

/** Runs a frozen graph and keeps what the nodes asked for give. */
export const graphRun = jobKind({
  parameters: z.strictObject({
    file: absolutePath,
    feeds: z.array(feed),
    /** `conv1/relu`, or `split:1` for another output than the first. */
    fetches: z.array(z.string().min(1)).min(1),
    /** Folder of results. */
    out: absolutePath,
    formats: z.array(z.enum(RESULT_FORMATS)).min(1).default(['npy']),
    overwrite: z.boolean().default(false),
    /** How often it runs, for the times. */
    runs: z.int().min(1).max(1000).default(3),
    ...limits,
  }),
  result: z.object({
    results: z.array(z.object({
      name: z.string(),
      type: z.string(),
      shape: z.array(count).readonly(),
      files: z.array(z.string()),
      /** These three are of the finite values. */
      smallest: z.number().optional(),
      largest: z.number().optional(),
      mean: z.number().optional(),
      /** Values that are no finite numbers; absent where all are. */
      notFinite: count.optional(),
    })),
    /** Seconds of each run; the first also prepares. */
    seconds: z.array(z.number()),
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ file, out, feeds }) => [file, out, ...feedPaths(feeds)],
  kept: ({ out }) => `Results written so far are whole in ${out}.`,
});
