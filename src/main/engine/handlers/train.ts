import { train as trainRun } from '../../core/training/index.js';
import type { Handler } from './handler.js';
import { controlled } from './training.js';

export const train: Handler<'train'> = (parameters, context, controls) =>
  controlled(context, controls, (watched, control) => trainRun(parameters, watched, control));
