/** The lines of metrics.jsonl: one a report, append only. */
import { z } from 'zod';

export const metricsLineSchema = z.object({
  step: z.int().nonnegative(),
  /** How often every training photograph has been seen; fractions count. */
  epoch: z.number().nonnegative(),
  /** Seconds of training so far, over all resumes; pauses do not count. */
  seconds: z.number().nonnegative(),
  /** Mean training loss since the last report, without the penalty. */
  loss: z.number(),
  /** Mean penalty since the last report. */
  penalty: z.number(),
  /** Learning rate of the step. */
  rate: z.number(),
  /** Share of the time since the last report that the step waited for data, 0..1. */
  waitShare: z.number(),
  photographsASecond: z.number(),
  patchesASecond: z.number(),
  /** Until the last step at this speed. */
  secondsLeft: z.number(),
  /** Resident memory of the process in bytes. */
  memory: z.number(),
  /** Validation at this step, where there was one. */
  validation: z.object({
    /** Mean loss over the validation photographs. */
    loss: z.number(),
    /** Percent, at the temperature. */
    auc: z.number(),
    aucRebalanced: z.number(),
    /** The one at which the colours did best; absent in lines of before it was looked for, which stand at the paper's. */
    temperature: z.number().optional(),
    /** Spread of the predicted colours over that of the true ones (standard deviations); 0 is one colour everywhere. */
    spread: z.number(),
  }).optional(),
});
export type MetricsLine = z.infer<typeof metricsLineSchema>;

/**
 * The lines of a metrics file by step. After a resume a step can appear twice: the last line counts. A torn last line,
 * left by a killed process, is passed over.
 */
export function parseMetrics(text: string): MetricsLine[] {
  const bySteps = new Map<number, MetricsLine>();
  for (const line of text.split('\n')) {
    const parsed = metricsLineSchema.safeParse(jsonOrNothing(line));
    if (parsed.success) bySteps.set(parsed.data.step, parsed.data);
  }
  return [...bySteps.values()].sort((x, y) => x.step - y.step);
}

function jsonOrNothing(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
