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
export function lookOf(kind: PenaltyKind, theme: ChartTheme): SeriesLook {
  return seriesLook(PENALTY_KINDS.indexOf(kind), theme);
}

export interface FitData {
  /** The points of every run, or one set for all. */
  sets: readonly PointSet[];
  activation: Activation;
  /** Networks of each penalty, run by run. */
  penalties: readonly { kind: PenaltyKind; networks: readonly (readonly Layer[])[] }[];
  /** The line that the points were drawn around, where it is known. */
  truth?: { slope: number; offset: number };
}

/** Places at which a fitted line is drawn; a curve needs many. */
const PLACES = 60;

/** The points with the fitted line of every run, a panel a penalty. */
export function fitChart(data: FitData, theme: ChartTheme = PAPER): Chart {
  const { sets: [points], penalties } = data;
  const panels = panelsOf({ names: penalties.map(({ kind }) => PENALTY_NAMES[kind]), columns: 3, panel: { width: 300, height: 220 }, top: 92, theme });
  const lines = fittedLines(data);
  // One range for all panels: lines are compared across them.
  const range = rangeOf([...points.y, ...lines.flat(2).map(([, y]) => y)]);
  return {
    name: 'regularization-fit', title: FIT_TITLE, width: panels.width, height: panels.height,
    option: {
      ...frame(FIT_TITLE, fitNote(data), theme),
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: penalties.map((_, gridIndex) => ({ ...axis(theme, { name: 'x', gap: 28 }), gridIndex, type: 'value' as const, scale: true })),
      yAxis: penalties.map((_, gridIndex) => ({ ...axis(theme, { name: 'y', gap: 44 }), gridIndex, type: 'value' as const, ...range })),
      series: penalties.flatMap(({ kind }, panel) => [...pointSeries(points, panel, theme), ...truthSeries(data, panel, theme), ...lineSeries(kind, lines[panel], panel, theme)]),
    },
    table: fitTable(penalties, lines),
  };
}

/** The same in one panel: penalties over each other. */
export function fitTogetherChart(data: FitData, theme: ChartTheme = PAPER): Chart {
  const { sets: [points], penalties } = data;
  const lines = fittedLines(data);
  const [width, height] = [960, 600];
  return {
    name: 'regularization-fit-together', title: FIT_TITLE, width, height,
    option: {
      ...frame(FIT_TITLE, fitNote(data), theme),
      legend: { ...legend(theme, penalties.map(({ kind }) => PENALTY_NAMES[kind])), top: 62, left: 76, right: undefined },
      grid: { left: 76, top: 110, width: width - 76 - 40, height: height - 110 - 62 },
      xAxis: { ...axis(theme, { name: 'x', gap: 28 }), type: 'value', scale: true },
      yAxis: { ...axis(theme, { name: 'y', gap: 44 }), type: 'value', ...rangeOf([...points.y, ...lines.flat(2).map(([, y]) => y)]) },
      series: [...pointSeries(points, 0, theme), ...truthSeries(data, 0, theme), ...penalties.flatMap(({ kind }, k) => lineSeries(kind, lines[k], 0, theme))],
    },
    table: fitTable(penalties, lines),
  };
}

const FIT_TITLE = 'Points and fitted lines';

function fitNote({ sets, penalties, truth }: FitData): string {
  const runs = `${penalties[0].networks.length} ${penalties[0].networks.length === 1 ? 'run' : 'runs'}`;
  const marks = ['filled: training', 'hollow: test', ...(sets[0].outliers.length > 0 ? ['diamonds: outliers'] : []), ...(truth ? ['dotted: the line they were drawn around'] : [])];
  return `${sets.length > 1 ? `${runs}; points of the first` : `${runs} over the same points`}; ${marks.join(', ')}`;
}

/** [x, y] of every fitted line: of each penalty each run. */
function fittedLines({ sets, activation, penalties }: FitData): [number, number][][][] {
  return penalties.map(({ networks }) => networks.map((layers, run) => fittedLine(layers, activation, sets[run % sets.length])));
}

function fitTable(penalties: FitData['penalties'], lines: readonly (readonly (readonly [number, number][])[])[]): Chart['table'] {
  return {
    columns: ['penalty', 'run', 'x', 'fitted y'],
    rows: penalties.flatMap(({ kind }, k) => lines[k].flatMap((line, run) => line.map(([x, y]) => [kind, run + 1, x, Number.isFinite(y) ? y : null]))),
  };
}

/** More lines of one penalty are drawn thin. */
const MANY_LINES = 8;

function lineSeries(kind: PenaltyKind, lines: readonly (readonly [number, number][])[], panel: number, theme: ChartTheme): LineSeriesOption[] {
  const { colour, dash } = lookOf(kind, theme);
  return lines.map((line) => ({
    ...at(panel), name: PENALTY_NAMES[kind], type: 'line', symbol: 'none', data: line.filter(([, y]) => Number.isFinite(y)), silent: true,
    lineStyle: { color: colour, width: lines.length > MANY_LINES ? 1 : 2, type: dash, opacity: 0.85 }, itemStyle: { color: colour },
  }));
}

function truthSeries({ truth, sets: [{ x }] }: FitData, panel: number, theme: ChartTheme): LineSeriesOption[] {
  if (truth === undefined) return [];
  const ends = [Math.min(...x), Math.max(...x)];
  return [{
    ...at(panel), type: 'line', symbol: 'none', silent: true, z: 3, data: ends.map((v) => [v, truth.offset + truth.slope * v]),
    lineStyle: { color: theme.ink, width: 1.5, type: 'dotted' },
  }];
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
    const symbol = isOutlier ? 'diamond' : 'circle';
    return [
      { ...at(panel), type: 'scatter' as const, symbol, symbolSize: isOutlier ? 9 : 6, silent: true, data: group(training, isOutlier), itemStyle: { color: theme.quiet } },
      { ...at(panel), type: 'scatter' as const, symbol, symbolSize: isOutlier ? 10 : 7, silent: true, data: group(test, isOutlier), itemStyle: { color: theme.background, borderColor: theme.quiet, borderWidth: 1.5 } },
    ];
  });
}

/** The loss split into what the points cost and what the penalty costs, mean over the runs. */
export function lossSplitChart(epochs: readonly RegularizationEpoch[], theme: ChartTheme = PAPER): Chart {
  return overEpochs(epochs, {
    name: 'regularization-loss', title: 'Loss of the data and of the penalty', note: 'Mean over the runs, per point',
    figures: { loss: 'of the data', penalty: 'of the penalty' },
  }, theme);
}

/** How weights come to zero and neurons die as the training goes on, mean over the runs. */
export function zerosChart(epochs: readonly RegularizationEpoch[], threshold: number, theme: ChartTheme = PAPER): Chart {
  return overEpochs(epochs, {
    name: 'regularization-zeros', title: 'Zeros over the training', note: `Mean over the runs; a weight of at most ${grouped(threshold)} counts as zero`,
    figures: { zeroWeights: 'zero weights', deadNeurons: 'dead neurons' },
  }, theme);
}

const TABLE_NAMES: Record<Figure, string> = {
  loss: 'data loss', penalty: 'penalty loss', error: 'error', zeroWeights: 'zero weights', deadNeurons: 'dead neurons',
};

interface Course {
  name: string;
  title: string;
  note: string;
  /** A panel each, with its name. */
  figures: Partial<Record<Figure, string>>;
}

/** Figures over the epochs, a panel each, a line a penalty. */
function overEpochs(epochs: readonly RegularizationEpoch[], { name, title, note, figures }: Course, theme: ChartTheme): Chart {
  const kinds = kindsOf(epochs);
  const shown = Object.entries(figures) as [Figure, string][];
  const panels = panelsOf({ names: shown.map(([, words]) => words), columns: 2, panel: { width: 400, height: 300 }, top: 110, theme });
  const courses = new Map(kinds.map((kind) => [kind, shown.map(([figure]) => epochs.map(({ members }) => meanOf(members, kind, figure)))]));
  return {
    name, title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, note, theme),
      legend: { ...legend(theme, kinds.map((kind) => PENALTY_NAMES[kind])), top: 66, left: 20, right: undefined },
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: shown.map((_, gridIndex) => ({ ...axis(theme, { name: 'epoch', gap: 28 }), gridIndex, type: 'value' as const, max: epochs.at(-1)?.epoch ?? 1 })),
      yAxis: shown.map((_, gridIndex) => ({ ...axis(theme), gridIndex, type: 'value' as const, min: 0 })),
      series: [...courses].flatMap(([kind, lines]) => lines.map((values, panel): LineSeriesOption => {
        const { colour, dash } = lookOf(kind, theme);
        return {
          ...at(panel), name: PENALTY_NAMES[kind], type: 'line', symbol: 'none', data: values.map((value, k) => [epochs[k].epoch, value]),
          lineStyle: { color: colour, width: 2, type: dash }, itemStyle: { color: colour },
        };
      })),
    },
    table: {
      columns: ['penalty', 'epoch', ...shown.map(([figure]) => TABLE_NAMES[figure])],
      rows: epochs.flatMap(({ epoch }, k) => [...courses].map(([kind, lines]) => [kind, epoch, ...lines.map((values) => values[k])])),
    },
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
      columns: ['penalty', 'run', 'error', 'training error', 'zero weights', 'weights exactly zero', 'dead neurons', 'diverged at step'],
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
