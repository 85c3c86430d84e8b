import { z } from 'zod';
import {
  graphDifferenceSchema, graphDrawingSchema, graphSummarySchema, nodeDetailsSchema, nodeRowSchema, openCheckpointSchema, tensorFiguresSchema, weightPageSchema, weightWishSchema,
} from '../../../shared/contract/graph-view.js';
import { typeName } from '../../core/graph-files/data-types.js';
import type { ServiceHandlers } from './service.js';

const within = { file: z.string(), body: z.string().optional() };
const tensor = { checkpoint: z.string(), name: z.string() };
const wish = weightWishSchema;

/** Keeps the graphs and the checkpoint that are looked through, so that a click reads nothing anew. Calls name all they need. */
export const graphsSpec = {
  open: { body: z.object({ file: z.string() }), reply: graphSummarySchema },
  nodes: { body: z.object({ ...within, find: z.string(), from: z.number(), count: z.number() }), reply: z.object({ total: z.number(), nodes: z.array(nodeRowSchema) }) },
  node: { body: z.object({ ...within, name: z.string() }), reply: nodeDetailsSchema },
  weights: { body: z.object({ ...within, name: z.string(), wish }), reply: weightPageSchema },
  drawing: { body: z.object({ ...within, beside: z.string().optional(), open: z.array(z.string()).optional(), reveal: z.string().optional() }), reply: graphDrawingSchema },
  difference: { body: z.object({ first: z.string(), second: z.string() }), reply: graphDifferenceSchema },
  checkpoint: { body: z.object({ checkpoint: z.string() }), reply: openCheckpointSchema },
  figures: { body: z.object(tensor), reply: tensorFiguresSchema.nullable() },
  tensorWeights: { body: z.object({ ...tensor, wish }), reply: weightPageSchema },
} as const;

export async function graphsHandlers(): Promise<ServiceHandlers<typeof graphsSpec>> {
  const { GraphShelf } = await import('../../core/graph-inspection/graph-shelf.js');
  const { Drawings } = await import('../../core/graph-inspection/drawings.js');
  const { CheckpointInspection } = await import('../../core/graph-inspection/checkpoint-inspection.js');
  const { differenceOfGraphs } = await import('../../core/frozen-graphs/graph-difference.js');
  const [shelf, checkpoints, drawings] = [new GraphShelf(), new CheckpointInspection(), new Drawings()];
  const bodyOf = async ({ file, body }: { file: string; body?: string }) => (await shelf.open(file)).body(body);
  return {
    open: async ({ file }) => {
      const graph = await shelf.open(file);
      return { ...graph.summary, bodies: graph.functionSizes, stamp: shelf.stampOf(file) };
    },
    nodes: async ({ find, from, count, ...place }) => (await bodyOf(place)).list(find, from, count),
    node: async ({ name, ...place }) => (await bodyOf(place)).details(name),
    weights: async ({ name, wish, ...place }) => (await bodyOf(place)).weights(name, wish),
    drawing: async ({ beside, open, reveal, ...place }) => {
      const first = await bodyOf(place);
      const second = beside === undefined ? undefined : (await shelf.open(beside)).bodyBeside(place.body);
      return drawings.draw(first.graph, second?.graph, open, reveal);
    },
    difference: async ({ first, second }) => {
      const graphs = [await shelf.open(first), await shelf.open(second)];
      return differenceOfGraphs(graphs[0].file.graph, graphs[1].file.graph);
    },
    checkpoint: async ({ checkpoint }) => {
      const reader = await checkpoints.reader(checkpoint);
      const tensors = reader.entries.map(({ name, type, shape, bytes, slices }) => ({ name, type: typeName(type), shape: [...shape], bytes, parts: slices.length }));
      return { prefix: reader.prefix, shards: reader.shards, missing: await reader.missingShards(), tensors };
    },
    figures: ({ checkpoint, name }) => checkpoints.figures(checkpoint, name),
    tensorWeights: ({ checkpoint, name, wish }) => checkpoints.weights(checkpoint, name, wish),
  };
}
