/** Which class was taken for which. */
import type { CustomSeriesOption } from 'echarts';
import { ACTIVATION_NAMES } from '../../labs/activations/functions.js';
import type { ActivationsResult, Variant } from '../../labs/activations/results.js';
import type { Chart } from '../chart.js';
import { countColour } from '../colour-scale.js';
import { axis, frame, grouped, TEXT_SIZE } from '../frame.js';
import { readableInk } from '../readable-ink.js';
import { rectangleSeries } from '../rectangles.js';
import { CHART_FONT, PAPER, type ChartTheme } from '../theme.js';

/** Which class was taken for which, over all runs of one activation. */
export function confusionChart({ variants, classes }: Pick<ActivationsResult, 'variants' | 'classes'>, chosen: Pick<Variant, 'activation' | 'normalization'>, theme: ChartTheme = PAPER): Chart {
  const own = variants.filter(({ activation, normalization }) => activation === chosen.activation && normalization === chosen.normalization);
  const counts = classes.map((_, truth) => classes.map((_, answer) => own.reduce((sum, { confusion }) => sum + confusion[truth][answer], 0)));
  // Right answers are most of all: the scale is that of the wrong ones.
  const most = Math.max(1, ...counts.flatMap((row, truth) => row.filter((_, answer) => answer !== truth)));
  const side = Math.max(18, Math.min(46, Math.floor(560 / classes.length)));
  const box = { left: 110, top: 96, width: side * classes.length, height: side * classes.length };
  const colourOf = (truth: number, answer: number, count: number) =>
    truth === answer ? theme.faint : count === 0 ? theme.background : countColour(Math.round((16 * count) / most) / 16, theme);
  const cells = counts.flatMap((row, truth) => row.map((count, answer): ConfusionCell => ({ truth, answer, count, colour: colourOf(truth, answer, count) })));
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
        rectangleSeries(cells.map(({ truth, answer, colour }) => ({ x0: answer, x1: answer + 1, y0: truth + 1, y1: truth, colour }))),
        numbers(cells, side, theme),
        { type: 'scatter', xAxisIndex: 1, yAxisIndex: 1, data: [] },
      ],
    },
    table: { columns: ['true class', 'answer', 'pictures'], rows: cells.map(({ truth, answer, count }) => [classes[truth], classes[answer], count]) },
  };
}

/** Numbers in the cells that hold any; too small ones stay without. */
function numbers(cells: readonly ConfusionCell[], side: number, theme: ChartTheme): CustomSeriesOption {
  const shown = side < 24 ? [] : cells.filter(({ count }) => count > 0);
  return {
    type: 'custom', silent: true, data: shown.map(({ truth, answer }) => [answer + 0.5, truth + 0.5]),
    renderItem: ({ dataIndex }, api) => {
      const { count, colour } = shown[dataIndex];
      const [x, y] = api.coord([api.value(0), api.value(1)]);
      return { type: 'text', x, y, style: { text: grouped(count), align: 'center', verticalAlign: 'middle', fill: readableInk(colour, [theme.ink, theme.background]), font: `${TEXT_SIZE - 2}px ${CHART_FONT}` } };
    },
  };
}

interface ConfusionCell {
  truth: number;
  answer: number;
  count: number;
  colour: string;
}
