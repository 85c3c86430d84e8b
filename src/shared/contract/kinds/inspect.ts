import { z } from 'zod';
import { WINDOWS } from '../../colour/bins.js';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';

const count = z.int().nonnegative();

/** A file that is not used, and why, in plain words. */
const excludedFile = z.object({ path: z.string(), fate: z.string(), reason: z.string() });

/** Looks through a folder: what each file is, and how the colours of the photographs are distributed. */
export const inspect = jobKind({
  parameters: z.strictObject({
    folder: absolutePath,
    /** Lab units a side of a bin. */
    window: z.literal(WINDOWS).default(10),
    /** First-level subfolders to read; all when absent. */
    only: z.array(z.string().min(1)).min(1).optional(),
  }),
  result: z.object({
    folder: z.string(),
    window: z.int(),
    /** Files seen. */
    files: count,
    /** Files by fate; `used` are the photographs that a training would take. */
    counts: z.record(z.string(), count),
    excluded: z.array(excludedFile),
    /** Used photographs about which something is worth saying. */
    notes: z.array(z.object({ path: z.string(), note: z.string() })),
    pixels: count,
    /** Tiles of the window that hold at least one pixel: Q. */
    usedBins: count,
    /** Sparse ab histogram, [i, j, count]: cell (i, j) holds i-110 <= a < i-109 and j-110 <= b < j-109. */
    histogram: z.array(z.tuple([count, count, count])),
    /** Identifies exactly this set of photographs. */
    fingerprint: z.string(),
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ folder }) => [folder],
  kept: () => 'The photographs read so far are remembered; the next look at the folder starts from there.',
});
