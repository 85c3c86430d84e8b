import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { count } from './graphs.js';

/** Draws a graph into a picture, scopes open or closed. */
export const graphDraw = jobKind({
  parameters: z.strictObject({
    file: absolutePath,
    /** A graph beside it: where they differ is marked. */
    beside: absolutePath.optional(),
    /** Name of a function whose body is drawn. */
    body: z.string().min(1).optional(),
    /** Names of the scopes that are open; where absent, what is best to begin with. */
    open: z.array(z.string()).max(2000).optional(),
    /** Name of a node that is to be seen. */
    reveal: z.string().min(1).optional(),
    /** Ends in .svg or .png. */
    out: absolutePath,
    overwrite: z.boolean().default(false),
  }),
  result: z.object({ out: z.string(), boxes: count, lines: count, open: z.array(z.string()), left: count }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ file, beside, out }) => [file, ...(beside === undefined ? [] : [beside]), out],
  kept: () => 'Nothing was written.',
});
