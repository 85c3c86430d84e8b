import { colorizeFolder } from '../../core/colorizing/colorize-folder.js';
import { withTrainedModel } from '../../core/trained-model.js';
import type { Handler } from './handler.js';

export const colorize: Handler<'colorize'> = ({ run, checkpoint, ...options }, context) =>
  withTrainedModel(run, checkpoint, async (model) => {
    const report = await colorizeFolder(options, model, context);
    return { run, step: model.predictor.step, ...report };
  });
