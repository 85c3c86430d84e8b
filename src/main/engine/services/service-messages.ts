import { z } from 'zod';
import { refusalSchema } from '../../../shared/contract/wire.js';

const id = z.int().nonnegative();

/** From the engine to a service's process. */
export const callSchema = z.strictObject({ id, name: z.string(), body: z.unknown() });
export type Call = z.infer<typeof callSchema>;

/** From a service's process to the engine: one answer a call. */
export const answerSchema = z.union([
  z.strictObject({ id, reply: z.unknown() }),
  z.strictObject({ id, error: refusalSchema }),
]);
export type Answer = z.infer<typeof answerSchema>;
