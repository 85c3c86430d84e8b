import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { folderName } from '../folder-name.js';
import { filterIndexSchema, filterPageSchema } from '../filters.js';
import { runDetailsSchema, runIdSchema, runSummarySchema } from '../run-view.js';

const byRun = z.strictObject({ run: runIdSchema });

export const runsRequests = {
  /** All runs that the program knows, last changed first. */
  listRuns: { body: z.strictObject({}), reply: z.array(runSummarySchema) },
  /** A run with its curves; `points` bounds their length. */
  readRun: { body: byRun.extend({ points: z.int().min(10).max(20_000).default(2000) }), reply: runDetailsSchema },
  /** All that a run's log says, a line each. */
  readLog: { body: byRun, reply: z.object({ lines: z.array(z.string()) }) },
  /** Layers and steps of which a run keeps its filters. */
  listFilters: { body: byRun, reply: filterIndexSchema },
  /** Some filters of a layer as they stood at a step. */
  readFilters: {
    body: byRun.extend({
      step: z.int().nonnegative(), layer: z.string().max(200),
      firstInput: z.int().nonnegative(), firstOutput: z.int().nonnegative(), inputs: z.int().min(1).max(64), outputs: z.int().min(1).max(256),
    }),
    reply: filterPageSchema,
  },
  /** The id of a run's folder, which is remembered from now on. */
  openRun: { body: z.strictObject({ path: absolutePath }), reply: runSummarySchema, paths: ({ path }: { path: string }) => [path] },
  /** A free place in the folder of runs for a run of that name; a number is added where it is taken. */
  placeForRun: { body: z.strictObject({ name: folderName }), reply: z.object({ path: z.string(), id: runIdSchema }) },
  /** The run that a training job writes; null for other jobs. */
  runOfJob: { body: z.strictObject({ id: z.string() }), reply: z.object({ path: z.string(), id: runIdSchema }).nullable() },
  /** Opens a run's folder in the file manager of the machine. */
  showRunFolder: { body: byRun, reply: z.object({ path: z.string() }) },
  renameRun: { body: byRun.extend({ name: folderName }), reply: runSummarySchema },
  /** Moves a run's folder to the trash of the system. */
  trashRun: { body: byRun, reply: z.object({ movedTo: z.string() }) },
} as const;
