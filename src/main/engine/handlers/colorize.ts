import { colorizeFolder } from '../../core/colorizing/colorize-folder.js';
import { withModel } from '../../core/trained-model.js';
import type { Handler } from './handler.js';

export const colorize: Handler<'colorize'> = ({ run, checkpoint, ...options }, context) =>
  withModel(run, checkpoint, context, async (model, step) => {
    const report = await colorizeFolder(options, model, context);
    return { run, step, ...report };
  });
