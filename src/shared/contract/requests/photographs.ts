import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import {
  catalogueIdSchema, cataloguePhotoSchema, catalogueSummarySchema, excludedItemSchema, sparseColoursSchema,
} from '../catalogue.js';

const count = z.int().nonnegative();
/** So many entries fit into one answer. */
const page = { from: count, count: z.int().min(1).max(1000) };
/** First-level subfolders; all of the folder when absent. */
const subfolders = z.array(z.string().min(1)).optional();

/** Photographs are asked for by the ids of a catalogue, never by path. */
export const photographsRequests = {
  /** What is known of a folder from the last look through it; null before the first. */
  openCatalogue: { body: z.strictObject({ folder: absolutePath }), reply: catalogueSummarySchema.nullable(), paths: ({ folder }: { folder: string }) => [folder] },
  listPhotographs: {
    body: z.strictObject({ catalogue: catalogueIdSchema, subfolders, ...page }),
    reply: z.object({ total: count, photographs: z.array(cataloguePhotoSchema) }),
  },
  /** Files that are not used, and why; of one fate, or all. */
  listExcluded: {
    body: z.strictObject({ catalogue: catalogueIdSchema, fate: z.string().optional(), ...page }),
    reply: z.object({ total: count, items: z.array(excludedItemSchema) }),
  },
  /** How the colours of a selection are distributed, every pixel counted. */
  coloursOfPhotographs: {
    body: z.strictObject({ catalogue: catalogueIdSchema, subfolders }),
    reply: sparseColoursSchema,
  },
} as const;
