import { z } from 'zod';
import { pointSetSchema } from '../../labs/files.js';
import { regularizationConfigSchema, sweepConfigSchema } from '../../labs/regularization/config.js';
import { PENALTY_KINDS } from '../../labs/regularization/penalties.js';
import { outliersResultSchema, regularizationEpochSchema, regularizationResultSchema, shrinkResultSchema, sweepResultSchema } from '../../labs/regularization/results.js';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';

const count = z.int().nonnegative();

/** A finished experiment of a laboratory. */
const finished = { run: z.string(), seconds: z.number().nonnegative() };

/** What an experiment tells while it runs. */
const experimentEvents = {
  /** The run's folder is there: the networks' shape, the points (the first set), and which trainings go on side by side. */
  started: z.object({
    run: z.string(), epochs: count, sizes: z.array(count), parameters: count, points: pointSetSchema,
    members: z.array(z.object({ kind: z.enum(PENALTY_KINDS), run: count })),
  }),
  /** Where every training stands after an epoch; a few times a second. */
  epoch: regularizationEpochSchema,
  /** Weights of the first run of each penalty, layer by layer; null is not a number. */
  weights: z.object({
    epoch: count,
    members: z.array(z.object({
      kind: z.enum(PENALTY_KINDS),
      layers: z.array(z.object({ inputs: count, outputs: count, weights: z.array(z.number().nullable()), bias: z.array(z.number().nullable()) })),
    })),
  }),
};

/** What trainings tell whose result alone is kept: that the run's folder is there, and where they stand, a few times a second. */
function standingEvents<R extends z.ZodType>(result: R) {
  return {
    started: z.object({ run: z.string(), networks: count }),
    /** The result as it would be if they ended now. */
    standing: z.object({ epoch: count, epochs: count, result }),
  };
}

/** Where an experiment writes, and the person's own file that it reads. */
function pathsOf(out: string, file: string | null): string[] {
  return file === null ? [out] : [out, file];
}

function keptOfExperiment(out: string, told: ReadonlySet<string>): string {
  return told.has('started') ? `What was recorded so far is in ${out}; run the experiment anew for a result.` : 'The experiment had not begun.';
}

/** Trains every penalty over the same points and starting weights, into a new run. */
export const regularization = jobKind({
  parameters: z.strictObject({ out: absolutePath, config: regularizationConfigSchema }),
  result: z.object({ ...finished, result: regularizationResultSchema }),
  events: experimentEvents,
  lane: 'heavy',
  controls: [],
  paths: ({ out, config }) => pathsOf(out, config.data.file),
  kept: ({ out }, told) => keptOfExperiment(out, told),
});

/** Takes the dead neurons out of a trained network and trains the smaller one on the same points. */
export const shrink = jobKind({
  parameters: z.strictObject({
    run: absolutePath,
    out: absolutePath,
    /** By default the first L1 there is. */
    penalty: z.enum(PENALTY_KINDS).optional(),
    /** Which of its runs. */
    number: count.default(0),
    /** Largest size of a weight that counts as zero; by default exact zeros after a proximal step, else the experiment's own. */
    threshold: z.number().nonnegative().optional(),
    weights: z.enum(['keep', 'fresh']).default('keep'),
  }),
  result: z.object({ ...finished, result: regularizationResultSchema, shrink: shrinkResultSchema }),
  events: experimentEvents,
  lane: 'heavy',
  controls: [],
  paths: ({ run, out }) => [run, out],
  kept: ({ out }, told) => keptOfExperiment(out, told),
});

/** Lambda over a grid for each penalty, with k-fold cross-validation. */
export const sweep = jobKind({
  parameters: z.strictObject({ out: absolutePath, config: sweepConfigSchema }),
  result: z.object({ ...finished, result: sweepResultSchema }),
  events: standingEvents(sweepResultSchema),
  lane: 'heavy',
  controls: [],
  paths: ({ out, config }) => pathsOf(out, config.data.file),
  kept: ({ out }) => `${out} has no result; run the sweep anew.`,
});

/** Both losses with L1 and L2, with and without outliers. */
export const outliers = jobKind({
  parameters: z.strictObject({ out: absolutePath, config: regularizationConfigSchema }),
  result: z.object({ ...finished, result: outliersResultSchema }),
  events: standingEvents(outliersResultSchema),
  lane: 'heavy',
  controls: [],
  paths: ({ out, config }) => pathsOf(out, config.data.file),
  kept: ({ out }) => `${out} has no result; run the comparison anew.`,
});

export const FILM_FORMATS = ['gif', 'webp', 'png'] as const;

/** The weights of an experiment as they moved, as files. */
export const film = jobKind({
  parameters: z.strictObject({
    run: absolutePath,
    out: absolutePath,
    formats: z.array(z.enum(FILM_FORMATS)).min(1),
    /** Which run of each penalty. */
    number: count.default(0),
  }),
  result: z.object({ files: z.array(z.string()), frames: count }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ run, out }) => [run, out],
  kept: ({ out }) => `The files written so far are whole in ${out}.`,
});
