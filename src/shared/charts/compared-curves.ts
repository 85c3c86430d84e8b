/** Curves of several runs over each other: told apart by colour and by dash. */
import { axis, frame, grouped, legend, type Box } from './frame.js';
import type { Chart } from './chart.js';
import { PAPER, type ChartTheme } from './theme.js';
import type { MetricsLine } from '../run/metrics.js';

export interface ComparedRun {
  name: string;
  metrics: readonly MetricsLine[];
}

/** Okabe and Ito's palette, which the colour-blind can tell apart; without its yellow, which is lost on white. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'];
const DASHES = ['solid', 'dashed', 'dotted'] as const;
const WIDTH = 960;
const HEIGHT = 540;
/** Points of a curve from which on they are not marked one by one. */
const MANY = 60;
const PLOT: Box = { left: 84, top: 84, width: WIDTH - 124, height: HEIGHT - 148 };

export type Measure = 'loss' | 'aucRebalanced';

/** What the curves are drawn over: steps, or minutes of training, which is what a step of another network is to be compared by. */
export type Course = 'steps' | 'minutes';

const MEASURES: Record<Measure, { name: string; title: string; axis: string }> = {
  loss: { name: 'compared-loss', title: 'Validation loss of several runs', axis: 'weighted cross-entropy (nats)' },
  aucRebalanced: { name: 'compared-auc', title: 'Accuracy of several runs', axis: 'rebalanced AuC (%)' },
};

const COURSES: Record<Course, { suffix: string; axis: string; of(line: MetricsLine): number }> = {
  steps: { suffix: '', axis: 'step', of: ({ step }) => step },
  minutes: { suffix: '-by-minutes', axis: 'minutes of training', of: ({ seconds }) => seconds / 60 },
};

export function comparedChart(runs: readonly ComparedRun[], measure: Measure, theme: ChartTheme = PAPER, course: Course = 'steps'): Chart {
  const { name, title, axis: quantity } = MEASURES[measure];
  const { suffix, axis: along, of } = COURSES[course];
  const points = runs.map(({ metrics }) => metrics.flatMap((line) => (line.validation ? [[of(line), line.validation[measure]]] : [])));
  return {
    name: `${name}${suffix}`, title, width: WIDTH, height: HEIGHT,
    option: {
      ...frame(title, `${grouped(runs.length)} runs, at each validation`, theme),
      legend: { ...legend(theme, runs.map((run) => run.name)), type: 'scroll', left: 320 },
      grid: PLOT,
      xAxis: { ...axis(theme, { name: along, gap: 32 }), type: 'value', min: 0, splitLine: { show: false } },
      yAxis: { ...axis(theme, { name: quantity, gap: 52 }), type: 'value', scale: true },
      series: runs.map((run, k) => {
        const color = COLOURS[k % COLOURS.length];
        return {
          name: run.name, type: 'line' as const, data: points[k], symbolSize: points[k].length > MANY ? 0 : 6, itemStyle: { color },
          lineStyle: { color, width: 2, type: DASHES[Math.floor(k / COLOURS.length) % DASHES.length] },
        };
      }),
    },
    table: { columns: ['run', along, quantity], rows: runs.flatMap((run, k) => points[k].map(([at, value]) => [run.name, at, value])) },
  };
}

/** All charts of a comparison. */
export function comparedCharts(runs: readonly ComparedRun[]): Chart[] {
  return (['loss', 'aucRebalanced'] as const).flatMap((measure) => (['steps', 'minutes'] as const).map((course) => comparedChart(runs, measure, PAPER, course)));
}
