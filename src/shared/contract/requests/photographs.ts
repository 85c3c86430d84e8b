import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import {
  catalogueFileSchema, catalogueIdSchema, cataloguePhotoSchema, catalogueSummarySchema, excludedItemSchema, photographUseSchema, sparseColoursSchema,
} from '../catalogue.js';

const count = z.int().nonnegative();
/** So many entries fit into one answer. */
const page = { from: count, count: z.int().min(1).max(1000) };
/** First-level subfolders; all of the folder when absent. */
const subfolders = z.array(z.string().min(1)).optional();

const photograph = z.strictObject({ catalogue: catalogueIdSchema, index: count });

/** Photographs are asked for by the ids of a catalogue, never by path. */
export const photographsRequests = {
  /** What is known of a folder from the last look through it; null before the first. */
  openCatalogue: { body: z.strictObject({ folder: absolutePath }), reply: catalogueSummarySchema.nullable(), paths: ({ folder }: { folder: string }) => [folder] },
  listPhotographs: {
    body: z.strictObject({ catalogue: catalogueIdSchema, subfolders, ...page }),
    reply: z.object({ total: count, photographs: z.array(cataloguePhotoSchema) }),
  },
  /** The same with the files that are not used between them, in the order of the folder. */
  listFiles: {
    body: z.strictObject({ catalogue: catalogueIdSchema, subfolders, ...page }),
    reply: z.object({ total: count, files: z.array(catalogueFileSchema) }),
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
  /** The colours of one photograph. */
  coloursOfPhotograph: { body: photograph, reply: sparseColoursSchema },
  /** How it was used in the newest runs that learnt from its folder. */
  usesOfPhotograph: { body: photograph, reply: z.array(photographUseSchema) },
} as const;
