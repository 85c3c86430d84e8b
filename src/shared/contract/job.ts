import { z } from 'zod';
import { CONTROL_ACTIONS } from './job-kind.js';
import { type JobKind, jobKindNames } from './kinds.js';
import { progressSchema } from './progress.js';

export const jobKindSchema = z.enum(jobKindNames as [JobKind, ...JobKind[]]);

/** Where a job stands. The last three are final. */
const jobStateSchema = z.enum(['queued', 'running', 'paused', 'stopping', 'done', 'failed', 'cancelled']);
export type JobState = z.infer<typeof jobStateSchema>;

/** Why a job failed. */
export const jobErrorSchema = z.object({
  /** What went wrong, where, and what to do now. */
  message: z.string(),
  /** What does it on a command line, such as `--overwrite`. */
  option: z.string().optional(),
  /** False where the program is at fault: the details then help to mend it. */
  expected: z.boolean(),
  /** Stack or the last lines that the job's process wrote. */
  details: z.string().optional(),
});
export type JobError = z.infer<typeof jobErrorSchema>;

/** A job as every host sees it; small enough to send often. */
export const jobViewSchema = z.object({
  id: z.string(),
  kind: jobKindSchema,
  state: jobStateSchema,
  /** What can be asked of it now. */
  controls: z.array(z.enum(CONTROL_ACTIONS)),
  /** Milliseconds since 1970. */
  queuedAt: z.number(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  progress: progressSchema.optional(),
  error: jobErrorSchema.optional(),
});
export type JobView = z.infer<typeof jobViewSchema>;

/** How a job ended. Its result fits the kind's schema; a cancelled job may have one for what it got done. */
export const jobOutcomeSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('done'), result: z.unknown() }),
  z.object({ state: z.literal('failed'), error: jobErrorSchema }),
  z.object({ state: z.literal('cancelled'), kept: z.string(), result: z.unknown().optional() }),
]);
export type JobOutcome<R = unknown> =
  | { state: 'done'; result: R }
  | { state: 'failed'; error: JobError }
  | { state: 'cancelled'; kept: string; result?: R };
