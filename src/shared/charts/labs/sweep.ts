/** A sweep's chart: error and zeros against lambda for each penalty, with the spread over the folds, the best marked. */
import type { CustomSeriesOption, LineSeriesOption } from 'echarts';
import { PENALTY_KINDS, PENALTY_NAMES } from '../../labs/regularization/penalties.js';
import type { SweepPoint, SweepResult } from '../../labs/regularization/results.js';
import type { Chart } from '../chart.js';
import { axis, frame, grouped, legend, TEXT_SIZE } from '../frame.js';
import { CHART_FONT, PAPER, type ChartTheme } from '../theme.js';
import { panelsOf } from './panels.js';
import { seriesLook } from './series-look.js';

type Measure = 'error' | 'zeroWeights';
const MEASURES: readonly Measure[] = ['error', 'zeroWeights'];

export function sweepChart({ points, best }: SweepResult, theme: ChartTheme = PAPER): Chart {
  const kinds = [...new Set(points.map(({ kind }) => kind))].filter((kind) => kind !== 'none');
  const none = points.find(({ kind }) => kind === 'none');
  // A lambda of 0 has no place on a logarithmic axis; it is in the table.
  const shown = points.filter(({ kind, lambda }) => kind !== 'none' && lambda > 0);
  const panels = panelsOf({ names: ['Mean size of the error at a held-out point', 'Zero weights (%)'], columns: 2, panel: { width: 440, height: 320 }, top: 110, theme });
  const title = 'Error and zeros against lambda';
  return {
    name: 'lambda-sweep', title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, noteOn(best), theme),
      legend: { ...legend(theme, [...kinds.map((kind) => PENALTY_NAMES[kind]), ...(none ? [PENALTY_NAMES.none] : [])]), top: 66, left: 20, right: undefined },
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: MEASURES.map((_, gridIndex) => ({ ...lambdaAxis(theme), gridIndex, type: 'log' as const, ...lambdaRange(shown) })),
      yAxis: MEASURES.map((measure, gridIndex) => ({
        ...axis(theme, { name: measure === 'error' ? 'error' : 'share (%)', gap: 48 }), gridIndex, type: 'value' as const, min: 0, max: measure === 'error' ? highest(points) : 100,
      })),
      series: MEASURES.flatMap((measure, panel) => [
        ...kinds.flatMap((kind, k) => curve({ points: shown.filter((point) => point.kind === kind), measure, panel, best, aside: APART ** (k - (kinds.length - 1) / 2) }, theme)),
        ...(none ? [levelOf(none, shown, measure, panel, theme)] : []),
      ]),
    },
    table: {
      columns: ['penalty', 'lambda', 'error', 'error, standard deviation', 'zero weights (%)', 'dead neurons', 'trainings', 'diverged'],
      rows: points.map(({ kind, lambda, error, zeroWeights, deadNeurons, diverged }) => [
        kind, lambda, error.mean, error.deviation, zeroWeights.mean, deadNeurons.mean, error.count + diverged, diverged,
      ]),
    },
  };
}

/** Places of one lambda stand so many times its value apart, so that the bars of each penalty are seen. */
const APART = 1.05;

/** The ends of the axis are no round numbers: they bear no label. */
function lambdaAxis(theme: ChartTheme) {
  const { axisLabel, ...rest } = axis(theme, { name: 'lambda', gap: 30 });
  return { ...rest, axisLabel: { ...axisLabel, showMinLabel: false, showMaxLabel: false } };
}

/** Room on both sides of the lambdas. */
function lambdaRange(points: readonly SweepPoint[]): { min?: number; max?: number } {
  if (points.length === 0) return {};
  const lambdas = points.map(({ lambda }) => lambda);
  return { min: Math.min(...lambdas) / 1.5, max: Math.max(...lambdas) * 1.5 };
}

/** Above every bar, at a round number. */
function highest(points: readonly SweepPoint[]): number | undefined {
  const most = Math.max(0, ...points.map(({ error }) => (error.mean ?? 0) + (error.deviation ?? 0)));
  if (most === 0) return undefined;
  const step = 10 ** Math.floor(Math.log10(most));
  return step * Math.ceil(most / step);
}

function noteOn(best: SweepResult['best']): string {
  if (best === null) return 'No training came to its end';
  return `Mean over the folds, bars one standard deviation, a little aside of each other; best: ${PENALTY_NAMES[best.kind]}${best.kind === 'none' ? '' : ` with lambda ${grouped(best.lambda)}`}`;
}

interface Curve {
  points: readonly SweepPoint[];
  measure: Measure;
  panel: number;
  best: SweepResult['best'];
  /** Factor by which its places stand beside their lambda. */
  aside: number;
}

function curve({ points, measure, panel, best, aside }: Curve, theme: ChartTheme): (LineSeriesOption | CustomSeriesOption)[] {
  if (points.length === 0) return [];
  const [{ kind }] = points;
  const { colour, dash, symbol } = seriesLook(PENALTY_KINDS.indexOf(kind), theme);
  const rows = points.flatMap(({ lambda, ...one }) => (one[measure].mean === null ? [] : [[lambda * aside, one[measure].mean, one[measure].deviation ?? 0]]));
  const line: LineSeriesOption = {
    xAxisIndex: panel, yAxisIndex: panel, name: PENALTY_NAMES[kind], type: 'line', symbol, symbolSize: 8, data: rows.map(([x, y]) => [x, y]),
    lineStyle: { color: colour, width: 2, type: dash }, itemStyle: { color: colour },
  };
  if (measure === 'error' && best?.kind === kind && best.lambda > 0) {
    line.markPoint = {
      symbol: 'circle', symbolSize: 18, silent: true, itemStyle: { color: 'transparent', borderColor: theme.ink, borderWidth: 2 },
      label: { show: true, position: 'top', formatter: 'best', color: theme.ink, fontFamily: CHART_FONT, fontSize: TEXT_SIZE },
      data: [{ name: 'best', coord: [best.lambda * aside, best.error] }],
    };
  }
  return [bars(rows, panel, colour), line];
}

/** One standard deviation up and down. */
function bars(rows: number[][], panel: number, colour: string): CustomSeriesOption {
  return {
    xAxisIndex: panel, yAxisIndex: panel, type: 'custom', silent: true, data: rows,
    renderItem: (_, api) => {
      const [x, mean, deviation] = [0, 1, 2].map((k) => Number(api.value(k)));
      const [px, top] = api.coord([x, mean + deviation]);
      const [, bottom] = api.coord([x, Math.max(0, mean - deviation)]);
      return { type: 'line', shape: { x1: px, y1: top, x2: px, y2: bottom }, style: { stroke: colour, lineWidth: 1.5, opacity: 0.6 } };
    },
  };
}

/** Without a penalty there is one value, whatever lambda. */
function levelOf(point: SweepPoint, shown: readonly SweepPoint[], measure: Measure, panel: number, theme: ChartTheme): LineSeriesOption {
  const lambdas = shown.map(({ lambda }) => lambda);
  const { colour } = seriesLook(0, theme);
  const { mean } = point[measure];
  return {
    xAxisIndex: panel, yAxisIndex: panel, name: PENALTY_NAMES.none, type: 'line', symbol: 'none',
    data: mean === null || lambdas.length === 0 ? [] : [[Math.min(...lambdas), mean], [Math.max(...lambdas), mean]],
    lineStyle: { color: colour, width: 1.5, type: 'dotted' }, itemStyle: { color: colour },
  };
}
