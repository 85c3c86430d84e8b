import { z } from 'zod';
import { jobKind } from '../job-kind.js';

const bytes = z.number().nonnegative();

/** Examines what the program depends on, each problem with its cure. All sizes in bytes. */
export const doctor = jobKind({
  parameters: z.strictObject({}),
  result: z.object({
    program: z.object({ version: z.string(), folder: z.string(), node: z.string(), platform: z.string(), missingPackages: z.array(z.string()) }),
    engine: z.object({
      /** Version of TensorFlow; absent where the engine does not compute. */
      tensorflow: z.string().optional(),
      /** Instructions that the fast kernels chose on this processor. */
      kernels: z.string().optional(),
      sharp: z.string().optional(),
      secondsToLoad: z.number().optional(),
      /** Why the engine or the image library does not work. */
      fault: z.string().optional(),
    }),
    processor: z.object({
      model: z.string(),
      instructionSets: z.array(z.string()),
      /** Threads that the engine computes with. */
      threads: z.int().positive(),
      /** Processors' worth of time that a container grants. */
      quota: z.number().optional(),
    }),
    memory: z.object({ total: bytes, available: bytes, limit: bytes.optional() }),
    gpus: z.array(z.string()),
    electron: z.object({ version: z.string().optional() }),
    browser: z.object({ path: z.string().optional(), version: z.string().optional() }),
    /** Absent where windows cannot be shown. */
    display: z.string().optional(),
    cache: z.object({
      folder: z.string(),
      writable: z.boolean(),
      free: bytes.optional(),
      parts: z.array(z.object({ name: z.string(), bytes })),
      /** The command that empties it. */
      clear: z.string(),
    }),
    /** A fault keeps the program from its work; a remark says what could be better. */
    problems: z.array(z.object({ severity: z.enum(['fault', 'remark']), what: z.string(), cure: z.string() })),
  }),
  events: {},
  lane: 'light',
  controls: [],
  kept: () => 'The doctor changes nothing.',
});
