/** Curves of a comparison of activations: loss and accuracy over the training. */
import type { CustomSeriesOption, LineSeriesOption } from 'echarts';
import { ACTIVATION_KINDS, ACTIVATION_NAMES, type ActivationKind } from '../../labs/activations/functions.js';
import type { ActivationsReport } from '../../labs/activations/results.js';
import { NORMALIZATIONS, type Normalization } from '../../labs/activations/config.js';
import { spreadOf } from '../../labs/statistics.js';
import type { Chart } from '../chart.js';
import { axis, frame, legend } from '../frame.js';
import { PAPER, type ChartTheme } from '../theme.js';
import { activationLook } from './activation-look.js';
import { panelsOf } from './panels.js';

export type Curve = 'loss' | 'accuracy';
const NOTE = 'Mean over the runs; bands: one standard deviation';
const CURVES: Record<Curve, string> = { loss: 'cross-entropy', accuracy: 'right answers (%)' };

/** Loss or accuracy over the epochs, train and test, each activation a line; with several runs the mean and a band of their spread. */
export function curvesChart(reports: readonly ActivationsReport[], figure: Curve, theme: ChartTheme = PAPER): Chart {
  const normalizations = NORMALIZATIONS.filter((kind) => reports.some(({ normalization }) => normalization === kind));
  const kinds = ACTIVATION_KINDS.filter((kind) => reports.some(({ activation }) => activation === kind));
  const cells = normalizations.flatMap((normalization) => (['train', 'test'] as const).map((side) => ({ normalization, side })));
  const suffix = (normalization: Normalization) => (normalizations.length === 1 ? '' : `, ${normalization} normalization`);
  const names = cells.map(({ normalization, side }) => `${side === 'train' ? 'Training' : 'Test'}${suffix(normalization)}`);
  const panels = panelsOf({ names, columns: 2, panel: { width: 420, height: 240 }, top: 116, theme });
  const lines = cells.flatMap(({ normalization, side }, panel) => kinds.map((kind) => ({ panel, normalization, side, kind, points: meanCurve(reports, kind, normalization, side, figure) })));
  const epochs = Math.max(1, ...reports.map(({ epoch }) => epoch));
  const range = figure === 'loss' ? { type: 'log' as const } : { type: 'value' as const, min: lowest(lines.flatMap(({ points }) => points)), max: 100 };
  const title = figure === 'loss' ? 'Loss' : 'Accuracy';
  return {
    name: `activations-${figure}`, title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, figure === 'loss' ? NOTE : `${NOTE}; from what the first epoch came to`, theme),
      legend: { ...legend(theme, kinds.map((kind) => ACTIVATION_NAMES[kind])), left: 20, right: undefined, top: 66 },
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: 'epoch', gap: 28 }), gridIndex, type: 'value' as const, min: 0, max: epochs })),
      yAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: CURVES[figure], gap: 48 }), gridIndex, ...range })),
      series: lines.flatMap(({ panel, kind, points }) => [...spreadBand(points, panel, kind, theme), meanLine(points, panel, kind, theme)]),
    },
    table: {
      columns: ['activation', 'normalization', 'set', 'epoch', figure, 'standard deviation'],
      rows: lines.flatMap(({ kind, normalization, side, points }) => points.map(({ epoch, mean, deviation }) => [kind, normalization, side, epoch, mean, deviation])),
    },
  };
}

/** Where the axis of accuracies begins: what comes before the end of the first epoch would flatten all differences that follow. */
function lowest(points: readonly CurvePoint[]): number {
  const settled = points.filter(({ epoch }) => epoch >= 1);
  const values = (settled.length > 0 ? settled : points).map(({ mean, deviation }) => mean - deviation);
  const low = Math.min(100, ...values);
  const step = low > 90 ? 1 : low > 60 ? 5 : 10;
  return Math.max(0, Math.min(100 - step, step * Math.floor(low / step)));
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
    const { mean, deviation } = spreadOf(values);
    return { epoch, mean, deviation };
  });
}

function meanLine(points: readonly CurvePoint[], panel: number, kind: ActivationKind, theme: ChartTheme): LineSeriesOption {
  const { colour, dash, symbol } = activationLook(kind, theme);
  return {
    name: ACTIVATION_NAMES[kind], xAxisIndex: panel, yAxisIndex: panel, type: 'line', symbol, symbolSize: points.length > 40 ? 0 : 6,
    data: points.map(({ epoch, mean }) => [epoch, mean]), lineStyle: { color: colour, width: 2, type: dash }, itemStyle: { color: colour },
  };
}

function spreadBand(points: readonly CurvePoint[], panel: number, kind: ActivationKind, theme: ChartTheme): CustomSeriesOption[] {
  if (points.every(({ deviation }) => deviation === 0)) return [];
  const { colour } = activationLook(kind, theme);
  return [{
    // Its datum is no point: axes are not stretched to it.
    xAxisIndex: panel, yAxisIndex: panel, type: 'custom', silent: true, clip: true, data: [[0, 0]], encode: { x: -1, y: -1 },
    renderItem: (_, api) => {
      // A loss is drawn on a logarithm's axis, which has no place for a spread that reaches zero: it runs out of the panel there.
      const edge = (sign: number) => points.map(({ epoch, mean, deviation }) => api.coord([epoch, Math.max(mean + sign * deviation, mean / 1000)]));
      return { type: 'polygon', shape: { points: [...edge(1), ...edge(-1).reverse()] }, style: { fill: colour, opacity: 0.15 } };
    },
  }];
}
