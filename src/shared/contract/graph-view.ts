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
  /** Another one where its files have changed. */
  stamp: z.string(),
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

const pixels = z.number();

export const graphBoxSchema = z.object({
  id: z.string(),
  /** A group holds some of the children of a scope that has too many to be seen at once. */
  kind: z.enum(['node', 'scope', 'group']),
  label: z.string(),
  /** Full name of the node or the scope. */
  name: z.string(),
  /** Of a node. */
  operation: z.string().optional(),
  /** Nodes that it stands for. */
  nodes: count,
  open: z.boolean(),
  /** Connected with so many others that its lines are drawn only when it is chosen. */
  aside: z.boolean(),
  /** Upper left corner. */
  x: pixels, y: pixels, width: pixels, height: pixels,
  /** How many of its nodes differ from the graph beside it. */
  changes: z.object({ onlyFirst: count, onlySecond: count, changed: count }),
});
export type GraphBox = z.infer<typeof graphBoxSchema>;

/** A graph as a picture, scopes open or closed. */
export const graphDrawingSchema = z.object({
  width: pixels, height: pixels,
  /** Open scopes before what lies in them. */
  boxes: z.array(graphBoxSchema),
  lines: z.array(z.object({
    /** Ids of boxes; a line within an open scope may lead from or to the scope itself. */
    from: z.string(), to: z.string(),
    /** Inputs of nodes that it stands for. */
    count,
    /** Nothing flows: one only has to run before the other. */
    control: z.boolean(),
    /** Drawn only when one of its ends is chosen. */
    hidden: z.boolean(),
    points: z.array(z.object({ x: pixels, y: pixels })),
  })),
  /** Ids of the scopes that are open. */
  open: z.array(z.string()),
  /** Connections that are not drawn: there are more than can be told apart. */
  left: count,
});
export type GraphDrawing = z.infer<typeof graphDrawingSchema>;

export const openCheckpointSchema = z.object({
  prefix: z.string(),
  shards: count,
  /** Data files that are not there, or too short. */
  missing: z.array(z.string()),
  tensors: z.array(z.object({ name: z.string(), type: z.string(), shape: z.array(count), bytes: count, parts: count })),
});
export type OpenCheckpoint = z.infer<typeof openCheckpointSchema>;
export type CheckpointTensor = OpenCheckpoint['tensors'][number];
