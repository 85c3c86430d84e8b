import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { CHOICE_KINDS } from '../choice.js';

/** Files and folders chosen at a time; whoever has more chooses their folder. */
const MOST_CHOSEN = 5000;

const folder = z.object({ name: z.string(), path: z.string() });

/** A folder as a chooser shows it. */
const folderListingSchema = z.object({
  path: z.string(),
  /** Absent at the top. */
  parent: z.string().optional(),
  /** Stands between the names of a path on that machine. */
  separator: z.string(),
  /** Folders by name, then pictures or other files by theirs, where those were asked for. */
  entries: z.array(z.object({ name: z.string(), kind: z.enum(['folder', 'run', 'picture', 'file']) })),
  /** Entries beyond those that one listing holds. */
  more: z.int().nonnegative(),
  /** Files in it that look like pictures by their names. */
  pictures: z.int().nonnegative(),
  /** Name of the file that was asked for: its folder is listed. */
  named: z.string().optional(),
});
export type FolderListing = z.infer<typeof folderListingSchema>;
export type FolderEntry = FolderListing['entries'][number];

/** Asked where no system dialog is at hand, and to begin with. */
export const placesRequests = {
  /** What is in a folder, for a choice of some kind; the home folder where none is named, the folder of a file where one is. */
  listFolder: {
    body: z.strictObject({ path: absolutePath.optional(), kind: z.enum(CHOICE_KINDS).default('folder'), hidden: z.boolean().default(false) }),
    reply: folderListingSchema,
  },
  /** Makes a folder in a folder that was listed, and says where it lies. */
  makeFolder: { body: z.strictObject({ parent: absolutePath, name: z.string().trim().min(1).max(200) }), reply: z.object({ path: z.string() }) },
  /** What a person chose in the chooser. */
  choosePaths: { body: z.strictObject({ paths: z.array(absolutePath).min(1).max(MOST_CHOSEN) }), reply: z.object({ paths: z.array(z.string()) }) },
  /** Where a person may want to begin. */
  listPlaces: {
    body: z.strictObject({}),
    reply: z.object({
      /** Home and the like, drives, the parts of a machine. */
      starts: z.array(folder),
      /** Folders opened lately, newest first, and whether they are still there. */
      recent: z.array(folder.extend({ there: z.boolean() })),
      /** Photographs that come with the program. */
      examples: z.object({ training: z.string(), heldOut: z.string() }),
      /** Where new runs go, of trainings and of laboratories. */
      runs: z.string(),
      labs: z.string(),
      /** A folder named when the program was started. */
      given: z.string().optional(),
    }),
  },
} as const;
