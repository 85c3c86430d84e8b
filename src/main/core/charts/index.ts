/** Charts without a window: the door. */
export { drawCharts, type ChartsOptions, type ChartsReport } from './draw-charts.js';
