import { evaluate as evaluateModel } from '../../core/evaluation/evaluate.js';
import { withTrainedModel } from '../../core/trained-model.js';
import type { Handler } from './handler.js';

export const evaluate: Handler<'evaluate'> = ({ run, checkpoint, ...options }, context) =>
  withTrainedModel(run, checkpoint, async ({ predictor }) => {
    const report = await evaluateModel(options, predictor, context);
    return { run, step: predictor.step, folder: options.folder, ...report };
  });
