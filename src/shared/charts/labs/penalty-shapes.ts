/** Contours of the penalties with those of a loss, and the point where they meet. */
import type { LineSeriesOption, ScatterSeriesOption } from 'echarts';
import { bowlContour, bowlValue, DRAWN_BOWL, meetingPoint, shapeContour, shapeValue, type Contour } from '../../labs/regularization/penalty-shapes.js';
import { decimal } from '../../words/words.js';
import type { Chart } from '../chart.js';
import { axis, frame } from '../frame.js';
import { PAPER, type ChartTheme } from '../theme.js';
import { panelsOf } from './panels.js';

/** Loss contours beside the one through the meeting point. */
const LEVELS = [0.05, 0.3, 0.8];
const SIDE = 2.2;
const TICKS = [-2, -1, 0, 1, 2];

export function penaltyShapesChart(lambda: number, mix: number, theme: ChartTheme = PAPER): Chart {
  const shapes = [
    { name: 'L1: |w1| + |w2|', mix: 1 },
    { name: 'L2: w1² + w2²', mix: 0 },
    { name: `Elastic net, ${decimal(mix, 2)} of L1`, mix },
  ].map((shape) => ({ ...shape, meeting: meetingPoint(DRAWN_BOWL, lambda, shape.mix) }));
  const panels = panelsOf({ names: shapes.map(({ name }) => name), columns: 3, panel: { width: 300, height: 300 }, top: 92, theme });
  const title = 'Where penalty and loss meet';
  const range = { type: 'value' as const, min: -SIDE, max: SIDE };
  return {
    name: 'penalty-shapes', title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, `lambda ${lambda}; solid: the penalty's contour, dashed: the loss, cross: the loss alone, point: both together`, theme),
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: shapes.map((_, gridIndex) => ({ ...axis(theme, { name: 'w1', gap: 28, values: TICKS }), ...range, gridIndex })),
      yAxis: shapes.map((_, gridIndex) => ({ ...axis(theme, { name: 'w2', gap: 34, values: TICKS }), ...range, gridIndex })),
      series: shapes.flatMap((shape, panel) => panelSeries(shape, panel, theme)),
    },
    table: { columns: ['penalty', 'lambda', 'w1', 'w2'], rows: shapes.map(({ name, meeting: [w1, w2] }) => [name, lambda, w1, w2]) },
  };
}

function panelSeries({ mix, meeting }: { mix: number; meeting: [number, number] }, panel: number, theme: ChartTheme): (LineSeriesOption | ScatterSeriesOption)[] {
  const place = { xAxisIndex: panel, yAxisIndex: panel, silent: true } as const;
  const line = (data: Contour, style: LineSeriesOption['lineStyle']): LineSeriesOption => ({ ...place, type: 'line', symbol: 'none', data, lineStyle: style, clip: true });
  const point = (data: readonly [number, number], symbol: string, colour: string): ScatterSeriesOption => (
    { ...place, type: 'scatter', symbol, symbolSize: 12, data: [[...data]], itemStyle: { color: colour }, z: 5 }
  );
  const met = shapeValue(...meeting, mix);
  return [
    ...[...LEVELS, bowlValue(DRAWN_BOWL, ...meeting)].filter((level) => level > 1e-9)
      .map((level, k) => line(bowlContour(DRAWN_BOWL, level), { color: theme.noise, width: k === LEVELS.length ? 2 : 1.2, type: 'dashed' })),
    ...(met > 1e-9 ? [line(shapeContour(met, mix), { color: theme.ink, width: 2 })] : []),
    point(DRAWN_BOWL.centre, 'path://M-5-1H-1V-5H1V-1H5V1H1V5H-1V1H-5Z', theme.quiet),
    point(meeting, 'circle', theme.accent),
  ];
}
