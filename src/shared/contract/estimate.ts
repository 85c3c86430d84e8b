/** What a training will take, told before it starts. */
import { z } from 'zod';

const count = z.int().nonnegative();
const positive = z.number().nonnegative();

export const trainingEstimateSchema = z.object({
  photographs: z.object({ training: count, validation: count, test: count }),
  /** Colour bins; of the whole selection, of which the training part may lack a few rare ones. */
  Q: count,
  /** Trainable numbers. */
  parameters: count,
  /** Side of the pieces, in pixels: smaller than set where the photographs are. */
  patch: count,
  stepsAnEpoch: positive,
  /** Steps of the whole training; absent where they follow from a time and the speed is not known. */
  steps: count.optional(),
  /** Absent where nothing has been measured on this machine yet. */
  speed: z.object({
    /** Of the whole training, validations included: the likely one, and between which bounds it is expected. */
    seconds: positive,
    lowest: positive,
    highest: positive,
    secondsAStep: positive,
    /** Bytes of memory that the training takes at most. */
    memory: positive,
    /** `same` settings were timed; otherwise the work of a step was `scaled`, within the same layers or from `other` layers. */
    basis: z.enum(['same', 'scaled', 'other']),
    /** Work of a step beside that of the one timed. */
    factor: positive,
    /** What was timed, and when (milliseconds since 1970). */
    from: z.enum(['training', 'measurement']),
    at: positive,
  }).optional(),
  /** Bytes that this machine has for it. */
  machineMemory: positive,
});
export type TrainingEstimate = z.infer<typeof trainingEstimateSchema>;
