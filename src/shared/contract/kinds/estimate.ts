import { z } from 'zod';
import { trainingConfigSchema } from '../../run/config.js';
import { absolutePath } from '../absolute-path.js';
import { trainingEstimateSchema } from '../estimate.js';
import { jobKind } from '../job-kind.js';

/** Times a few steps, where the same settings have not been timed yet, and tells what a training would take. */
export const estimate = jobKind({
  parameters: z.strictObject({
    folder: absolutePath,
    config: trainingConfigSchema,
    measure: z.enum(['if-needed', 'always']).default('if-needed'),
  }),
  result: trainingEstimateSchema,
  events: {},
  paths: ({ folder, config }) => [folder, ...(config.photos.testList === null ? [] : [config.photos.testList])],
  // Beside a training, both would be slow and the figure wrong.
  lane: 'heavy',
  controls: [],
  kept: () => 'Nothing was measured.',
});
