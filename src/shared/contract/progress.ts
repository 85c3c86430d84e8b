import { z } from 'zod';

/** How far a job is; the same shape as the core's `Progress`. */
export const progressSchema = z.object({
  /** What is being done, in a few words: `Reading photographs`. */
  phase: z.string(),
  /** Units done so far. */
  done: z.number().nonnegative(),
  /** Units in all; absent while it is not known. */
  total: z.number().nonnegative().optional(),
  /** Plural noun of the unit. */
  unit: z.string(),
  secondsLeft: z.number().nonnegative().optional(),
});
export type JobProgress = z.infer<typeof progressSchema>;

/** A fact worth a line in the log. */
export const noteSchema = z.object({
  level: z.enum(['info', 'warning']),
  message: z.string(),
});
export type JobNote = z.infer<typeof noteSchema>;
