/** The activation laboratory's charts: the functions, curves over the training, silent units, distributions, confusion. */
import type { CustomSeriesOption, LineSeriesOption } from 'echarts';
import { ACTIVATION_KINDS, ACTIVATION_NAMES, RRELU_FACT, responseAt, slopeBand, type ActivationKind } from '../../labs/activations/functions.js';
import { ACTIVITY_RANGE, type ActivationsReport, type ActivationsResult, type Variant } from '../../labs/activations/results.js';
import { NORMALIZATIONS, type Normalization } from '../../labs/activations/config.js';
import type { Chart } from '../chart.js';
import { countColour } from '../colour-scale.js';
import { axis, frame, legend, TEXT_SIZE } from '../frame.js';
import { rectangleSeries } from '../rectangles.js';
import { CHART_FONT, PAPER, type ChartTheme } from '../theme.js';
import { panelsOf } from './panels.js';
import { seriesLook, type SeriesLook } from './series-look.js';

/** An activation looks the same in every chart. */
function lookOf(kind: ActivationKind, theme: ChartTheme): SeriesLook {
  return seriesLook(ACTIVATION_KINDS.indexOf(kind), theme);
}

const REACH = 3;
const PLACES = 240;

/** Each function and its derivative; where the slope is drawn at random, the band of training around the line of test. */
export function functionsChart(kinds: readonly ActivationKind[], theme: ChartTheme = PAPER): Chart {
  const panels = panelsOf({ names: kinds.map((kind) => ACTIVATION_NAMES[kind]), columns: 4, panel: { width: 230, height: 200 }, top: 92, theme });
  const x = Array.from({ length: PLACES + 1 }, (_, k) => -REACH + (2 * REACH * k) / PLACES);
  const title = 'Activations and their derivatives';
  return {
    name: 'activations', title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, kinds.includes('rrelu') ? RRELU_FACT : 'Solid: the function, dashed: its derivative', theme),
      legend: { ...legend(theme, ['function', 'derivative']), top: 14 },
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: kinds.map((_, gridIndex) => ({ ...axis(theme), gridIndex, type: 'value' as const, min: -REACH, max: REACH })),
      yAxis: kinds.map((_, gridIndex) => ({ ...axis(theme), gridIndex, type: 'value' as const, min: -2, max: REACH })),
      series: kinds.flatMap((kind, panel) => [
        ...band(kind, panel, theme),
        curveOf('function', panel, x.map((v) => [v, responseAt(kind, v).value]), { color: theme.accent, width: 2.2 }),
        curveOf('derivative', panel, x.map((v) => [v, responseAt(kind, v).slope]), { color: theme.noise, width: 1.8, type: 'dashed' }),
      ]),
    },
    table: {
      columns: ['activation', 'x', 'value', 'slope'],
      rows: kinds.flatMap((kind) => x.map((v) => [kind, v, responseAt(kind, v).value, responseAt(kind, v).slope])),
    },
  };
}

function curveOf(name: string, panel: number, data: number[][], lineStyle: LineSeriesOption['lineStyle']): LineSeriesOption {
  return { name, xAxisIndex: panel, yAxisIndex: panel, type: 'line', symbol: 'none', silent: true, data, lineStyle, itemStyle: { color: lineStyle?.color } };
}

/** What the negative side may be in training. */
function band(kind: ActivationKind, panel: number, theme: ChartTheme): CustomSeriesOption[] {
  const slopes = slopeBand(kind);
  if (slopes === undefined) return [];
  return [{
    xAxisIndex: panel, yAxisIndex: panel, type: 'custom', silent: true, data: [[0, 0]],
    renderItem: (_, api) => ({
      type: 'polygon', shape: { points: [api.coord([0, 0]), api.coord([-REACH, -REACH * slopes[0]]), api.coord([-REACH, -REACH * slopes[1]])] },
      style: { fill: theme.accent, opacity: 0.22 },
    }),
  }];
}

type Curve = 'loss' | 'accuracy';
const CURVES: Record<Curve, string> = { loss: 'cross-entropy', accuracy: 'right answers (%)' };

/** Loss or accuracy over the epochs, train and test, each activation a line; with several runs the mean and a band of their spread. */
export function curvesChart(reports: readonly ActivationsReport[], figure: Curve, theme: ChartTheme = PAPER): Chart {
  const normalizations = NORMALIZATIONS.filter((kind) => reports.some(({ normalization }) => normalization === kind));
  const kinds = ACTIVATION_KINDS.filter((kind) => reports.some(({ activation }) => activation === kind));
  const cells = normalizations.flatMap((normalization) => (['train', 'test'] as const).map((side) => ({ normalization, side })));
  const names = cells.map(({ normalization, side }) => `${side === 'train' ? 'Training' : 'Test'}, ${normalization} normalization`);
  const panels = panelsOf({ names, columns: 2, panel: { width: 420, height: 240 }, top: 116, theme });
  const lines = cells.flatMap(({ normalization, side }, panel) => kinds.map((kind) => ({ panel, normalization, side, kind, points: meanCurve(reports, kind, normalization, side, figure) })));
  const epochs = Math.max(1, ...reports.map(({ epoch }) => epoch));
  const title = figure === 'loss' ? 'Loss' : 'Accuracy';
  return {
    name: `activations-${figure}`, title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, 'Mean over the runs; bands: one standard deviation', theme),
      legend: { ...legend(theme, kinds.map((kind) => ACTIVATION_NAMES[kind])), left: 20, right: undefined, top: 66 },
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: 'epoch', gap: 28 }), gridIndex, type: 'value' as const, min: 0, max: epochs })),
      yAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: CURVES[figure], gap: 48 }), gridIndex, type: 'value' as const, scale: true })),
      series: lines.flatMap(({ panel, kind, points }) => [...spreadBand(points, panel, kind, theme), meanLine(points, panel, kind, theme)]),
    },
    table: {
      columns: ['activation', 'normalization', 'set', 'epoch', figure, 'standard deviation'],
      rows: lines.flatMap(({ kind, normalization, side, points }) => points.map(({ epoch, mean, deviation }) => [kind, normalization, side, epoch, mean, deviation])),
    },
  };
}

interface CurvePoint {
  epoch: number;
  mean: number;
  deviation: number;
}

function meanCurve(reports: readonly ActivationsReport[], kind: ActivationKind, normalization: Normalization, side: 'train' | 'test', figure: Curve): CurvePoint[] {
  const byEpoch = new Map<number, number[]>();
  for (const report of reports) {
    const value = side === 'train' ? report[figure] : report.test?.[figure];
    if (report.activation !== kind || report.normalization !== normalization || value == null) continue;
    byEpoch.set(report.epoch, [...(byEpoch.get(report.epoch) ?? []), value]);
  }
  return [...byEpoch].sort(([a], [b]) => a - b).map(([epoch, values]) => {
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    return { epoch, mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
  });
}

function meanLine(points: readonly CurvePoint[], panel: number, kind: ActivationKind, theme: ChartTheme): LineSeriesOption {
  const { colour, dash, symbol } = lookOf(kind, theme);
  return {
    name: ACTIVATION_NAMES[kind], xAxisIndex: panel, yAxisIndex: panel, type: 'line', symbol, symbolSize: points.length > 40 ? 0 : 6,
    data: points.map(({ epoch, mean }) => [epoch, mean]), lineStyle: { color: colour, width: 2, type: dash }, itemStyle: { color: colour },
  };
}

function spreadBand(points: readonly CurvePoint[], panel: number, kind: ActivationKind, theme: ChartTheme): CustomSeriesOption[] {
  if (points.every(({ deviation }) => deviation === 0)) return [];
  const { colour } = lookOf(kind, theme);
  return [{
    xAxisIndex: panel, yAxisIndex: panel, type: 'custom', silent: true, data: [[0, 0]],
    renderItem: (_, api) => {
      const edge = (sign: number) => points.map(({ epoch, mean, deviation }) => api.coord([epoch, mean + sign * deviation]));
      return { type: 'polygon', shape: { points: [...edge(1), ...edge(-1).reverse()] }, style: { fill: colour, opacity: 0.15 } };
    },
  }];
}

/** Share of the units of each layer that are never above zero, over the epochs, the first run of each activation. */
export function silentChart(reports: readonly ActivationsReport[], theme: ChartTheme = PAPER): Chart {
  const tested = reports.filter(({ test, run }) => test !== undefined && run === 0);
  const layers = tested[0]?.test?.layers.map(({ layer }) => layer) ?? [];
  const normalizations = NORMALIZATIONS.filter((kind) => tested.some(({ normalization }) => normalization === kind));
  const kinds = ACTIVATION_KINDS.filter((kind) => tested.some(({ activation }) => activation === kind));
  const cells = normalizations.flatMap((normalization) => layers.map((layer, at) => ({ normalization, layer, at })));
  const panels = panelsOf({ names: cells.map(({ normalization, layer }) => `${layer}, ${normalization} normalization`), columns: 2, panel: { width: 420, height: 200 }, top: 116, theme });
  const rows = cells.flatMap(({ normalization, layer, at }, panel) =>
    tested.filter((report) => report.normalization === normalization).map(({ activation, epoch, test }) => ({ panel, normalization, layer, activation, epoch, silent: test!.layers[at].silent })),
  );
  const title = 'Silent units';
  return {
    name: 'activations-silent-units', title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, 'Units that are never above zero on the test pictures looked at; with ReLU these are dead', theme),
      legend: { ...legend(theme, kinds.map((kind) => ACTIVATION_NAMES[kind])), left: 20, right: undefined, top: 66 },
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: 'epoch', gap: 28 }), gridIndex, type: 'value' as const, min: 0 })),
      yAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: 'share (%)', gap: 44 }), gridIndex, type: 'value' as const, min: 0 })),
      series: cells.flatMap((_, panel) => kinds.map((kind) => meanLine(
        rows.filter((row) => row.panel === panel && row.activation === kind).sort((a, b) => a.epoch - b.epoch).map(({ epoch, silent }) => ({ epoch, mean: silent, deviation: 0 })), panel, kind, theme,
      ))),
    },
    table: {
      columns: ['activation', 'normalization', 'layer', 'epoch', 'silent units (%)'],
      rows: rows.map(({ activation, normalization, layer, epoch, silent }) => [activation, normalization, layer, epoch, silent]),
    },
  };
}

/** How the outputs of each layer are spread at the end of the training. */
export function distributionsChart({ variants }: ActivationsResult, theme: ChartTheme = PAPER): Chart {
  const first = variants.filter(({ run }) => run === 0);
  const layers = first[0].layers.map(({ layer }) => layer);
  const { low, high, steps } = ACTIVITY_RANGE;
  const centre = (k: number) => low + ((k + 0.5) * (high - low)) / steps;
  const normalizations = NORMALIZATIONS.filter((kind) => first.some(({ normalization }) => normalization === kind));
  const cells = normalizations.flatMap((normalization) => layers.map((layer, at) => ({ normalization, layer, at })));
  const panels = panelsOf({ names: cells.map(({ normalization, layer }) => `${layer}, ${normalization} normalization`), columns: 2, panel: { width: 420, height: 200 }, top: 116, theme });
  const kinds = [...new Set(first.map(({ activation }) => activation))];
  const title = 'Outputs of the layers';
  return {
    name: 'activations-outputs', title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, `Share of the outputs by value, after the training; beyond ${low} and ${high} counted at the edge`, theme),
      legend: { ...legend(theme, kinds.map((kind) => ACTIVATION_NAMES[kind])), left: 20, right: undefined, top: 66 },
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: 'output', gap: 28 }), gridIndex, type: 'value' as const, min: low, max: high })),
      yAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: 'share', gap: 52 }), gridIndex, type: 'log' as const, min: 1e-4, max: 1 })),
      series: cells.flatMap(({ normalization, at }, panel) => first.filter((one) => one.normalization === normalization).map(({ activation, layers: seen }): LineSeriesOption => {
        const { colour, dash } = lookOf(activation, theme);
        return {
          name: ACTIVATION_NAMES[activation], xAxisIndex: panel, yAxisIndex: panel, type: 'line', symbol: 'none', step: 'middle',
          data: seen[at].shares.map((share, k) => [centre(k), Math.max(share, 1e-4)]), lineStyle: { color: colour, width: 1.8, type: dash }, itemStyle: { color: colour },
        };
      })),
    },
    table: {
      columns: ['activation', 'normalization', 'layer', 'output', 'share'],
      rows: first.flatMap(({ activation, normalization, layers: seen }) => seen.flatMap(({ layer, shares }) => shares.map((share, k) => [activation, normalization, layer, centre(k), share]))),
    },
  };
}

/** Which class was taken for which, over all runs of one activation. */
export function confusionChart({ variants, classes }: ActivationsResult, chosen: Pick<Variant, 'activation' | 'normalization'>, theme: ChartTheme = PAPER): Chart {
  const own = variants.filter(({ activation, normalization }) => activation === chosen.activation && normalization === chosen.normalization);
  const counts = classes.map((_, truth) => classes.map((_, answer) => own.reduce((sum, { confusion }) => sum + confusion[truth][answer], 0)));
  // Right answers are most of all: the scale is that of the wrong ones.
  const most = Math.max(1, ...counts.flatMap((row, truth) => row.filter((_, answer) => answer !== truth)));
  const side = Math.max(18, Math.min(46, Math.floor(560 / classes.length)));
  const box = { left: 110, top: 96, width: side * classes.length, height: side * classes.length };
  const cells = counts.flatMap((row, truth) => row.map((count, answer) => ({ truth, answer, count })));
  const title = 'Taken for what';
  const named = { ...axis(theme).axisLabel, formatter: undefined, interval: 0 };
  return {
    name: `confusion-${chosen.activation}-${chosen.normalization}`, title, width: Math.max(620, box.left + box.width + 60), height: box.top + box.height + 70,
    option: {
      ...frame(title, `${ACTIVATION_NAMES[chosen.activation]}, ${chosen.normalization} normalization; rows: what it is, columns: the answer`, theme),
      grid: box,
      xAxis: [{ type: 'value', min: 0, max: classes.length, show: false }, { ...axis(theme, { name: 'answer', gap: 30 }), type: 'category', data: classes, position: 'bottom', axisLabel: named, splitLine: { show: false } }],
      yAxis: [{ type: 'value', min: 0, max: classes.length, inverse: true, show: false }, { ...axis(theme, { name: 'true class', gap: 62 }), type: 'category', data: classes, inverse: true, position: 'left', axisLabel: named, splitLine: { show: false } }],
      series: [
        rectangleSeries(cells.map(({ truth, answer, count }) => ({
          x0: answer, x1: answer + 1, y0: truth + 1, y1: truth,
          colour: truth === answer ? theme.faint : count === 0 ? theme.background : countColour(Math.round((16 * count) / most) / 16, theme),
        }))),
        numbers(cells, side, most, theme),
        { type: 'scatter', xAxisIndex: 1, yAxisIndex: 1, data: [] },
      ],
    },
    table: { columns: ['true class', 'answer', 'pictures'], rows: cells.map(({ truth, answer, count }) => [classes[truth], classes[answer], count]) },
  };
}

function numbers(cells: readonly { truth: number; answer: number; count: number }[], side: number, most: number, theme: ChartTheme): CustomSeriesOption {
  const shown = side < 24 ? [] : cells.filter(({ count }) => count > 0);
  return {
    type: 'custom', silent: true, data: shown.map(({ truth, answer, count }) => [answer + 0.5, truth + 0.5, count, truth === answer ? 1 : 0]),
    renderItem: (_, api) => {
      const [x, y, count, right] = [0, 1, 2, 3].map((k) => Number(api.value(k)));
      const [left, top] = api.coord([x, y]);
      const strong = right === 0 && count / most > 0.45;
      return { type: 'text', x: left, y: top, style: { text: String(count), align: 'center', verticalAlign: 'middle', fill: strong ? theme.background : theme.ink, font: `${TEXT_SIZE - 2}px ${CHART_FONT}` } };
    },
  };
}
