import { measuredEstimate } from '../../core/estimating/measure.js';
import type { Handler } from './handler.js';

export const estimate: Handler<'estimate'> = (parameters, context) => measuredEstimate(parameters, context);
