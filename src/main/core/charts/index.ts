/** Charts without a window: the door. */
export { CHART_FORMATS, drawCharts, type ChartFormat, type ChartsOptions, type ChartsReport } from './draw-charts.js';
