import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { count, GRAPH_FORMATS, tensorText } from './graphs.js';

/** What a graph is: what goes in, what comes out, what it is made of. */
export const graphInfo = jobKind({
  parameters: z.strictObject({
    /** A file, or the folder of a SavedModel. */
    file: absolutePath,
  }),
  result: z.object({
    path: z.string(),
    format: z.enum(GRAPH_FORMATS),
    /** Whether the file is text. */
    text: z.boolean(),
    bytes: count,
    nodes: count,
    functions: count,
    inputs: z.array(tensorText.extend({ optional: z.boolean() })),
    /** Nodes that nobody reads; a leftover of a training with the reason. */
    outputs: z.array(tensorText.extend({ operation: z.string(), leftover: z.string().optional() })),
    operations: z.array(z.object({ operation: z.string(), count })),
    variables: z.object({ count, parameters: count, bytes: count }),
    constants: z.object({ count, parameters: count, bytes: count }),
    versions: z.object({ producer: z.int(), minConsumer: z.int(), tensorflow: z.string().optional() }),
    signatures: z.array(z.object({ name: z.string(), inputs: z.array(tensorText), outputs: z.array(tensorText) })),
    forbidden: z.array(z.object({ operation: z.string(), node: z.string() })),
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ file }) => [file],
  kept: () => 'Nothing was changed.',
});
