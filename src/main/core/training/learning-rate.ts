/** The learning rate of a step, as a configuration asks for it. */
import type { TrainingConfig } from '../../../shared/run/config.js';
import { rateAt, type Schedule } from '../graph/index.js';

/** @param step From 1 on. @param steps Steps of the whole training. */
export function learningRate(settings: TrainingConfig['rate'], step: number, steps: number): number {
  const { start, warmup } = settings;
  const rate = rateAt(scheduleOf(settings, steps), start, step - 1);
  const reachesEnd = settings.schedule === 'cosine' || settings.schedule === 'linear';
  // These two begin with the warm-up themselves; it is laid over the others.
  return reachesEnd ? rate : rate * Math.min(1, step / Math.max(1, warmup));
}

function scheduleOf({ schedule, warmup, factor, every, floor }: TrainingConfig['rate'], steps: number): Schedule {
  switch (schedule) {
    case 'constant':
      return { kind: schedule };
    case 'exponential':
    case 'step':
      return { kind: schedule, factor, every };
    case 'cosine':
    case 'linear':
      return { kind: schedule, total: steps, warmUp: warmup, floor };
  }
}
