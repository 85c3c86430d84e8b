import { demonstrate } from '../../core/demo/demo.js';
import type { Handler } from './handler.js';
import { trainingResultOf } from './training.js';

export const demo: Handler<'demo'> = async ({ out, steps, seed }, context) => {
  const settings = { ...(steps !== undefined && { budget: { steps } }), ...(seed !== undefined && { seed }) };
  const { training, step, colorizing, evaluation, ...files } = await demonstrate({ out, settings }, context);
  const { run } = training;
  return {
    ...files,
    training: await trainingResultOf(training),
    colorizing: { run, step, ...colorizing },
    evaluation: { run, step, ...evaluation },
  };
};
