/**
 * What crosses a wire between an engine and a window that holds it: the same words over a process channel and over a WebSocket.
 */
import { z } from 'zod';
import { engineEventSchema } from './events.js';

const requestId = z.int().nonnegative();

/** From a window to the engine. */
export const fromWindowSchema = z.strictObject({
  type: z.literal('request'),
  /** Chosen by the asker, given back with the reply. */
  id: requestId,
  name: z.string().max(64),
  body: z.unknown(),
});
export type FromWindow = z.infer<typeof fromWindowSchema>;

/** Why a request got no reply. */
export const refusalSchema = z.object({
  /** What is wrong, where, and what to do now. */
  message: z.string(),
  /** False where the program is at fault. */
  expected: z.boolean(),
});
export type Refusal = z.infer<typeof refusalSchema>;

/** How the engine's own process is. */
const engineStateSchema = z.object({
  state: z.enum(['running', 'failed']),
  /** Number of the engine's process since its host started; jobs of an earlier one are gone. */
  generation: z.int().nonnegative(),
  /** What happened, as a sentence, where it is not plain running. */
  message: z.string().optional(),
});
export type EngineState = z.infer<typeof engineStateSchema>;

/** From the engine, or the host that holds it, to a window. */
export const toWindowSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reply'), id: requestId, reply: z.unknown() }),
  z.object({ type: z.literal('refusal'), id: requestId, error: refusalSchema }),
  z.object({ type: z.literal('event'), event: engineEventSchema }),
  z.object({ type: z.literal('engine'), engine: engineStateSchema }),
]);
export type ToWindow = z.infer<typeof toWindowSchema>;
