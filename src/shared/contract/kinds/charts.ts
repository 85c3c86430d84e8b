import { z } from 'zod';
import { WINDOWS } from '../../colour/bins.js';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';

/** Pictures, the numbers behind them, and a run's curves for TensorBoard. */
export const CHART_FORMATS = ['svg', 'png', 'csv', 'json', 'tensorboard'] as const;

/** Pixels of a PNG for each CSS pixel. */
export const CHART_SCALES = [1, 2, 4] as const;

/** Draws the charts of a run, of several runs over each other, or of a folder of photographs into files. */
export const charts = jobKind({
  parameters: z.strictObject({
    /** A run, a laboratory's run, or a folder of photographs. */
    source: absolutePath,
    /** Runs that are drawn over the source, which then is a run, too. */
    besides: z.array(absolutePath).default([]),
    out: absolutePath,
    formats: z.array(z.enum(CHART_FORMATS)).min(1),
    /** For photographs: Lab units a side of a bin; a run has its own. */
    window: z.literal(WINDOWS).optional(),
    /** For photographs: subfolders to take; all when absent. */
    only: z.array(z.string().min(1)).min(1).optional(),
    /** Of PNGs. */
    scale: z.literal(CHART_SCALES).default(2),
    overwrite: z.boolean().default(false),
  }),
  result: z.object({
    source: z.string(),
    /** What the source was taken for. */
    kind: z.enum(['photographs', 'run', 'runs', 'laboratory']),
    out: z.string(),
    /** Files written. */
    files: z.array(z.string()),
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ source, besides, out }) => [source, ...besides, out],
  kept: ({ out }) => `The charts drawn so far are whole in ${out}.`,
});
