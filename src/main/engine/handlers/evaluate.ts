import { evaluateRun } from '../../core/evaluation/evaluate-run.js';
import type { Handler } from './handler.js';

export const evaluate: Handler<'evaluate'> = (parameters, context) => evaluateRun(parameters, context);
