import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { folderName } from '../folder-name.js';
import { labDetailsSchema, labSummarySchema, labWeightsSchema } from '../lab-view.js';
import { runIdSchema } from '../run-view.js';

const byLab = z.strictObject({ lab: runIdSchema });

/** Runs of the laboratories. */
export const labsRequests = {
  /** All that the program knows, last changed first. */
  listLabs: { body: z.strictObject({}), reply: z.array(labSummarySchema) },
  /** A run with its settings, reports and result; `points` bounds the number of reports. */
  readLab: { body: byLab.extend({ points: z.int().min(10).max(20_000).default(4000) }), reply: labDetailsSchema },
  /** Weights of a regularization experiment from a recorded epoch on, as many as one reply holds: also while it runs. */
  readLabWeights: { body: byLab.extend({ first: z.int().nonnegative().default(0), count: z.int().min(1).max(1000).default(1000) }), reply: labWeightsSchema },
  /** The id of a run's folder, which is remembered from now on. */
  openLab: { body: z.strictObject({ path: absolutePath }), reply: labSummarySchema, paths: ({ path }: { path: string }) => [path] },
  /** A free place in the folder of the laboratories for a run of that name; a number is added where it is taken. */
  placeForLab: { body: z.strictObject({ name: folderName }), reply: z.object({ path: z.string(), id: runIdSchema }) },
  /** The run that a laboratory's job writes; null for other jobs. */
  labOfJob: { body: z.strictObject({ id: z.string() }), reply: z.object({ path: z.string(), id: runIdSchema }).nullable() },
  /** Opens a run's folder in the file manager of the machine. */
  showLabFolder: { body: byLab, reply: z.object({ path: z.string() }) },
  renameLab: { body: byLab.extend({ name: folderName }), reply: labSummarySchema },
  /** Moves a run's folder to the trash of the system. */
  trashLab: { body: byLab, reply: z.object({ movedTo: z.string() }) },
} as const;
