/** Graphs and checkpoints as windows look through them. */
import { z } from 'zod';
import { graphDifference } from './kinds/graph-difference.js';
import { graphInfo } from './kinds/graph-info.js';
import { graphNode } from './kinds/graph-node.js';
import { nodeLine } from './kinds/graph-nodes.js';
import { count } from './kinds/graphs.js';

export const graphSummarySchema = graphInfo.result.extend({
  /** Functions whose bodies can be looked through, largest first. */
  bodies: z.array(z.object({ name: z.string(), nodes: count })),
});
export type GraphSummary = z.infer<typeof graphSummarySchema>;

/** A node as a list shows it. */
export const nodeRowSchema = nodeLine.pick({ name: true, operation: true, type: true, shape: true });
export type NodeRow = z.infer<typeof nodeRowSchema>;

export const nodeDetailsSchema = graphNode.result;
export type NodeDetails = z.infer<typeof nodeDetailsSchema>;

export const tensorFiguresSchema = graphNode.result.shape.constant.unwrap();
export type TensorFigures = z.infer<typeof tensorFiguresSchema>;

/** Which filters of a tensor are asked for. */
export const weightWishSchema = z.object({
  firstInput: count, firstOutput: count, inputs: z.int().min(1).max(256), outputs: z.int().min(1).max(256),
});

/** Some filters of a tensor of weights. */
export const weightPageSchema = z.object({
  /** [height, width, in, out] of the whole tensor */
  shape: z.array(count).length(4),
  firstInput: count, firstOutput: count, inputs: count, outputs: count,
  /** [height, width, inputs, outputs] row by row; null where a value is no finite number */
  values: z.array(z.number().nullable()),
});
export type WeightPage = z.infer<typeof weightPageSchema>;

export const graphDifferenceSchema = graphDifference.result;
export type GraphDifference = z.infer<typeof graphDifferenceSchema>;

export const openCheckpointSchema = z.object({
  prefix: z.string(),
  shards: count,
  /** Data files that are not there, or too short. */
  missing: z.array(z.string()),
  tensors: z.array(z.object({ name: z.string(), type: z.string(), shape: z.array(count), bytes: count, parts: count })),
});
export type OpenCheckpoint = z.infer<typeof openCheckpointSchema>;
export type CheckpointTensor = OpenCheckpoint['tensors'][number];
