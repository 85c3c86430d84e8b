import { z } from 'zod';

export const engineRequests = {
  /** Starts the engine where it has died too often to be started again by itself; the host sees to it. */
  restartEngine: { body: z.strictObject({}), reply: z.object({}) },
  /** What the engine takes of the machine. */
  engineStatus: {
    body: z.strictObject({}),
    reply: z.object({
      /** Resident bytes of the engine and its jobs. */
      memory: z.number().nonnegative(),
      /** Bytes that the machine has. */
      machineMemory: z.number().nonnegative(),
      /** Processors that jobs may use. */
      processors: z.int().positive(),
      version: z.string(),
    }),
  },
  /** Where the program keeps what it makes. */
  listDataFolders: {
    body: z.strictObject({}),
    reply: z.object({ runs: z.string(), settings: z.string(), cache: z.string(), program: z.string() }),
  },
} as const;
