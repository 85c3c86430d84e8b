import { z } from 'zod';
import { jobOutcomeSchema, jobViewSchema } from './job.js';
import { noteSchema, progressSchema } from './progress.js';

/** What the engine tells its hosts unasked. */
export const engineEventSchema = z.discriminatedUnion('type', [
  /** A job was queued or changed its state. */
  z.object({ type: z.literal('job'), job: jobViewSchema }),
  z.object({ type: z.literal('progress'), id: z.string(), progress: progressSchema }),
  z.object({ type: z.literal('note'), id: z.string(), note: noteSchema }),
  /** An event of the job's kind: its data fits the schema of that name in the map of kinds. */
  z.object({ type: z.literal('event'), id: z.string(), name: z.string(), data: z.unknown() }),
  /** Comes once, last, for every job. */
  z.object({ type: z.literal('ended'), id: z.string(), outcome: jobOutcomeSchema }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;
