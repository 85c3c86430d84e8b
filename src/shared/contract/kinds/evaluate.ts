import { z } from 'zod';
import { EVALUATED_PARTS, evaluationShape } from '../../run/evaluation.js';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { checkpointChoice, temperature } from './trained.js';

/** Measures a run on photographs whose colours are known, beside ways that know nothing of the picture. */
export const evaluate = jobKind({
  parameters: z.strictObject({
    run: absolutePath,
    checkpoint: checkpointChoice,
    /** Folder of photographs; those that the run itself has held back where absent. */
    folder: absolutePath.optional(),
    /** File that names the photographs to look at, one path a line, relative to the folder; all when absent. */
    list: absolutePath.optional(),
    /** Without a folder: which of the photographs that the run has held back. */
    part: z.enum(EVALUATED_PARTS).default('test'),
    /** The one that the run's validation found best where absent. */
    temperature: temperature.optional(),
    /** Start of the random colours. */
    seed: z.int().nonnegative().default(1),
    /** Whether old scans of the photographs, made by a stated recipe, are measured too. */
    worn: z.boolean().default(false),
  }).refine(({ folder, list }) => list === undefined || folder !== undefined, 'a list needs the folder that its paths lie in'),
  result: z.object({
    run: z.string(),
    ...evaluationShape,
    /** Folder that keeps it, with the figures of every photograph; absent where the run's folder could not be written. */
    kept: z.string().optional(),
  }),
  events: {},
  lane: 'heavy',
  controls: [],
  paths: ({ run, folder, list }) => [run, folder, list].filter((path) => path !== undefined),
  kept: () => 'The figures are not complete: nothing of them is kept. Earlier evaluations of the run stay.',
});
