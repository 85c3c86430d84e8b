/** How the values of a tensor are spread: counts in equal steps from the smallest to the largest. */
import type { Chart } from './chart.js';
import { axis, frame, grouped, type Box } from './frame.js';
import { rectangleSeries } from './rectangles.js';
import { PAPER, type ChartTheme } from './theme.js';

export interface SpreadValues {
  /** Of the tensor. */
  name: string;
  smallest: number;
  largest: number;
  mean: number;
  /** Standard deviation. */
  deviation: number;
  /** Counts in equal steps from the smallest to the largest value. */
  histogram: readonly number[];
}

const WIDTH = 720;
const HEIGHT = 420;
const PLOT: Box = { left: 90, top: 84, width: WIDTH - 130, height: HEIGHT - 144 };

export function valueHistogram(values: SpreadValues, theme: ChartTheme = PAPER): Chart {
  const { name, histogram, mean, deviation } = values;
  const [first, last] = rangeOf(values);
  const step = (last - first) / histogram.length;
  const edge = (k: number): number => first + k * step;
  const title = `Values of ${name}`;
  return {
    name: `values-${name.replaceAll(/[^\w.-]+/g, '-')}`, title, width: WIDTH, height: HEIGHT,
    option: {
      ...frame(title, `${grouped(histogram.reduce((sum, count) => sum + count, 0))} values, mean ${short(mean)}, standard deviation ${short(deviation)}`, theme),
      grid: PLOT,
      xAxis: { ...axis(theme, { name: 'value', format: short }), type: 'value', min: first, max: last, splitLine: { show: false } },
      yAxis: { ...axis(theme, { name: 'how many', gap: 60 }), type: 'value', min: 0, max: Math.max(1, ...histogram) },
      series: [rectangleSeries(histogram.flatMap((count, k) => (count > 0 ? [{ x0: edge(k), x1: edge(k + 1), y0: 0, y1: count, colour: theme.noise }] : [])))],
    },
    table: { columns: ['from', 'to', 'values'], rows: histogram.map((count, k) => [edge(k), edge(k + 1), count]) },
  };
}

/** Where all values are the same there is no range: one is made around them. */
function rangeOf({ smallest, largest }: SpreadValues): [number, number] {
  if (largest > smallest) return [smallest, largest];
  const room = Math.abs(smallest) / 10 || 0.5;
  return [smallest - room, smallest + room];
}

/** Three digits, in powers of ten where plain digits would be many. */
function short(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(2).replaceAll('-', '\u2212');
  return grouped(Number(value.toPrecision(3)));
}
