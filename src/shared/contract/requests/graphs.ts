import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import {
  graphDifferenceSchema, graphDrawingSchema, graphSummarySchema, nodeDetailsSchema, nodeRowSchema, openCheckpointSchema, tensorFiguresSchema, weightPageSchema, weightWishSchema,
} from '../graph-view.js';
import { count } from '../kinds/graphs.js';
import { runIdSchema } from '../run-view.js';

/** A graph, or the body of one of its functions. */
const within = { file: absolutePath, body: z.string().min(1).optional() };
const ofFile = ({ file }: { file: string }) => [file];
const ofCheckpoint = ({ checkpoint }: { checkpoint: string }) => [checkpoint];
const tensor = { checkpoint: absolutePath, name: z.string() };

/** Looking through graphs and checkpoints: they are read once and kept for a while. */
export const graphsRequests = {
  /** A graph's summary; the graph is remembered as opened lately. */
  openGraph: { body: z.strictObject({ file: absolutePath }), reply: graphSummarySchema, paths: ofFile },
  /** Some of the nodes that a search finds by name or operation, and how many it finds. */
  listGraphNodes: {
    body: z.strictObject({ ...within, find: z.string().max(1000).default(''), from: count, count: z.int().min(1).max(1000) }),
    reply: z.object({ total: count, nodes: z.array(nodeRowSchema) }),
    paths: ofFile,
  },
  readGraphNode: { body: z.strictObject({ ...within, name: z.string() }), reply: nodeDetailsSchema, paths: ofFile },
  /** Some filters of a constant. */
  readGraphWeights: { body: z.strictObject({ ...within, name: z.string(), wish: weightWishSchema }), reply: weightPageSchema, paths: ofFile },
  /** A drawing of a graph with the scopes open that are named, and those around a node; beside another graph where they differ is marked. */
  drawGraph: {
    body: z.strictObject({ ...within, beside: absolutePath.optional(), open: z.array(z.string()).max(2000).optional(), reveal: z.string().optional() }),
    reply: graphDrawingSchema,
    paths: ({ file, beside }: { file: string; beside?: string }) => [file, ...(beside === undefined ? [] : [beside])],
  },
  compareGraphs: {
    body: z.strictObject({ first: absolutePath, second: absolutePath }),
    reply: graphDifferenceSchema,
    paths: ({ first, second }: { first: string; second: string }) => [first, second],
  },
  /** What a checkpoint holds. */
  openCheckpoint: { body: z.strictObject({ checkpoint: absolutePath }), reply: openCheckpointSchema, paths: ofCheckpoint },
  /** Figures of a tensor's values; null where it holds no numbers. */
  figuresOfTensor: { body: z.strictObject(tensor), reply: tensorFiguresSchema.nullable(), paths: ofCheckpoint },
  /** Some filters of a tensor. */
  readTensorWeights: { body: z.strictObject({ ...tensor, wish: weightWishSchema }), reply: weightPageSchema, paths: ofCheckpoint },
  /** Where a run keeps its network: the structure, and the newest weights where there are any yet. */
  graphOfRun: { body: z.strictObject({ run: runIdSchema }), reply: z.object({ graph: z.string(), checkpoint: z.string().nullable() }) },
  /** Graphs opened lately, newest first, and whether they are still there. */
  listRecentGraphs: { body: z.strictObject({}), reply: z.array(z.object({ path: z.string(), there: z.boolean() })) },
  /** Gives up what is being read, and the memory with it, unless others read, too. */
  giveUpGraphs: { body: z.strictObject({}), reply: z.object({}) },
} as const;
