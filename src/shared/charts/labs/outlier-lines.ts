/** Points with the lines fitted to them with and without outliers, a panel for each loss with each penalty. */
import type { LineSeriesOption, ScatterSeriesOption } from 'echarts';
import type { PointSet } from '../../labs/files.js';
import type { OutlierCell } from '../../labs/regularization/results.js';
import type { Chart } from '../chart.js';
import { axis, frame, legend } from '../frame.js';
import { PAPER, type ChartTheme } from '../theme.js';
import { panelsOf } from './panels.js';

const [WITH, WITHOUT] = ['with outliers', 'without outliers'];

/** @param points A set with outliers, as the networks of one run saw it. */
export function outlierLinesChart(cells: readonly OutlierCell[], points: PointSet, theme: ChartTheme = PAPER): Chart {
  const panels = panelsOf({ names: cells.map(nameOf), columns: 2, panel: { width: 400, height: 220 }, top: 92, theme });
  const title = 'Lines fitted with and without outliers';
  return {
    name: 'outlier-lines', title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, 'Mean over the runs; squares: outliers, as the first run has them', theme),
      legend: legend(theme, [WITH, WITHOUT]),
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: 'x', gap: 28 }), gridIndex, type: 'value' as const, scale: true })),
      yAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: 'y', gap: 44 }), gridIndex, type: 'value' as const, ...rangeOf(cells, points) })),
      series: cells.flatMap((cell, panel) => [...pointSeries(points, panel, theme), ...lineSeries(cell, panel, theme)]),
    },
    table: {
      columns: ['loss', 'penalty', 'x', 'y with outliers', 'y without outliers'],
      rows: cells.flatMap(({ loss, penalty, lines }) => (lines?.x ?? []).map((x, k) => [loss, penalty, x, lines!.withOutliers[k], lines!.withoutOutliers[k]])),
    },
  };
}

function nameOf({ loss, penalty }: OutlierCell): string {
  return `${loss === 'absolute' ? 'Absolute' : 'Squared'} loss, ${penalty.toUpperCase()}`;
}

/** One range for all panels: lines are compared across them. */
function rangeOf(cells: readonly OutlierCell[], { y }: PointSet): { min: number; max: number } {
  const fitted = cells.flatMap(({ lines }) => [...(lines?.withOutliers ?? []), ...(lines?.withoutOutliers ?? [])]).filter((v) => v !== null);
  const step = 5;
  return { min: step * Math.floor(Math.min(...y, ...fitted) / step), max: step * Math.ceil(Math.max(...y, ...fitted) / step) };
}

function pointSeries({ x, y, outliers }: PointSet, panel: number, theme: ChartTheme): ScatterSeriesOption[] {
  const marked = new Set(outliers);
  const places = (isOutlier: boolean) => x.flatMap((v, k) => (marked.has(k) === isOutlier ? [[v, y[k]]] : []));
  return [false, true].map((isOutlier) => ({
    xAxisIndex: panel, yAxisIndex: panel, type: 'scatter', silent: true, symbol: isOutlier ? 'rect' : 'circle', symbolSize: 5,
    data: places(isOutlier), itemStyle: { color: theme.quiet, opacity: 0.8 },
  }));
}

function lineSeries({ lines }: OutlierCell, panel: number, theme: ChartTheme): LineSeriesOption[] {
  const line = (name: string, values: readonly (number | null)[], colour: string, type: 'solid' | 'dashed'): LineSeriesOption => ({
    xAxisIndex: panel, yAxisIndex: panel, name, type: 'line', symbol: 'none', silent: true, data: values.map((y, k) => [lines!.x[k], y]),
    lineStyle: { color: colour, width: 2.2, type }, itemStyle: { color: colour },
  });
  if (!lines) return [];
  return [line(WITH, lines.withOutliers, theme.accent, 'solid'), line(WITHOUT, lines.withoutOutliers, theme.noise, 'dashed')];
}
