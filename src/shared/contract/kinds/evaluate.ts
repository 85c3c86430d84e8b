import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { checkpointChoice, pathReason, temperature } from './trained.js';

const count = z.int().nonnegative();

/** How near predicted colours come to the true ones. */
const figures = {
  /** Share of pixels within t ab units of the truth, area under it for t = 0..150, percent (Zhang et al. 2016, 3.1). */
  auc: z.number(),
  /** The same with every 10-unit tile of true colours counting alike. */
  aucRebalanced: z.number(),
  /** dB, mean over photographs. */
  psnr: z.number(),
  /** Mean distance of the predicted colours from gray, ab units. */
  chroma: z.number(),
};
const baseline = z.object(figures);

/** Measures a run on photographs whose colours are known, beside ways that know nothing of the picture. */
export const evaluate = jobKind({
  parameters: z.strictObject({
    run: absolutePath,
    checkpoint: checkpointChoice,
    folder: absolutePath,
    /** File that names the photographs to look at, one path a line, relative to the folder; all when absent. */
    list: absolutePath.optional(),
    temperature,
    /** Start of the random colours. */
    seed: z.int().nonnegative().default(1),
  }),
  result: z.object({
    run: z.string(),
    /** Step of the checkpoint that was used. */
    step: count,
    folder: z.string(),
    /** Photographs measured. */
    photos: count,
    ...figures,
    /** Mean distance of the true colours from gray, ab units. */
    trueChroma: z.number(),
    baselines: z.object({ gray: baseline, mostCommon: baseline, random: baseline }),
    /** Files that were not measured: gray, damaged, missing, no pictures. */
    excluded: z.array(pathReason),
  }),
  events: {},
  lane: 'heavy',
  controls: [],
  kept: () => 'An evaluation leaves nothing behind.',
});
