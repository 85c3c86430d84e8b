import { z } from 'zod';
import { ALARM_KINDS } from '../../run/alarm-advice.js';
import { metricsLineSchema } from '../../run/metrics.js';

const count = z.int().nonnegative();

const alarm = z.object({
  kind: z.enum(ALARM_KINDS),
  step: count,
  /** What was seen, what most likely causes it, what to do. */
  message: z.string(),
});

/** What a training tells while it runs, whether begun or resumed. */
export const trainingEvents = {
  /** The run's folder is there. */
  started: z.object({ run: z.string(), step: count, steps: count, parameters: count, Q: count }),
  /** A report: the line that was added to metrics.jsonl. */
  metrics: metricsLineSchema,
  /** The same photographs as they stand at a step, as a picture in the run's folder. */
  preview: z.object({ step: count, file: z.string() }),
  /** The filters as they stand at a step are kept. */
  filters: z.object({ step: count }),
  /** From here a killed training goes on. */
  checkpoint: z.object({ step: count, best: z.boolean() }),
  alarm,
  paused: z.object({ step: count }),
  resumed: z.object({ step: count }),
};

/** A run as it stands when its training has ended. */
export const trainingResult = z.object({
  /** Absolute path of the run's folder. */
  run: z.string(),
  state: z.enum(['finished', 'stopped']),
  /** Why it ended before its last step. */
  reason: z.string().optional(),
  /** Last step taken, of so many. */
  step: count,
  steps: count,
  /** Of training, over all resumes. */
  seconds: z.number(),
  /** Photographs by use. */
  photographs: z.object({ training: count, validation: count, test: count }),
  /** Trainable numbers of the network. */
  parameters: count,
  /** Colour bins. */
  Q: count,
  /** The best validation; absent where there was none. */
  best: z.object({ step: count, loss: z.number(), auc: z.number(), aucRebalanced: z.number() }).optional(),
  /** The last report; absent where the training ended before the first. */
  last: metricsLineSchema.optional(),
  /** Share of the time that steps waited for data, mean of all reports, 0..1. */
  waitShare: z.number().optional(),
  alarms: z.array(alarm),
  /** Photographs that could not be read any more as the training went on. */
  skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
});

/** @param told Names of the events so far. */
export function keptOfTraining(run: string, told: ReadonlySet<string>): string {
  if (told.has('checkpoint')) return `What was trained up to the last checkpoint is kept in ${run}; resume that run to go on.`;
  if (told.has('started')) return `${run} has no new checkpoint; resume that run to train from where it stood.`;
  return 'The training had not begun.';
}
