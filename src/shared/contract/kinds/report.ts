import { z } from 'zod';
import { evaluationIdSchema } from '../../run/evaluation.js';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';

/** Which evaluation a report shows: the newest where there is one, none, or one by its id. */
export const evaluationChoice = z.union([z.enum(['newest', 'none']), evaluationIdSchema]);

/** Writes all that there is to say of a run, of a training or of a laboratory, into one HTML file that needs nothing else; or a training's model card alone, as Markdown. */
export const report = jobKind({
  parameters: z.strictObject({
    run: absolutePath,
    /** The file. */
    out: absolutePath.regex(/\.(html?|md)$/i, 'expected the name of an HTML file, as in report.html, or of a Markdown file, as in MODEL_CARD.md'),
    /** Of a training's run. */
    evaluation: evaluationChoice.default('newest'),
    overwrite: z.boolean().default(false),
  }),
  result: z.object({
    run: z.string(),
    /** Of what it tells. */
    kind: z.enum(['run', 'laboratory']),
    out: z.string(),
    bytes: z.int().nonnegative(),
    /** Id of the evaluation that it shows; absent where the run has none. */
    evaluation: z.string().optional(),
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ run, out }) => [run, out],
  kept: () => 'No report was written.',
});
