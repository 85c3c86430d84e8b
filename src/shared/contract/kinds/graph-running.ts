import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';

/** What jobs that run graphs have in common. */

export const PICTURE_SCALES = ['lightness', '0..1', '0..255', '-1..1'] as const;

/** What an input is fed with. */
export const feed = z.object({
  /** Of the node. */
  name: z.string().min(1),
  source: z.discriminatedUnion('kind', [
    /** A photograph, .npy or .csv. */
    z.strictObject({ kind: z.literal('file'), path: absolutePath, scale: z.enum(PICTURE_SCALES).optional() }),
    z.strictObject({ kind: z.literal('random'), shape: z.array(z.int().nonnegative()).max(12).optional() }),
  ]),
});

export const limits = {
  /** Operations that may run beside those that only compute. */
  allow: z.array(z.string().min(1)).default([]),
  /** Seconds that loading or one run may take. */
  maxSeconds: z.number().positive().max(86_400).default(600),
  /** MB of memory that the graph may take. */
  maxMemory: z.number().positive().max(1e6).default(4096),
  /** Random numbers are the same for the same seed. */
  seed: z.int().nonnegative().default(1),
};

/** Files that feeds name. */
export function feedPaths(feeds: readonly z.output<typeof feed>[]): string[] {
  return feeds.flatMap(({ source }) => (source.kind === 'file' ? [source.path] : []));
}
