import { z } from 'zod';
import { jobErrorSchema, jobKindSchema } from '../../shared/contract/job.js';
import { CONTROL_ACTIONS } from '../../shared/contract/job-kind.js';
import { noteSchema, progressSchema } from '../../shared/contract/progress.js';

/** From the engine to a job's process. */
export const toChildSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('run'), kind: jobKindSchema, parameters: z.unknown() }),
  z.strictObject({ type: z.literal('cancel') }),
  z.strictObject({ type: z.literal('control'), action: z.enum(CONTROL_ACTIONS) }),
]);
export type ToChild = z.infer<typeof toChildSchema>;

/** The last word of a job's process. */
const reportSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('done'), result: z.unknown() }),
  z.strictObject({ type: z.literal('failed'), error: jobErrorSchema }),
  z.strictObject({ type: z.literal('cancelled'), result: z.unknown().optional() }),
]);
export type Report = z.infer<typeof reportSchema>;

/** From a job's process to the engine. */
export const fromChildSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), progress: progressSchema }),
  z.strictObject({ type: z.literal('note'), note: noteSchema }),
  z.strictObject({ type: z.literal('event'), name: z.string(), data: z.unknown() }),
  z.strictObject({ type: z.literal('state'), state: z.enum(['running', 'paused', 'stopping']) }),
  ...reportSchema.options,
]);
export type FromChild = z.infer<typeof fromChildSchema>;

export function isReport(message: FromChild): message is Report {
  return message.type === 'done' || message.type === 'failed' || message.type === 'cancelled';
}
