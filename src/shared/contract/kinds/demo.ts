import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { colorize } from './colorize.js';
import { evaluate } from './evaluate.js';
import { keptOfTraining, trainingEvents, trainingResult } from './training.js';

/** The whole job on the built-in photographs, into one new folder. */
export const demo = jobKind({
  parameters: z.strictObject({
    /** A folder that is not there yet, or empty. */
    out: absolutePath,
    /** Train for so many steps instead of about two minutes. */
    steps: z.int().positive().optional(),
    /** Start of all random numbers. */
    seed: z.int().nonnegative().optional(),
  }),
  result: z.object({
    out: z.string(),
    training: trainingResult,
    colorizing: colorize.result,
    /** On photographs of sources that the training has never seen. */
    evaluation: evaluate.result,
    /** Files of charts. */
    charts: z.array(z.string()),
    /** Picture of gray, colorized and true side by side. */
    contactSheet: z.string(),
    /** The run in one HTML file. */
    report: z.string(),
  }),
  events: { ...trainingEvents, ...colorize.events },
  lane: 'heavy',
  controls: [],
  paths: ({ out }) => [out],
  kept: ({ out }, told) => keptOfTraining(`${out}/run`, told),
});
