import { compareActivations, resumeComparison } from '../../core/labs/activations/comparison.js';
import type { Handler } from './handler.js';

export const activations: Handler<'activations'> = (parameters, context) => compareActivations(parameters, context);

export const resumeActivations: Handler<'resumeActivations'> = (parameters, context) => resumeComparison(parameters, context);
