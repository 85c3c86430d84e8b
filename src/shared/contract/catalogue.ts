/** What a look through a folder found, kept on disk so that a window opens it again at once. */
import { z } from 'zod';

const count = z.int().nonnegative();

/** Names a catalogue: handed out by the engine, derived from the folder's path. */
export const catalogueIdSchema = z.string().regex(/^[0-9a-f]{16}$/, 'expected the id of a catalogue');

export const catalogueSummarySchema = z.object({
  id: catalogueIdSchema,
  /** Absolute path. */
  folder: z.string(),
  /** Milliseconds since 1970. */
  scannedAt: z.number(),
  /** Everything that the walk met. */
  files: count,
  /** By fate; `used` are the photographs that a training would take. */
  counts: z.record(z.string(), count),
  /** First-level subfolders that hold photographs, by name. */
  subfolders: z.array(z.object({ name: z.string(), photographs: count })),
  /** Photographs in the folder itself. */
  atTop: count,
  pixels: count,
  /** Identifies exactly this set of photographs. */
  fingerprint: z.string(),
});
export type CatalogueSummary = z.infer<typeof catalogueSummarySchema>;

export const cataloguePhotoSchema = z.object({
  /** Number in the catalogue: names the photograph together with the catalogue's id. */
  index: count,
  /** Relative to the folder, with `/` on every system. */
  path: z.string(),
  /** Upright, in pixels. */
  width: count,
  height: count,
  /** SHA-256 of the file's bytes, hex. */
  contentId: z.string(),
  /** Something worth saying about it, in a sentence. */
  note: z.string().optional(),
});
export type CataloguePhoto = z.infer<typeof cataloguePhotoSchema>;

export const excludedItemSchema = z.object({ path: z.string(), fate: z.string(), reason: z.string() });
export type ExcludedItem = z.infer<typeof excludedItemSchema>;

/** Something in a folder: a photograph that is used, or a file that is not. */
export const catalogueFileSchema = z.discriminatedUnion('kind', [
  cataloguePhotoSchema.extend({ kind: z.literal('photograph') }),
  /** `index`: number in the list of excluded files. */
  excludedItemSchema.extend({ kind: z.literal('excluded'), index: count }),
]);
export type CatalogueFile = z.infer<typeof catalogueFileSchema>;

/** Where a photograph went in a run that learnt from its folder. */
export const photographUseSchema = z.object({ run: z.string(), name: z.string(), use: z.enum(['training', 'validation', 'test', 'none']) });
export type PhotographUse = z.infer<typeof photographUseSchema>;

/** The colours of a set of photographs, sparse: entry k of each list belongs to one ab cell, cells ascending. */
export const sparseColoursSchema = z.object({
  pixels: count,
  /** Row of a times 220 plus column of b. */
  cells: z.array(count),
  counts: z.array(count),
  /** Mean a and b of the pixels in the cell. */
  meanA: z.array(z.number()),
  meanB: z.array(z.number()),
});
export type SparseColours = z.infer<typeof sparseColoursSchema>;
