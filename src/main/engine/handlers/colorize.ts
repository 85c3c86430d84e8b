import { colorizeFolder } from '../../core/colorizing/colorize-folder.js';
import { withModel } from '../../core/trained-model.js';
import type { Handler } from './handler.js';

export const colorize: Handler<'colorize'> = ({ run, checkpoint, temperature, ...options }, context) =>
  withModel(run, checkpoint, context, async (model, step) => {
    const report = await colorizeFolder({ ...options, temperature: temperature ?? model.temperature }, model, context);
    return { run, step, ...report };
  });
