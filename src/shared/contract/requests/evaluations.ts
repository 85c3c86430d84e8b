import { z } from 'zod';
import { evaluationFileSchema, evaluationIdSchema, figuresSchema } from '../../run/evaluation.js';
import { runIdSchema } from '../run-view.js';

const byEvaluation = z.strictObject({ run: runIdSchema, id: evaluationIdSchema });

/** An evaluation in a line. */
const evaluationSummarySchema = evaluationFileSchema
  .pick({ created: true, step: true, folder: true, part: true, temperature: true, photos: true })
  .extend({ id: evaluationIdSchema, ...figuresSchema.pick({ auc: true, aucRebalanced: true }).shape, gray: figuresSchema.pick({ auc: true, aucRebalanced: true }) });

/** Evaluations that lie beside a run. */
export const evaluationsRequests = {
  /** The newest first, and those that cannot be read with the reason; and which photographs the run has held back. */
  listEvaluations: {
    body: z.strictObject({ run: runIdSchema }),
    reply: z.object({
      evaluations: z.array(evaluationSummarySchema),
      unreadable: z.array(z.object({ id: evaluationIdSchema, reason: z.string() })),
      heldBack: z.object({ test: z.int().nonnegative(), validation: z.int().nonnegative() }),
    }),
  },
  readEvaluation: { body: byEvaluation, reply: evaluationFileSchema },
  /** The figures of every photograph, as CSV. */
  photographsOfEvaluation: { body: byEvaluation, reply: z.object({ csv: z.string() }) },
} as const;
