/**
 * How many pixels come how near to the truth: the curve whose area is the AuC, of a run beside ways that know nothing of the picture.
 */
import type { LineSeriesOption } from 'echarts';
import type { EvaluationFigures, EvaluationFile } from '../run/evaluation.js';
import type { Chart } from './chart.js';
import { axis, frame, grouped, legend, type Box } from './frame.js';
import { PAPER, type ChartTheme } from './theme.js';

export type AccuracyMeasure = 'raw' | 'rebalanced';

export type AccuracyData = EvaluationFigures & Pick<EvaluationFile, 'baselines' | 'photos'>;

const WIDTH = 960;
const HEIGHT = 560;
const PLOT: Box = { left: 84, top: 104, width: WIDTH - 124, height: HEIGHT - 104 - 64 };

const MEASURES: Record<AccuracyMeasure, { name: string; title: string; note: string }> = {
  raw: { name: 'accuracy-raw', title: 'Accuracy, raw', note: 'every pixel counts alike' },
  rebalanced: { name: 'accuracy-rebalanced', title: 'Accuracy, rebalanced', note: 'every tile of true colours counts alike, rare ones as much as common ones' },
};

export function accuracyChart(data: AccuracyData, measure: AccuracyMeasure, theme: ChartTheme = PAPER): Chart {
  const { name, title, note } = MEASURES[measure];
  const ways = waysOf(data, measure, theme);
  return {
    name, title, width: WIDTH, height: HEIGHT,
    option: {
      ...frame(title, `${grouped(data.photos)} photographs; ${note}; in brackets the area under the curve, %`, theme),
      // The curves leave the lower right free.
      legend: { ...legend(theme, ways.map((way) => String(way.series.name))), orient: 'vertical', top: undefined, right: 60, bottom: 90, itemWidth: 34, itemStyle: { opacity: 0 } },
      grid: PLOT,
      xAxis: { ...axis(theme, { name: 'distance from the true colour (ab units)', gap: 32 }), type: 'value', min: 0, max: 150, interval: 25, splitLine: { show: false } },
      yAxis: { ...axis(theme, { name: 'pixels within that distance (%)', gap: 52 }), type: 'value', min: 0, max: 100 },
      series: ways.map(({ series }) => series),
    },
    table: {
      columns: ['distance (ab units)', ...ways.map(({ way }) => `${way} (%)`)],
      rows: ways[0].shares.map((_, t) => [t, ...ways.map(({ shares }) => percent(shares[t]))]),
    },
  };
}

function waysOf(data: AccuracyData, measure: AccuracyMeasure, theme: ChartTheme) {
  const { gray, mostCommon, random } = data.baselines;
  const drawn: [string, EvaluationFigures, Pick<LineStyle, 'color' | 'type' | 'width'>][] = [
    ['this run', data, { color: theme.accuracy, type: 'solid', width: 2.5 }],
    ['gray', gray, { color: theme.ink, type: 'dashed', width: 1.5 }],
    ['most common colour', mostCommon, { color: theme.accent, type: 'dotted', width: 2 }],
    ['random colours', random, { color: theme.noise, type: [10, 3, 2, 3], width: 1.5 }],
  ];
  return drawn.map(([way, figures, lineStyle]) => {
    const [shares, area] = measure === 'raw' ? [figures.curve, figures.auc] : [figures.curveRebalanced, figures.aucRebalanced];
    const series: LineSeriesOption = {
      name: `${way} (${area.toFixed(1)})`, type: 'line', symbol: 'none', lineStyle, itemStyle: { color: lineStyle.color },
      data: shares.map((share, t) => [t, percent(share)]),
    };
    return { way, shares, series };
  });
}

type LineStyle = NonNullable<LineSeriesOption['lineStyle']>;

function percent(share: number): number {
  return Math.round(share * 1e6) / 1e4;
}
