/** What a job on a cluster tells: lines of its log that begin with a mark, each an event (python/cluster/chromabench_cluster/events.py). */
import { z } from 'zod';

const MARK = '@chromabench ';

const count = z.int().nonnegative();
/** Not a number comes as null. */
const loss = z.number().nullable().transform((value) => value ?? Number.NaN);

const validation = z.object({ loss, auc: loss, aucRebalanced: loss, temperature: z.number(), spread: loss });

export const jobEventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('checked'), machines: count, processors: z.number(), programs: z.record(z.string(), z.unknown()) }),
  z.object({ event: z.literal('progress'), phase: z.string(), done: count, total: count, unit: z.string() }),
  /** A photograph that cannot be read. */
  z.object({ event: z.literal('skipped'), path: z.string(), reason: z.string() }),
  /** Workers have begun, or begun anew after one was lost, after this step. */
  z.object({ event: z.literal('began'), step: count, gradientBytes: count }),
  /** Step, loss, penalty, seconds, of these waiting. */
  z.object({ event: z.literal('steps'), memory: count, steps: z.array(z.tuple([count, loss, loss, z.number(), z.number()])) }),
  z.object({ event: z.literal('checkpoint'), step: count, validation: validation.optional() }),
  z.object({ event: z.literal('end'), state: z.enum(['finished', 'stopped', 'not-a-number']), step: count }),
  z.object({ event: z.literal('piece'), path: z.string(), data: z.base64() }),
  z.object({ event: z.literal('file'), path: z.string(), bytes: count, sha256: z.string() }),
  z.object({ event: z.literal('counted'), files: count, photographs: count }),
  z.object({ event: z.literal('refused'), message: z.string() }),
  z.object({ event: z.literal('failed'), message: z.string() }),
]);

export type JobEvent = z.output<typeof jobEventSchema>;
export type JobEventOf<E extends JobEvent['event']> = Extract<JobEvent, { event: E }>;

/** The event of a line; undefined of a line of anything else. @throws z.ZodError of an event of no known form. */
export function eventOf(line: string): JobEvent | undefined {
  return line.startsWith(MARK) ? jobEventSchema.parse(JSON.parse(line.slice(MARK.length))) : undefined;
}
