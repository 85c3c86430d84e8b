import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';

const folder = z.object({ name: z.string(), path: z.string() });

/** A folder as a chooser shows it. */
export const folderListingSchema = z.object({
  path: z.string(),
  /** Absent at the top. */
  parent: z.string().optional(),
  /** Folders in it, by name; hidden ones are left out. */
  folders: z.array(folder),
  /** Files in it that look like pictures by their names. */
  pictures: z.int().nonnegative(),
});
export type FolderListing = z.infer<typeof folderListingSchema>;

/** Asked where no system dialog is at hand, and to begin with. */
export const placesRequests = {
  /** The folders in a folder; the home folder where none is named. */
  listFolder: { body: z.strictObject({ path: absolutePath.optional() }), reply: folderListingSchema },
  /** Where a person may want to begin. */
  listPlaces: {
    body: z.strictObject({}),
    reply: z.object({
      /** Home and the like, drives, the parts of a machine. */
      starts: z.array(folder),
      /** Folders opened lately, newest first. */
      recent: z.array(folder),
      /** Photographs that come with the program. */
      examples: z.object({ training: z.string(), heldOut: z.string() }),
      /** Where new runs go. */
      runs: z.string(),
      /** A folder named when the program was started. */
      given: z.string().optional(),
    }),
  },
} as const;
