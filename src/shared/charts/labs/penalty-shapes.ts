/** Contours of the penalties with those of a loss, and the point where they meet. */
import type { LineSeriesOption, ScatterSeriesOption } from 'echarts';
import { bowlContour, bowlValue, DRAWN_BOWL, meetingPath, meetingPoint, shapeContour, shapeValue, type Contour } from '../../labs/regularization/penalty-shapes.js';
import { decimal } from '../../words/words.js';
import type { Chart } from '../chart.js';
import { axis, frame, grouped } from '../frame.js';
import { PAPER, type ChartTheme } from '../theme.js';
import { panelsOf } from './panels.js';

/** Loss contours beside the one through the meeting point. */
const LOSS_LEVELS = [0.05, 0.3, 0.8];
/** Penalty contours beside the one through the meeting point: what the shape is. */
const PENALTY_LEVELS = [0.5, 1, 1.5, 2];
const SIDE = 2.2;
const TICKS = [-2, -1, 0, 1, 2];
const NOTHING = 1e-9;

/** What is drawn: a penalty, and where it meets the loss. */
export interface DrawnShape {
  name: string;
  /** Share of L1. */
  mix: number;
  meeting: [w1: number, w2: number];
}

/** The three penalties of the picture. @param mix Share of L1 in the elastic net. */
export function drawnShapes(lambda: number, mix: number): DrawnShape[] {
  return [
    { name: 'L1: |w1| + |w2|', mix: 1 },
    { name: 'L2: w1² + w2²', mix: 0 },
    { name: `Elastic net, ${decimal(mix, 2)} of L1`, mix },
  ].map((shape) => ({ ...shape, meeting: meetingPoint(DRAWN_BOWL, lambda, shape.mix) }));
}

export function penaltyShapesChart(lambda: number, mix: number, theme: ChartTheme = PAPER): Chart {
  const shapes = drawnShapes(lambda, mix);
  const panels = panelsOf({ names: shapes.map(({ name }) => name), columns: 3, panel: { width: 300, height: 300 }, top: 92, theme });
  const title = 'Where penalty and loss meet';
  const range = { type: 'value' as const, min: -SIDE, max: SIDE };
  return {
    name: 'penalty-shapes', title, width: panels.width, height: panels.height, keepAspect: true,
    option: {
      ...frame(title, `lambda ${grouped(lambda)}; solid: the penalty, dashed: the loss, cross: the loss alone, point: both together, dotted: its way as lambda grows`, theme),
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: shapes.map((_, gridIndex) => ({ ...axis(theme, { name: 'w1', gap: 28, values: TICKS }), ...range, gridIndex })),
      yAxis: shapes.map((_, gridIndex) => ({ ...axis(theme, { name: 'w2', gap: 34, values: TICKS }), ...range, gridIndex })),
      series: shapes.flatMap((shape, panel) => panelSeries(shape, panel, theme)),
    },
    table: {
      columns: ['penalty', 'share of L1', 'lambda', 'w1', 'w2', 'loss', 'penalty before lambda'],
      rows: shapes.map(({ name, mix: share, meeting: [w1, w2] }) => [name, share, lambda, w1, w2, bowlValue(DRAWN_BOWL, w1, w2), shapeValue(w1, w2, share)]),
    },
  };
}

function panelSeries({ mix, meeting }: DrawnShape, panel: number, theme: ChartTheme): (LineSeriesOption | ScatterSeriesOption)[] {
  const place = { xAxisIndex: panel, yAxisIndex: panel, silent: true } as const;
  const line = (data: Contour, style: LineSeriesOption['lineStyle']): LineSeriesOption => ({ ...place, type: 'line', symbol: 'none', data, lineStyle: style, clip: true });
  const point = (data: readonly [number, number], symbol: string, colour: string): ScatterSeriesOption => (
    { ...place, type: 'scatter', symbol, symbolSize: 12, data: [[...data]], itemStyle: { color: colour, opacity: 1 }, z: 5 }
  );
  const [met, lost] = [shapeValue(...meeting, mix), bowlValue(DRAWN_BOWL, ...meeting)];
  return [
    ...PENALTY_LEVELS.map((level) => line(shapeContour(level, mix), { color: theme.line, width: 1, opacity: 0.55 })),
    ...LOSS_LEVELS.map((level) => line(bowlContour(DRAWN_BOWL, level), { color: theme.noise, width: 1.2, type: 'dashed' })),
    ...(lost > NOTHING ? [line(bowlContour(DRAWN_BOWL, lost), { color: theme.noise, width: 2, type: 'dashed' })] : []),
    ...(met > NOTHING ? [line(shapeContour(met, mix), { color: theme.ink, width: 2 })] : []),
    line(meetingPath(DRAWN_BOWL, mix), { color: theme.accent, width: 1.5, type: 'dotted' }),
    point(DRAWN_BOWL.centre, 'path://M-5-1H-1V-5H1V-1H5V1H1V5H-1V1H-5Z', theme.quiet),
    point(meeting, 'circle', theme.accent),
  ];
}
