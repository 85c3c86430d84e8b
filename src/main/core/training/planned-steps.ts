/** How many steps a budget stands for. */
import type { TrainingConfig } from '../../../shared/run/config.js';
import type { JobContext } from '../job.js';
import type { Engine } from './engine.js';
import { learningRate } from './learning-rate.js';

/** Steps of the warm-up: the first few are slower, as TensorFlow plans and photographs are decoded for the first time. */
const UNTIMED = 3;
const TIMED = 8;

/**
 * Turns a budget into steps. Minutes are turned by a warm-up: a few steps and a validation are timed, and forgotten; call
 * `network.initialize` afterwards.
 */
export async function plannedSteps(engine: Engine, config: TrainingConfig, context: JobContext): Promise<number> {
  const { minutes, steps, epochs } = config.budget;
  if (steps !== undefined) return steps;
  if (epochs !== undefined) return Math.max(1, Math.ceil(epochs * engine.stepsAnEpoch));
  const seconds = 60 * (minutes as number);
  const { step, validation } = await warmUp(engine, config, context, 'Warming up');
  return Math.max(1, Math.floor(seconds / (step + validation / config.checkpoints.every)));
}

/** @param phase What it is told as. @returns Seconds that a step and a validation take. */
export async function warmUp(
  { network, source, validation }: Engine,
  config: TrainingConfig,
  { signal, progress }: JobContext,
  phase: string,
): Promise<{ step: number; validation: number }> {
  network.initialize(config.seed);
  const times: number[] = [];
  for (let step = 1; step <= UNTIMED + TIMED; step++) {
    signal.throwIfAborted();
    progress.progress({ phase, done: step - 1, total: UNTIMED + TIMED, unit: 'steps' });
    const begun = performance.now();
    network.train(await source.training(step), learningRate(config.rate, 1, UNTIMED + TIMED), config.seed, step);
    if (step > UNTIMED) times.push(performance.now() - begun);
  }
  const begun = performance.now();
  await validation.run();
  return { step: median(times) / 1000, validation: (performance.now() - begun) / 1000 };
}

function median(values: readonly number[]): number {
  return [...values].sort((x, y) => x - y)[Math.floor(values.length / 2)];
}
