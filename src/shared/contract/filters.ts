/** The filters of a run's layers as they were kept while it trained. */
import { z } from 'zod';

const count = z.int().nonnegative();
const size = z.int().positive();

/** What is kept of one layer: of a large one the filters between its first inputs and outputs. */
export const filterLayerSchema = z.object({
  layer: z.string(),
  /** [height, width, in, out] of the whole layer. */
  shape: z.tuple([size, size, size, size]),
  /** First inputs and outputs that are kept. */
  inputs: size,
  outputs: size,
  /** Largest absolute weight of the whole layer: what 127 stands for. */
  scale: z.number().nonnegative(),
});
export type FilterLayer = z.infer<typeof filterLayerSchema>;

/** Layers of a run and how large their weights grew, over all snapshots. */
export const filterIndexSchema = z.object({
  /** Steps that have a snapshot, ascending. */
  steps: z.array(count),
  /** As in the newest snapshot; `scale` is the largest of all snapshots. */
  layers: z.array(filterLayerSchema),
});
export type FilterIndex = z.infer<typeof filterIndexSchema>;

/** Some filters of a layer at a step. */
export const filterPageSchema = z.object({
  layer: filterLayerSchema,
  firstInput: count,
  firstOutput: count,
  /** Filters shown. */
  inputs: count,
  outputs: count,
  /** Weights, [height, width, inputs, outputs] row by row. */
  values: z.array(z.number()),
});
export type FilterPage = z.infer<typeof filterPageSchema>;
