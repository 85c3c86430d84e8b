import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { feed, feedPaths, limits } from './graph-running.js';
import { count } from './graphs.js';

export const RESULT_FORMATS = ['npy', 'csv', 'png'] as const;

/** What a window shows of a result. */
const resultLook = z.object({
  /** The first values, texts as they are; what is no finite number by its name: `NaN`, `Infinity`, `-Infinity`. */
  first: z.array(z.union([z.number(), z.string()])),
  /** Spread of the numbers, where there are any. */
  deviation: z.number().optional(),
  /** Counts in equal steps from the smallest to the largest. */
  histogram: z.array(count).optional(),
  /** PNG in Base64, where the shape is that of a picture. */
  picture: z.string().optional(),
});
export type ResultLook = z.infer<typeof resultLook>;

/** Runs a frozen graph and keeps what the nodes asked for give. */
export const graphRun = jobKind({
  parameters: z.strictObject({
    file: absolutePath,
    feeds: z.array(feed),
    /** Whether inputs that the fetched nodes do not need are passed over; else they are a mistake. */
    spare: z.boolean().default(false),
    /** `conv1/relu`, or `split:1` for another output than the first. */
    fetches: z.array(z.string().min(1)).min(1),
    /** Folder of results; without it nothing is written. */
    out: absolutePath.optional(),
    /** Whether what came out is told so that it can be looked at. */
    look: z.boolean().default(false),
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
      look: resultLook.optional(),
    })),
    /** Seconds of each run; the first also prepares. */
    seconds: z.array(z.number()),
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ file, out, feeds }) => [file, ...(out === undefined ? [] : [out]), ...feedPaths(feeds)],
  kept: ({ out }) => (out === undefined ? 'Nothing was written.' : `Results written so far are whole in ${out}.`),
});
