/** Where the catalogue of a folder lies, and what its files hold. */
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { cataloguePhotoSchema, catalogueSummarySchema, excludedItemSchema, sparseColoursSchema } from '../../../shared/contract/catalogue.js';
import { cacheFolder } from '../paths.js';

/** Raise it whenever a file of a catalogue changes its form: older catalogues are then made again. */
export const CATALOGUE_VERSION = 1;

/** Everything in one file: a catalogue is there whole or not at all. */
export const catalogueFileSchema = z.object({
  version: z.literal(CATALOGUE_VERSION),
  summary: catalogueSummarySchema,
  photographs: z.array(cataloguePhotoSchema),
  excluded: z.array(excludedItemSchema),
  /** By first-level subfolder; '' for photographs in the folder itself. */
  colours: z.record(z.string(), sparseColoursSchema),
});
export type CatalogueContents = z.infer<typeof catalogueFileSchema>;

/** The same folder has the same id, so that a new look replaces the old one. */
export function catalogueId(folder: string): string {
  return createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
}

export function cataloguePath(id: string): string {
  return join(cacheFolder(), 'catalogues', `${id}.json`);
}

/** First-level subfolder of a path relative to its folder; '' for a file in the folder itself. */
export function subfolderOf(path: string): string {
  const end = path.indexOf('/');
  return end < 0 ? '' : path.slice(0, end);
}
