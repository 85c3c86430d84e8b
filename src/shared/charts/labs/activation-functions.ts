/** The activations as functions: each with its derivative, or all over one another. */
import type { CustomSeriesOption, LineSeriesOption } from 'echarts';
import { ACTIVATION_NAMES, RRELU_FACT, responseAt, slopeBand, type ActivationKind, type Response } from '../../labs/activations/functions.js';
import type { Chart, ChartTable } from '../chart.js';
import { axis, frame, legend, type Box } from '../frame.js';
import { PAPER, type ChartTheme } from '../theme.js';
import { activationLook } from './activation-look.js';
import { panelsOf } from './panels.js';

const REACH = 3;
const PLACES = 240;
const LOWEST = -2;

/** Places at which functions are drawn; zero is one of them, where some have a kink. */
const X = Array.from({ length: PLACES + 1 }, (_, k) => -REACH + (2 * REACH * k) / PLACES);

const LEGEND = ['function', 'derivative'];

/** Each function and its derivative; where the slope is drawn at random, the band of training around the line of test. */
export function functionsChart(kinds: readonly ActivationKind[], theme: ChartTheme = PAPER): Chart {
  const panels = panelsOf({ names: kinds.map((kind) => ACTIVATION_NAMES[kind]), columns: 4, panel: { width: 230, height: 200 }, top: 92, theme });
  const title = 'Activations and their derivatives';
  return {
    name: 'activations', title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, kinds.includes('rrelu') ? RRELU_FACT : 'Solid: the function, dashed: its derivative', theme),
      legend: { ...legend(theme, LEGEND), top: 14 },
      graphic: panels.captions,
      grid: panels.boxes,
      ...axesOf(kinds.length, theme),
      series: kinds.flatMap((kind, panel) => bothCurves(kind, panel, theme)),
    },
    table: tableOf(kinds),
  };
}

const SINGLE: Box = { left: 70, top: 92, width: 460, height: 340 };

/** One function and its derivative. @param at Place that is marked on both. */
export function functionChart(kind: ActivationKind, at: number | undefined, theme: ChartTheme = PAPER): Chart {
  const title = ACTIVATION_NAMES[kind];
  return {
    name: `activation-${kind}`, title, width: 570, height: 490,
    option: {
      ...frame(title, slopeBand(kind) ? 'Band: what training draws; line: what test uses' : 'Solid: the function, dashed: its derivative', theme),
      legend: { ...legend(theme, LEGEND), top: 14 },
      grid: SINGLE,
      ...axesOf(1, theme),
      series: [...bothCurves(kind, 0, theme), ...(at === undefined ? [] : marks(kind, at, theme))],
    },
    table: tableOf([kind]),
  };
}

const OVERLAID: Box = { left: 76, top: 130, width: 560, height: 380 };

/** Functions, or their derivatives, over one another; random slopes as bands. */
export function overlaidFunctionsChart(kinds: readonly ActivationKind[], what: keyof Response, theme: ChartTheme = PAPER): Chart {
  const title = what === 'value' ? 'Functions' : 'Derivatives';
  return {
    name: `activations-${title.toLowerCase()}`, title, width: 700, height: 580,
    option: {
      ...frame(title, 'Of one input, in the form for test; bands: random slopes of training', theme),
      legend: { ...legend(theme, kinds.map((kind) => ACTIVATION_NAMES[kind])), left: 20, right: 20, top: 66 },
      grid: OVERLAID,
      xAxis: { ...axis(theme, { name: 'input', gap: 30 }), type: 'value', min: -REACH, max: REACH },
      yAxis: { ...axis(theme, { name: what === 'value' ? 'output' : 'slope', gap: 44 }), type: 'value', ...(what === 'value' && { min: LOWEST, max: REACH }) },
      series: kinds.flatMap((kind) => {
        const { colour, dash } = activationLook(kind, theme);
        const style = { color: colour, width: 2.2, type: dash };
        return [...band(kind, 0, what, colour), curveOf(ACTIVATION_NAMES[kind], 0, X.map((x) => [x, responseAt(kind, x)[what]]), style)];
      }),
    },
    table: tableOf(kinds),
  };
}

function axesOf(panels: number, theme: ChartTheme) {
  const places = Array.from({ length: panels }, (_, gridIndex) => gridIndex);
  return {
    xAxis: places.map((gridIndex) => ({ ...axis(theme), gridIndex, type: 'value' as const, min: -REACH, max: REACH })),
    yAxis: places.map((gridIndex) => ({ ...axis(theme), gridIndex, type: 'value' as const, min: LOWEST, max: REACH })),
  };
}

function bothCurves(kind: ActivationKind, panel: number, theme: ChartTheme) {
  return [
    ...band(kind, panel, 'value', theme.accent),
    curveOf(LEGEND[0], panel, X.map((x) => [x, responseAt(kind, x).value]), { color: theme.accent, width: 2.2 }),
    curveOf(LEGEND[1], panel, X.map((x) => [x, responseAt(kind, x).slope]), { color: theme.noise, width: 1.8, type: 'dashed' }),
  ];
}

function curveOf(name: string, panel: number, data: number[][], lineStyle: LineSeriesOption['lineStyle']): LineSeriesOption {
  return { name, xAxisIndex: panel, yAxisIndex: panel, type: 'line', symbol: 'none', silent: true, data, lineStyle, itemStyle: { color: lineStyle?.color } };
}

function marks(kind: ActivationKind, at: number, theme: ChartTheme): LineSeriesOption[] {
  const { value, slope } = responseAt(kind, at);
  const mark = (y: number, color: string): LineSeriesOption => ({ type: 'line', silent: true, symbol: 'circle', symbolSize: 9, data: [[at, y]], itemStyle: { color } });
  return [mark(value, theme.accent), mark(slope, theme.noise)];
}

/** What the negative side may be in training. */
function band(kind: ActivationKind, panel: number, what: keyof Response, fill: string): CustomSeriesOption[] {
  const slopes = slopeBand(kind);
  if (slopes === undefined) return [];
  const [low, high] = slopes;
  const corners = what === 'value' ? [[0, 0], [-REACH, -REACH * low], [-REACH, -REACH * high]] : [[0, low], [-REACH, low], [-REACH, high], [0, high]];
  return [{
    // Its datum is no point: axes are not stretched to it.
    xAxisIndex: panel, yAxisIndex: panel, type: 'custom', silent: true, data: [[0, 0]], encode: { x: -1, y: -1 },
    renderItem: (_, api) => ({ type: 'polygon', shape: { points: corners.map((corner) => api.coord(corner)) }, style: { fill, opacity: 0.22 } }),
  }];
}

function tableOf(kinds: readonly ActivationKind[]): ChartTable {
  return {
    columns: ['activation', 'x', 'value', 'slope'],
    rows: kinds.flatMap((kind) => X.map((x) => [kind, x, responseAt(kind, x).value, responseAt(kind, x).slope])),
  };
}
