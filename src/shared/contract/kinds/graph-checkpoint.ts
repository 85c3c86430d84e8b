import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { count } from './graphs.js';

/** What a TensorFlow checkpoint holds. */
export const graphCheckpoint = jobKind({
  parameters: z.strictObject({
    /** The common beginning of its files, one of them, or a folder of checkpoints. */
    checkpoint: absolutePath,
  }),
  result: z.object({
    prefix: z.string(),
    shards: count,
    /** Data files that are not there, or too short. */
    missing: z.array(z.string()),
    tensors: z.array(z.object({
      name: z.string(),
      type: z.string(),
      shape: z.array(count),
      bytes: count,
      /** Parts of a partitioned tensor; 0 for whole ones. */
      parts: count,
    })),
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ checkpoint }) => [checkpoint],
  kept: () => 'Nothing was changed.',
});
