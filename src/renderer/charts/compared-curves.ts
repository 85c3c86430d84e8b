/** Curves of several runs over each other: told apart by colour and by dash. */
import { axis, frame, grouped, legend, type Box } from '../../shared/charts/frame.js';
import type { Chart } from '../../shared/charts/chart.js';
import { PAPER, type ChartTheme } from '../../shared/charts/theme.js';
import type { MetricsLine } from '../../shared/run/metrics.js';

export interface ComparedRun {
  name: string;
  metrics: readonly MetricsLine[];
}

/** Okabe and Ito's palette, which the colour-blind can tell apart; without its yellow, which is lost on white. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'];
const DASHES = ['solid', 'dashed', 'dotted'] as const;
const WIDTH = 960;
const HEIGHT = 540;
const PLOT: Box = { left: 84, top: 84, width: WIDTH - 124, height: HEIGHT - 148 };

export type Measure = 'loss' | 'aucRebalanced';

const MEASURES: Record<Measure, { name: string; title: string; axis: string }> = {
  loss: { name: 'compared-loss', title: 'Validation loss of several runs', axis: 'weighted cross-entropy (nats)' },
  aucRebalanced: { name: 'compared-auc', title: 'Accuracy of several runs', axis: 'rebalanced AuC (%)' },
};

export function comparedChart(runs: readonly ComparedRun[], measure: Measure, theme: ChartTheme = PAPER): Chart {
  const { name, title, axis: quantity } = MEASURES[measure];
  const points = runs.map(({ metrics }) => metrics.flatMap(({ step, validation }) => (validation ? [[step, validation[measure]]] : [])));
  const last = Math.max(1, ...points.map((line) => line.at(-1)?.[0] ?? 0));
  return {
    name, title, width: WIDTH, height: HEIGHT,
    option: {
      ...frame(title, `${grouped(runs.length)} runs, at each validation`, theme),
      legend: { ...legend(theme, runs.map((run) => run.name)), type: 'scroll', left: 320 },
      grid: PLOT,
      xAxis: { ...axis(theme, { name: 'step', gap: 32 }), type: 'value', min: 0, max: last, splitLine: { show: false } },
      yAxis: { ...axis(theme, { name: quantity, gap: 52 }), type: 'value', scale: true },
      series: runs.map((run, k) => {
        const color = COLOURS[k % COLOURS.length];
        return {
          name: run.name, type: 'line' as const, data: points[k], symbolSize: 6, itemStyle: { color },
          lineStyle: { color, width: 2, type: DASHES[Math.floor(k / COLOURS.length) % DASHES.length] },
        };
      }),
    },
    table: { columns: ['run', 'step', quantity], rows: runs.flatMap((run, k) => points[k].map(([step, value]) => [run.name, step, value])) },
  };
}
