/**
 * How a training went: loss and accuracy over the steps, with the places where it was taken up again.
 */
import type { LineSeriesOption } from 'echarts';
import type { MetricsLine } from '../run/metrics.js';
import type { Chart, ChartTable } from './chart.js';
import { axis, frame, grouped, legend, TEXT_SIZE, type Box } from './frame.js';
import { CHART_FONT, PAPER, type ChartTheme } from './theme.js';

export interface TrainingCurvesData {
  /** Of the run, for the note below the title. */
  run: string;
  /** By ascending step. */
  metrics: readonly MetricsLine[];
  /** Steps at which the training was taken up again. */
  resumes: readonly number[];
}

const WIDTH = 960;
const HEIGHT = 560;
const PLOT: Box = { left: 84, top: 104, width: WIDTH - 124, height: HEIGHT - 104 - 64 };

type Validated = MetricsLine & { validation: NonNullable<MetricsLine['validation']> };
type Point = [step: number, value: number];

export function lossChart(data: TrainingCurvesData, theme: ChartTheme = PAPER): Chart {
  const validated = data.metrics.filter(isValidated);
  const points = validated.map(({ step, validation }): Point => [step, validation.loss]);
  const training: LineSeriesOption = {
    name: 'training', type: 'line', symbol: 'none', data: finite(data.metrics.map(({ step, loss }): Point => [step, loss])),
    lineStyle: { color: theme.noise, width: 1.2 }, itemStyle: { color: theme.noise },
  };
  const validation = marked('validation', points, theme.accent, 'circle');
  validation.markPoint = bestMark(points, (x, y) => x < y, 3, theme);
  return curves('loss', 'Loss', 'weighted cross-entropy (nats)', data, [training, validation], theme, {
    columns: ['step', 'epoch', 'training loss', 'penalty', 'learning rate', 'validation loss'],
    rows: data.metrics.map((line) => [line.step, line.epoch, line.loss, line.penalty, line.rate, line.validation?.loss ?? null]),
  });
}

export function aucChart(data: TrainingCurvesData, theme: ChartTheme = PAPER): Chart {
  const validated = data.metrics.filter(isValidated);
  const points = validated.map(({ step, validation }): Point => [step, validation.aucRebalanced]);
  const raw = marked('AuC', validated.map(({ step, validation }) => [step, validation.auc]), theme.noise, 'diamond', 'dashed');
  const rebalanced = marked('AuC, rebalanced', points, theme.accuracy, 'circle');
  rebalanced.markPoint = bestMark(points, (x, y) => x > y, 1, theme);
  return curves('auc', 'Accuracy on the validation photographs', 'area under the curve (%)', data, [raw, rebalanced], theme, {
    columns: ['step', 'epoch', 'AuC (%)', 'AuC rebalanced (%)'],
    rows: validated.map(({ step, epoch, validation }) => [step, epoch, validation.auc, validation.aucRebalanced]),
  });
}

function curves(
  name: string,
  title: string,
  quantity: string,
  { run, metrics, resumes }: TrainingCurvesData,
  series: LineSeriesOption[],
  theme: ChartTheme,
  table: ChartTable,
): Chart {
  const last = metrics.at(-1)?.step ?? 0;
  const resumed = resumes.length > 0 ? `; taken up again at step ${resumes.map(grouped).join(', ')}` : '';
  return {
    name, title, width: WIDTH, height: HEIGHT, table,
    option: {
      ...frame(title, `${run}, ${grouped(last)} steps${resumed}`, theme),
      legend: legend(theme, series.map((one) => String(one.name))),
      grid: PLOT,
      xAxis: { ...axis(theme, { name: 'step', gap: 32 }), type: 'value', min: 0, max: Math.max(1, last), splitLine: { show: false } },
      yAxis: { ...axis(theme, { name: quantity, gap: 52 }), type: 'value', scale: true },
      series: series.map((one, k) => (k === 0 ? { ...one, markLine: resumeMarks(resumes, theme) } : one)),
    },
  };
}

function isValidated(line: MetricsLine): line is Validated {
  return line.validation !== undefined;
}

/** A loss that is not a number ends a training; it has no place on an axis. */
function finite(points: Point[]): Point[] {
  return points.filter(([, value]) => Number.isFinite(value));
}

/** A line with a mark at each value. */
function marked(name: string, points: Point[], colour: string, symbol: string, dash: 'solid' | 'dashed' = 'solid'): LineSeriesOption {
  return {
    name, type: 'line', symbol, symbolSize: points.length > 60 ? 4 : 8, data: finite(points),
    lineStyle: { color: colour, width: 2, type: dash }, itemStyle: { color: colour },
  };
}

/** Names the best value: the first of equals. */
function bestMark(points: Point[], isBetter: (x: number, y: number) => boolean, digits: number, theme: ChartTheme): LineSeriesOption['markPoint'] {
  const best = finite(points).reduce<Point | undefined>((so, point) => (so === undefined || isBetter(point[1], so[1]) ? point : so), undefined);
  if (best === undefined) return undefined;
  return {
    symbol: 'circle', symbolSize: 15, silent: true,
    itemStyle: { color: 'transparent', borderColor: theme.ink, borderWidth: 1.5 },
    label: {
      show: true, position: 'top', distance: 6, color: theme.ink, fontFamily: CHART_FONT, fontSize: TEXT_SIZE,
      formatter: `best ${best[1].toFixed(digits)}`, backgroundColor: theme.background, padding: [1, 3],
    },
    data: [{ name: 'best', coord: best }],
  };
}

function resumeMarks(resumes: readonly number[], theme: ChartTheme): LineSeriesOption['markLine'] {
  return {
    symbol: 'none', silent: true,
    lineStyle: { color: theme.line, type: 'dotted', width: 1.5 },
    label: { formatter: 'resumed', color: theme.quiet, fontFamily: CHART_FONT, fontSize: TEXT_SIZE - 1, position: 'end', distance: 4 },
    data: resumes.map((step) => ({ xAxis: step })),
  };
}
