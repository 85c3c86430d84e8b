/** Times a few steps as a training would take them, on its own photographs, and forgets what they learnt. Loads TensorFlow. */
import { resolve } from 'node:path';
import type { TrainingEstimate } from '../../../shared/contract/estimate.js';
import type { TrainingConfig } from '../../../shared/run/config.js';
import type { JobContext } from '../job.js';
import { openEngine, type Engine } from '../training/engine.js';
import { gatherMaterial, type Material } from '../training/material.js';
import { warmUp } from '../training/planned-steps.js';
import { estimateOf, planOf, type Lesson } from './estimate.js';
import { readSpeeds, rememberSpeed, speedKey, speedRecord } from './speed-records.js';
import { StepMemory } from './step-memory.js';

/** Multiplications of a step that is timed: a few seconds at most. Larger steps are timed with a smaller batch and scaled. */
const MOST_MULTIPLICATIONS = 2e11;
/** Photographs of the validation that is timed. */
const VALIDATED = 16;

export interface EstimatingOptions {
  folder: string;
  config: TrainingConfig;
  /** Time steps even where the same settings have been timed. */
  measure: 'if-needed' | 'always';
}

/**
 * An estimate that stands on a measurement.
 * @throws UserError when nothing could be trained on these photographs; the signal's reason when stopped.
 */
export async function measuredEstimate({ folder, config, measure }: EstimatingOptions, context: JobContext): Promise<TrainingEstimate> {
  const material = await gatherMaterial(resolve(folder), config, context);
  const lesson = lessonOf(material);
  const timed = timedConfig(config, lesson);
  const known = (await readSpeeds()).some(({ key }) => key === speedKey(timed, lesson.Q, planOf(timed, lesson).patch));
  if (measure === 'always' || !known) await time(material, timed, lesson, context);
  return estimateOf(config, lesson, await readSpeeds());
}

export function lessonOf({ split, prior }: Material): Lesson {
  return { ...split, Q: prior.bins.length };
}

/** The settings with a batch and a validation that are timed soon. */
function timedConfig(config: TrainingConfig, lesson: Lesson): TrainingConfig {
  const { batch } = config.patches;
  const ofAPatch = planOf(config, lesson).work.multiplications / batch;
  const room = Math.max(1, Math.floor(MOST_MULTIPLICATIONS / ofAPatch));
  return { ...config, patches: { ...config.patches, batch: Math.min(batch, room) }, validation: { photos: Math.min(config.validation.photos, VALIDATED) } };
}

async function time(material: Material, config: TrainingConfig, lesson: Lesson, context: JobContext): Promise<void> {
  const plan = planOf(config, lesson);
  const engine = await openEngine(material, config, plan.patch, (path, reason) => context.progress.note(`${path}: ${reason}`, 'warning'));
  try {
    await rememberSpeed(speedRecord(config, { Q: lesson.Q, patch: plan.patch }, plan.work, await timedWith(engine, config, lesson, context)));
  } finally {
    await engine.close();
  }
}

async function timedWith(engine: Engine, config: TrainingConfig, { validation }: Lesson, context: JobContext) {
  const memory = await StepMemory.begin();
  const { step, validation: validated } = await warmUp(engine, config, context, 'Timing steps');
  const photographs = Math.min(validation.length, config.validation.photos);
  return {
    secondsAStep: step, secondsAValidated: photographs === 0 ? 0 : validated / photographs,
    ...memory.end(await engine.source.keptBytes()), from: 'measurement' as const,
  };
}
