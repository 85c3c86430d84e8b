/** The regularization laboratory's charts: fitted lines, losses, errors and zeros by penalty. */
import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts';
import type { PointSet } from '../../labs/files.js';
import { PENALTY_KINDS, PENALTY_NAMES, type PenaltyKind } from '../../labs/regularization/penalties.js';
import type { RegularizationEpoch, RegularizationResult } from '../../labs/regularization/results.js';
import { answersOf, type Activation, type Layer } from '../../labs/regularization/weights.js';
import type { Chart } from '../chart.js';
import { axis, frame, grouped, legend } from '../frame.js';
import { PAPER, type ChartTheme } from '../theme.js';
import { panelsOf } from './panels.js';
import { seriesLook, type SeriesLook } from './series-look.js';

/** A penalty looks the same in every chart. */
function lookOf(kind: PenaltyKind, theme: ChartTheme): SeriesLook {
  return seriesLook(PENALTY_KINDS.indexOf(kind), theme);
}

export interface FitData {
  /** The points of every run, or one set for all. */
  sets: readonly PointSet[];
  activation: Activation;
  /** Networks of each penalty, run by run. */
  penalties: readonly { kind: PenaltyKind; networks: readonly (readonly Layer[])[] }[];
}

/** Places at which a fitted line is drawn; a curve needs many. */
const PLACES = 60;

/** The points with the fitted line of every run, a panel a penalty. */
export function fitChart({ sets, activation, penalties }: FitData, theme: ChartTheme = PAPER): Chart {
  const [points] = sets;
  const panels = panelsOf({ names: penalties.map(({ kind }) => PENALTY_NAMES[kind]), columns: 3, panel: { width: 300, height: 220 }, top: 92, theme });
  const lines = penalties.map(({ networks }) => networks.map((layers, run) => fittedLine(layers, activation, sets[run % sets.length])));
  // One range for all panels: lines are compared across them.
  const range = rangeOf([...points.y, ...lines.flat(2).map(([, y]) => y)]);
  const title = 'Points and fitted lines';
  const note = sets.length > 1 ? `${penalties[0].networks.length} runs; points of the first` : `${penalties[0].networks.length} runs over the same points`;
  return {
    name: 'regularization-fit', title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, `${note}; filled: training, hollow: test${points.outliers.length > 0 ? ', squares: outliers' : ''}`, theme),
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: penalties.map((_, gridIndex) => ({ ...axis(theme, { name: 'x', gap: 28 }), gridIndex, type: 'value' as const, scale: true })),
      yAxis: penalties.map((_, gridIndex) => ({ ...axis(theme, { name: 'y', gap: 44 }), gridIndex, type: 'value' as const, ...range })),
      series: penalties.flatMap(({ kind }, panel) => [
        ...pointSeries(points, panel, theme),
        ...lines[panel].map((line): LineSeriesOption => ({
          ...at(panel), type: 'line', symbol: 'none', data: line.filter(([, y]) => Number.isFinite(y)), silent: true,
          lineStyle: { color: lookOf(kind, theme).colour, width: 2, type: 'solid', opacity: 0.85 },
        })),
      ]),
    },
    table: {
      columns: ['penalty', 'run', 'x', 'fitted y'],
      rows: penalties.flatMap(({ kind }, k) => lines[k].flatMap((line, run) => line.map(([x, y]) => [kind, run + 1, x, Number.isFinite(y) ? y : null]))),
    },
  };
}

/** Whole fives around the values that are numbers. */
function rangeOf(values: readonly number[]): { min: number; max: number } {
  const finite = values.filter(Number.isFinite);
  const step = 5 * 10 ** Math.max(-6, Math.floor(Math.log10(Math.max(...finite) - Math.min(...finite) || 1)) - 1);
  return { min: step * Math.floor(Math.min(...finite) / step), max: step * Math.ceil(Math.max(...finite) / step) };
}

function at(panel: number) {
  return { xAxisIndex: panel, yAxisIndex: panel };
}

/** [x, y] of the network's answers from the lowest to the highest point, in the units of the points. */
function fittedLine(layers: readonly Layer[], activation: Activation, { x, scaling }: PointSet): [number, number][] {
  const [low, high] = [Math.min(...x), Math.max(...x)];
  const places = Array.from({ length: PLACES }, (_, k) => low + ((high - low) * k) / (PLACES - 1));
  const answers = answersOf(layers, activation, places.map((v) => (v - scaling.x.mean) / scaling.x.spread));
  return places.map((v, k) => [v, answers[k] * scaling.y.spread + scaling.y.mean]);
}

function pointSeries({ x, y, outliers, training, test }: PointSet, panel: number, theme: ChartTheme): ScatterSeriesOption[] {
  const group = (indices: readonly number[], isOutlier: boolean) => indices.filter((k) => outliers.includes(k) === isOutlier).map((k) => [x[k], y[k]]);
  return [false, true].flatMap((isOutlier) => {
    const symbol = isOutlier ? 'rect' : 'circle';
    return [
      { ...at(panel), type: 'scatter' as const, symbol, symbolSize: 6, silent: true, data: group(training, isOutlier), itemStyle: { color: theme.quiet } },
      { ...at(panel), type: 'scatter' as const, symbol, symbolSize: 7, silent: true, data: group(test, isOutlier), itemStyle: { color: theme.background, borderColor: theme.quiet, borderWidth: 1.5 } },
    ];
  });
}

/** The loss split into what the points cost and what the penalty costs, mean over the runs, a panel a penalty. */
export function lossSplitChart(epochs: readonly RegularizationEpoch[], theme: ChartTheme = PAPER): Chart {
  const kinds = kindsOf(epochs);
  const panels = panelsOf({ names: kinds.map((kind) => PENALTY_NAMES[kind]), columns: 3, panel: { width: 300, height: 200 }, top: 92, theme });
  const rows = epochs.flatMap(({ epoch, members }) =>
    kinds.map((kind) => ({ kind, epoch, loss: meanOf(members, kind, 'loss'), penalty: meanOf(members, kind, 'penalty') })),
  );
  const series = (kind: PenaltyKind, panel: number, part: 'loss' | 'penalty'): LineSeriesOption => ({
    ...at(panel), name: part === 'loss' ? 'data' : 'penalty', type: 'line', symbol: 'none',
    data: rows.filter((row) => row.kind === kind && row[part] !== null).map((row) => [row.epoch, row[part]]),
    lineStyle: part === 'loss' ? { color: theme.accent, width: 2 } : { color: theme.noise, width: 2, type: 'dashed' },
    itemStyle: { color: part === 'loss' ? theme.accent : theme.noise },
  });
  const title = 'Loss of the data and of the penalty';
  return {
    name: 'regularization-loss', title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, 'Mean over the runs, per point', theme),
      legend: legend(theme, ['data', 'penalty']),
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: kinds.map((_, gridIndex) => ({ ...axis(theme, { name: 'epoch', gap: 28 }), gridIndex, type: 'value' as const, max: epochs.at(-1)?.epoch ?? 1 })),
      yAxis: kinds.map((_, gridIndex) => ({ ...axis(theme, { name: 'loss', gap: 44 }), gridIndex, type: 'value' as const, min: 0 })),
      series: kinds.flatMap((kind, panel) => [series(kind, panel, 'loss'), series(kind, panel, 'penalty')]),
    },
    table: { columns: ['penalty', 'epoch', 'data loss', 'penalty loss'], rows: rows.map(({ kind, epoch, loss, penalty }) => [kind, epoch, loss, penalty]) },
  };
}

function kindsOf(epochs: readonly RegularizationEpoch[]): PenaltyKind[] {
  return [...new Set(epochs[0]?.members.map(({ kind }) => kind) ?? [])];
}

type Figure = 'loss' | 'penalty' | 'error' | 'zeroWeights' | 'deadNeurons';

/** Mean over the runs of a penalty that have a number; null where none has. */
function meanOf(members: RegularizationEpoch['members'], kind: PenaltyKind, figure: Figure): number | null {
  const values = members.flatMap((one) => (one.kind === kind && one[figure] !== null ? [one[figure]] : []));
  return values.length === 0 ? null : values.reduce((sum, v) => sum + v, 0) / values.length;
}

const ZEROS = { zeroWeights: 'weights near zero', deadNeurons: 'neurons disconnected' } as const;

/** How weights come to zero and neurons are disconnected as the training goes on, mean over the runs. */
export function zerosChart(epochs: readonly RegularizationEpoch[], threshold: number, theme: ChartTheme = PAPER): Chart {
  const kinds = kindsOf(epochs);
  const figures = Object.keys(ZEROS) as (keyof typeof ZEROS)[];
  const panels = panelsOf({ names: figures.map((figure) => ZEROS[figure]), columns: 2, panel: { width: 400, height: 300 }, top: 110, theme });
  const title = 'Zeros over the training';
  return {
    name: 'regularization-zeros', title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, `Mean over the runs; a weight of at most ${grouped(threshold)} counts as zero`, theme),
      legend: { ...legend(theme, kinds.map((kind) => PENALTY_NAMES[kind])), top: 66, left: 20, right: undefined },
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: figures.map((_, gridIndex) => ({ ...axis(theme, { name: 'epoch', gap: 28 }), gridIndex, type: 'value' as const, max: epochs.at(-1)?.epoch ?? 1 })),
      yAxis: figures.map((_, gridIndex) => ({ ...axis(theme, { name: 'number', gap: 44 }), gridIndex, type: 'value' as const, min: 0 })),
      series: figures.flatMap((figure, panel) =>
        kinds.map((kind): LineSeriesOption => {
          const { colour, dash } = lookOf(kind, theme);
          return {
            ...at(panel), name: PENALTY_NAMES[kind], type: 'line', symbol: 'none',
            data: epochs.map(({ epoch, members }) => [epoch, meanOf(members, kind, figure)]),
            lineStyle: { color: colour, width: 2, type: dash }, itemStyle: { color: colour },
          };
        }),
      ),
    },
    table: {
      columns: ['penalty', 'epoch', 'weights near zero', 'neurons disconnected'],
      rows: epochs.flatMap(({ epoch, members }) => kinds.map((kind) => [kind, epoch, meanOf(members, kind, 'zeroWeights'), meanOf(members, kind, 'deadNeurons')])),
    },
  };
}

/** The error of each run with mean and standard deviation; runs of the same number share points and starting weights. */
export function errorsChart({ penalties }: RegularizationResult, theme: ChartTheme = PAPER): Chart {
  const names = penalties.map(({ kind }) => PENALTY_NAMES[kind]);
  const title = 'Error of each run';
  const height = 150 + 54 * names.length;
  return {
    name: 'regularization-errors', title, width: 960, height,
    option: {
      ...frame(title, 'Sum of the sizes of the errors over the test points; line and bar: mean ± standard deviation', theme),
      grid: { left: 180, top: 92, width: 740, height: height - 92 - 58 },
      xAxis: { ...axis(theme, { name: 'error', gap: 30 }), type: 'value', scale: true },
      yAxis: { ...axis(theme), type: 'category', data: names, inverse: true, axisLabel: { ...axis(theme).axisLabel, formatter: undefined }, splitLine: { show: false } },
      series: [
        meanBars(penalties, theme),
        ...penalties.map(({ kind, runs }, row): ScatterSeriesOption => {
          const { colour, symbol } = lookOf(kind, theme);
          return { type: 'scatter', symbol, symbolSize: 10, data: runs.flatMap(({ error, diverged }) => (error === null || diverged ? [] : [[error, row]])), itemStyle: { color: colour, opacity: 0.8 } };
        }),
      ],
    },
    table: {
      columns: ['penalty', 'run', 'error', 'training error', 'weights near zero', 'weights exactly zero', 'neurons disconnected', 'diverged at step'],
      rows: penalties.flatMap(({ kind, runs }) =>
        runs.map(({ run, error, trainingError, sparsity, diverged }) => [
          kind, run + 1, error, trainingError, sparsity.zeroWeights, sparsity.exactZeros, sparsity.deadNeurons, diverged?.step ?? null,
        ]),
      ),
    },
  };
}

/** Mean and standard deviation of each row, as a bar with a stroke. */
function meanBars(penalties: RegularizationResult['penalties'], theme: ChartTheme): CustomSeriesOption {
  const rows = penalties.flatMap(({ error: { mean, deviation } }, row) => (mean === null ? [] : [[mean, row, deviation ?? 0]]));
  return {
    type: 'custom', silent: true, data: rows,
    renderItem: (_, api) => {
      const [mean, row, deviation] = [0, 1, 2].map((k) => Number(api.value(k)));
      const [x, y] = api.coord([mean, row]);
      const [low, high] = [mean - deviation, mean + deviation].map((v) => api.coord([v, row])[0]);
      return {
        type: 'group',
        children: [
          { type: 'rect', shape: { x: low, y: y - 11, width: high - low, height: 22 }, style: { fill: theme.faint } },
          { type: 'line', shape: { x1: x, y1: y - 15, x2: x, y2: y + 15 }, style: { stroke: theme.ink, lineWidth: 2 } },
        ],
      };
    },
  };
}
