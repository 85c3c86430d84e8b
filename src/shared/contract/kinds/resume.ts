import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { CONTROL_ACTIONS, jobKind } from '../job-kind.js';
import { keptOfTraining, trainingEvents, trainingResult } from './training.js';

/** Goes on with a run from its newest checkpoint. */
export const resume = jobKind({
  parameters: z.strictObject({ run: absolutePath }),
  result: trainingResult,
  events: trainingEvents,
  lane: 'heavy',
  controls: CONTROL_ACTIONS,
  paths: ({ run }) => [run],
  kept: ({ run }, told) => keptOfTraining(run, told),
});
