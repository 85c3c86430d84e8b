/**
 * How common each bin is and how much it weighs in training, commonest first.
 */
import type { BinSet } from '../colour/bins.js';
import type { Rebalancing } from '../colour/prior.js';
import type { Chart } from './chart.js';
import { chromaticityColour } from './colour-scale.js';
import { axis, frame, grouped, HIDDEN_AXIS, legend, powerOfTen, type Box } from './frame.js';
import { rectangleSeries, type Rectangle } from './rectangles.js';
import { PAPER, type ChartTheme } from './theme.js';

export interface PriorData {
  bins: BinSet;
  /** Prior p and weight w of each bin. */
  weights: Rebalancing;
  /** What was set, for the note below the title: `lambda 0.5, no smoothing`. */
  settings: string;
}

const WIDTH = 960;
const UPPER: Box = { left: 96, top: 84, width: WIDTH - 136, height: 250 };
const STRIP: Box = { ...UPPER, top: 340, height: 16 };
const LOWER: Box = { ...UPPER, top: 362, height: 190 };
const PRIOR = 'prior p';
const WEIGHT = 'weight w';

export function priorChart({ bins, weights, settings }: PriorData, theme: ChartTheme = PAPER): Chart {
  const order = Array.from(weights.p.keys()).sort((x, y) => weights.p[y] - weights.p[x]);
  const p = order.map((q) => weights.p[q]);
  const w = order.map((q) => weights.w[q]);
  const title = 'Prior and weight of the bins';
  const note = `${grouped(bins.Q)} bins at window ${bins.window}, commonest first; ${settings}`;
  return {
    name: 'prior-and-weights', title,
    width: WIDTH, height: LOWER.top + LOWER.height + 62,
    option: {
      ...frame(title, note, theme),
      legend: legend(theme, [PRIOR, WEIGHT]),
      grid: [UPPER, STRIP, LOWER],
      xAxis: [
        { ...HIDDEN_AXIS, gridIndex: 0, type: 'value', min: 0, max: bins.Q },
        { ...HIDDEN_AXIS, gridIndex: 1, type: 'value', min: 0, max: bins.Q },
        { ...axis(theme, { name: 'bins, by prior', gap: 30 }), gridIndex: 2, type: 'value', min: 0, max: bins.Q, splitLine: { show: false } },
      ],
      yAxis: [
        { ...axis(theme, { name: 'share of the pixels', gap: 62, format: powerOfTen }), ...logRange(p), gridIndex: 0, type: 'log' },
        { ...HIDDEN_AXIS, gridIndex: 1, type: 'value', min: 0, max: 1 },
        { ...axis(theme, { name: 'weight in the loss', gap: 62 }), gridIndex: 2, type: 'value', min: 0 },
      ],
      series: [
        { ...steps(p, 0), name: PRIOR, areaStyle: { color: theme.noise, opacity: 0.55, origin: 'start' }, lineStyle: { color: theme.noise, width: 1.5 }, itemStyle: { color: theme.noise } },
        rectangleSeries(order.map((q, k) => binRectangle(bins, q, k)), { xAxisIndex: 1, yAxisIndex: 1 }),
        { ...steps(w, 2), name: WEIGHT, lineStyle: { color: theme.accent, width: 2 }, itemStyle: { color: theme.accent } },
      ],
    },
    table: {
      columns: ['bin', 'a', 'b', 'share', 'prior p', 'weight w'],
      rows: order.map((q) => [q, bins.a[q], bins.b[q], bins.share[q], weights.p[q], weights.w[q]]),
    },
  };
}

/** A line of steps, one a bin; bins without a value (a prior of 0 on a logarithmic axis) leave a gap. */
function steps(values: number[], index: number) {
  const points = values.map((v, k): [number, number | null] => [k, v > 0 ? v : null]);
  const last = points.at(-1);
  return {
    type: 'line' as const, step: 'end' as const, symbol: 'none', xAxisIndex: index, yAxisIndex: index,
    data: last ? [...points, [points.length, last[1]]] : points,
  };
}

function binRectangle(bins: BinSet, q: number, k: number): Rectangle {
  return { x0: k, x1: k + 1, y0: 0, y1: 1, colour: chromaticityColour(bins.a[q], bins.b[q]) };
}

/** Whole powers of ten around the values above 0. */
function logRange(values: number[]): { min: number; max: number } {
  const positive = values.filter((v) => v > 0);
  const exponent = (v: number): number => Math.floor(Math.log10(v));
  return { min: 10 ** exponent(Math.min(...positive, 1)), max: 10 ** (exponent(Math.max(...positive, 1e-9)) + 1) };
}
