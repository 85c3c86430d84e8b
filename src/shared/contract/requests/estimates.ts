import { z } from 'zod';
import { trainingConfigSchema, type TrainingConfig } from '../../run/config.js';
import { catalogueIdSchema } from '../catalogue.js';
import { trainingEstimateSchema } from '../estimate.js';

export const estimatesRequests = {
  /** What a training on a catalogue's photographs would take, from what was timed before; asks nothing of the machine. */
  estimateTraining: {
    body: z.strictObject({ catalogue: catalogueIdSchema, config: trainingConfigSchema }),
    reply: trainingEstimateSchema,
    paths: ({ config }: { config: TrainingConfig }) => (config.photos.testList === null ? [] : [config.photos.testList]),
  },
} as const;
