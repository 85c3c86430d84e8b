import { z } from 'zod';
import { activationsConfigSchema } from '../../labs/activations/config.js';
import { activationsReportSchema, activationsResultSchema, variantResultSchema, variantSchema } from '../../labs/activations/results.js';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';

const count = z.int().nonnegative();

const result = z.object({ run: z.string(), seconds: z.number().nonnegative(), result: activationsResultSchema });

const events = {
  /** The run's folder is there: which trainings follow one another. */
  started: z.object({ run: z.string(), variants: z.array(variantSchema), epochs: count, classes: z.array(z.string()) }),
  /** Where the training under way stands; at the end of an epoch with the test. */
  report: activationsReportSchema,
  /** A training came to its end. */
  variant: variantResultSchema,
};

function kept(run: string, told: ReadonlySet<string>): string {
  return told.has('started') ? `What is trained so far is kept in ${run}: Go On in the window, or chromabench lab resume, continues it.` : 'The comparison had not begun.';
}

/** Trains every activation from the same starting weights on the same batches. */
export const activations = jobKind({
  parameters: z.strictObject({ out: absolutePath, config: activationsConfigSchema }),
  result, events, lane: 'heavy', controls: [],
  paths: ({ out, config }) => (config.data.folder === null ? [out] : [out, config.data.folder]),
  kept: ({ out }, told) => kept(out, told),
});

/** Goes on with a comparison that was stopped or killed. */
export const resumeActivations = jobKind({
  parameters: z.strictObject({ run: absolutePath }),
  result, events, lane: 'heavy', controls: [],
  paths: ({ run }) => [run],
  kept: ({ run }, told) => kept(run, told),
});
