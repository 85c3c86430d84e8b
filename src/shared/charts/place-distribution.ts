/**
 * What a network says of one place of a photograph: how likely each bin is, over the part of the ab plane that the bins cover,
 * with the likeliest one and the mean that is painted.
 */
import type { CustomSeriesOption } from 'echarts';
import { AB_MIN } from '../colour/cells.js';
import type { OpenWeights, PlaceAnswer } from '../contract/live-view.js';
import type { Chart } from './chart.js';
import { countColour } from './colour-scale.js';
import { axis, frame, grouped, type Box } from './frame.js';
import { rectangleSeries, type Rectangle } from './rectangles.js';
import { PAPER, type ChartTheme } from './theme.js';

export interface PlaceDistribution {
  weights: Pick<OpenWeights, 'window' | 'bins'>;
  answer: Pick<PlaceAnswer, 'shares' | 'mean'>;
  temperature: number;
  /** Where it is, in words: `harbour.jpg, x 12, y 40`. */
  place: string;
}

const SIDE = 560;
const PLOT: Box = { left: 84, top: 88, width: SIDE, height: SIDE };
/** Bins less likely than this are drawn as the lowest colour: twelve bits of them together are nothing to see. */
const LOWEST_SHARE = 1e-4;

export function placeChart({ weights, answer, temperature, place }: PlaceDistribution, theme: ChartTheme = PAPER): Chart {
  const range = rangeOf(weights);
  const top = likeliest(answer.shares);
  return {
    name: 'distribution', title: 'Predicted colours of a place', width: PLOT.left + SIDE + 40, height: PLOT.top + SIDE + 64,
    option: {
      ...frame('Predicted colours of a place', `${place}; a square a bin, brighter the likelier; ring: mean at T = ${grouped(temperature)}`, theme),
      grid: [{ ...PLOT, show: true, borderColor: theme.line, borderWidth: 1 } as Box],
      xAxis: [{ ...plain(axis(theme, { name: 'a   (green \u2013 magenta)' })), type: 'value', min: range.a, max: range.a + range.side }],
      yAxis: [{ ...plain(axis(theme, { name: 'b   (blue \u2013 yellow)', gap: 44 })), type: 'value', min: range.b, max: range.b + range.side }],
      series: [rectangleSeries(tiles(weights, answer.shares, theme)), outlined(weights, top, theme), ring(answer.mean, theme)],
    },
    table: {
      columns: ['bin', 'a from', 'b from', 'bin a', 'bin b', 'share'],
      rows: weights.bins.map((bin, q) => [q, corner(bin.row, weights.window), corner(bin.column, weights.window), bin.a, bin.b, answer.shares[q]]),
    },
  };
}

/** The ends of the plane are no round numbers: they go without a label. */
function plain(made: ReturnType<typeof axis>) {
  return { ...made, axisLabel: { ...made.axisLabel, showMinLabel: false, showMaxLabel: false } };
}

/** The bin with the largest share, the first of equals. */
export function likeliest(shares: readonly number[]): number {
  return shares.reduce((best, share, q) => (share > shares[best] ? q : best), 0);
}

function corner(index: number, window: number): number {
  return AB_MIN + index * window;
}

/** The smallest square that holds all bins: its lower corner and side, in ab units. */
function rangeOf({ window, bins }: PlaceDistribution['weights']): { a: number; b: number; side: number } {
  const [rows, columns] = [bins.map(({ row }) => row), bins.map(({ column }) => column)];
  const low = (indices: number[]) => indices.reduce((least, v) => Math.min(least, v), Infinity);
  const high = (indices: number[]) => indices.reduce((most, v) => Math.max(most, v), -Infinity) + 1;
  const across = Math.max(high(rows) - low(rows), high(columns) - low(columns));
  const centred = (indices: number[]) => corner(low(indices) - Math.floor((across - (high(indices) - low(indices))) / 2), window);
  return { a: centred(rows), b: centred(columns), side: across * window };
}

/** The root of the share gives the colour: what is unlikely is seen, too. */
function tiles({ window, bins }: PlaceDistribution['weights'], shares: readonly number[], theme: ChartTheme): Rectangle[] {
  const most = Math.max(LOWEST_SHARE, shares[likeliest(shares)]);
  const gap = window * 0.04;
  return bins.map(({ row, column }, q) => {
    const [x, y] = [corner(row, window), corner(column, window)];
    const colour = countColour(shares[q] < LOWEST_SHARE ? 0 : Math.sqrt(shares[q] / most), theme);
    return { x0: x + gap, x1: x + window - gap, y0: y + gap, y1: y + window - gap, colour };
  });
}

/** The likeliest bin, framed: the brightest colour alone does not tell it from its neighbours. */
function outlined({ window, bins }: PlaceDistribution['weights'], q: number, theme: ChartTheme): CustomSeriesOption {
  const [x, y] = [corner(bins[q].row, window), corner(bins[q].column, window)];
  return {
    type: 'custom', silent: true, data: [[q]], encode: { x: -1, y: -1 },
    renderItem: (_params, api) => {
      const [[left, top], [right, bottom]] = [api.coord([x, y + window]), api.coord([x + window, y])];
      return { type: 'rect', shape: { x: left, y: top, width: right - left, height: bottom - top }, style: { fill: 'none', stroke: theme.ink, lineWidth: 1.5 } };
    },
  };
}

function ring({ a, b }: { a: number; b: number }, theme: ChartTheme): CustomSeriesOption {
  return {
    type: 'custom', silent: true, data: [[0]], encode: { x: -1, y: -1 },
    renderItem: (_params, api) => {
      const [cx, cy] = api.coord([a, b]);
      const circle = (stroke: string, lineWidth: number) => ({ type: 'circle' as const, shape: { cx, cy, r: 6 }, style: { fill: 'none', stroke, lineWidth } });
      return { type: 'group', children: [circle(theme.background, 4), circle(theme.ink, 2)] };
    },
  };
}
