import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { count, liteAdvice } from './graphs.js';
import { checkpointChoice, temperature } from './trained.js';

export const EXPORT_FORMATS = ['pb', 'pbtxt', 'checkpoint', 'savedmodel', 'tfjs', 'onnx'] as const;

/** What an exported network answers: colours, the share of each bin, or the scores of the bins. */
export const EXPORT_ANSWERS = ['ab', 'distribution', 'logits'] as const;

/** Writes a run's network for other programs, loads it again and compares. */
export const graphExport = jobKind({
  parameters: z.strictObject({
    run: absolutePath,
    checkpoint: checkpointChoice,
    format: z.enum(EXPORT_FORMATS),
    /** A file, a folder, or the beginning of a checkpoint's files, as the format has it. */
    out: absolutePath,
    answer: z.enum(EXPORT_ANSWERS).default('ab'),
    temperature: temperature.optional(),
    /** For pb and pbtxt: the structure without the weights. */
    structure: z.boolean().default(false),
  }),
  result: z.object({
    files: z.array(z.string()),
    /** Of the checkpoint. */
    step: count,
    answer: z.string(),
    /** Between what was loaded again and the frozen graph. */
    largestDifference: z.number().optional(),
    /** Version of ONNX's set of operations. */
    opset: z.int().optional(),
    /** For pb: the way to TensorFlow Lite. */
    lite: liteAdvice.optional(),
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ run, out }) => [run, out],
  kept: () => 'Nothing was written.',
});
