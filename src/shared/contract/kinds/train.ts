import { z } from 'zod';
import { trainingConfigSchema } from '../../run/config.js';
import { absolutePath } from '../absolute-path.js';
import { CONTROL_ACTIONS, jobKind } from '../job-kind.js';
import { keptOfTraining, trainingEvents, trainingResult } from './training.js';

/** Trains a colorizer on a folder of photographs, into a new run. */
export const train = jobKind({
  parameters: z.strictObject({
    folder: absolutePath,
    /** Folder of the new run. */
    out: absolutePath,
    config: trainingConfigSchema,
  }),
  result: trainingResult,
  events: trainingEvents,
  lane: 'heavy',
  controls: CONTROL_ACTIONS,
  paths: ({ folder, out, config }) => [folder, out, ...(config.photos.testList === null ? [] : [config.photos.testList])],
  kept: ({ out }, told) => keptOfTraining(out, told),
});
