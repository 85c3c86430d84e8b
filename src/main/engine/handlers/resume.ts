import { resumeTraining } from '../../core/training/index.js';
import type { Handler } from './handler.js';
import { controlled } from './training.js';

export const resume: Handler<'resume'> = (parameters, context, controls) =>
  controlled(context, controls, (watched, control) => resumeTraining(parameters, watched, control));
