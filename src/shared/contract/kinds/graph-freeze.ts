import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { feed, feedPaths, limits } from './graph-running.js';
import { count, liteAdvice } from './graphs.js';

/** Turns a graph and its checkpoint into one file, proven by running both. */
export const graphFreeze = jobKind({
  parameters: z.strictObject({
    /** A graph, or the folder of a SavedModel or of a TensorFlow.js layers model. */
    graph: absolutePath,
    /** Needed where the graph has variables and is no SavedModel. */
    checkpoint: absolutePath.optional(),
    /** Names of nodes; of a SavedModel its signature's outputs where empty. */
    outputs: z.array(z.string().min(1)).default([]),
    /** The frozen file; text where it ends in .pbtxt. */
    out: absolutePath,
    overwrite: z.boolean().default(false),
    /** Small programs in Python and TypeScript beside the file. */
    loaders: z.boolean().default(true),
    /** What the proof feeds; random numbers for inputs that are not named. */
    feeds: z.array(feed).default([]),
    ...limits,
  }),
  result: z.object({
    files: z.array(z.string()),
    bytes: count,
    nodes: count,
    nodesBefore: count,
    /** Variables that became constants. */
    variables: count,
    /** Between the frozen graph and what it was made from, on the same inputs. */
    largestDifference: z.number(),
    /** Values compared. */
    values: count,
    /** Of them those that are NaN in both: the same, and no proof. */
    notNumbers: count,
    /** Different inputs that were tried. */
    inputs: count,
    outputs: z.array(z.object({
      name: z.string(),
      shape: z.array(count).readonly(),
      largestDifference: z.number(),
      /** Largest value without its sign: what the difference is to be measured by. */
      largestValue: z.number(),
    })),
    /** The way to TensorFlow Lite. */
    lite: liteAdvice,
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ graph, checkpoint, out, feeds }) => [graph, ...(checkpoint === undefined ? [] : [checkpoint]), out, ...feedPaths(feeds)],
  kept: () => 'Nothing was written.',
});
