import { drawCharts } from '../../core/charts/index.js';
import type { Handler } from './handler.js';

export const charts: Handler<'charts'> = async (parameters, context) => {
  const { source, out } = parameters;
  return { source, out, ...(await drawCharts(parameters, context)) };
};
