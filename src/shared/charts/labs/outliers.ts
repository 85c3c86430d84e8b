/** How far outliers move the fitted line: both losses with both penalties, run by run. */
import type { CustomSeriesOption } from 'echarts';
import type { OutlierCell, OutliersResult } from '../../labs/regularization/results.js';
import type { Chart } from '../chart.js';
import { axis, frame } from '../frame.js';
import { PAPER, type ChartTheme } from '../theme.js';

/** Of names in two lines: stated, since ECharts takes the width of a Chinese character for it, which not every font has. */
const LINE_HEIGHT = 16;
/** Share of its place that a bar takes. */
const BAR = 0.62;

export function outliersChart({ cells }: OutliersResult, theme: ChartTheme = PAPER): Chart {
  const names = cells.map(({ loss, penalty }) => `${loss} loss\n${penalty.toUpperCase()}`);
  const title = 'How far outliers move the fitted line';
  return {
    name: 'outliers', title, width: 860, height: 520,
    option: {
      ...frame(title, 'Mean distance between the lines fitted with and without outliers; points: runs, bars: mean', theme),
      grid: { left: 84, top: 92, width: 740, height: 340 },
      xAxis: { ...axis(theme), type: 'category', data: names, axisLabel: { ...axis(theme).axisLabel, formatter: undefined, interval: 0, lineHeight: LINE_HEIGHT }, splitLine: { show: false } },
      yAxis: { ...axis(theme, { name: 'distance (units of y)', gap: 50 }), type: 'value', min: 0 },
      series: [
        barsOf(cells, theme),
        {
          type: 'scatter', symbolSize: 8, data: cells.flatMap(({ pulls }, k) => pulls.flatMap((pull) => (pull === null ? [] : [[k, pull]]))),
          itemStyle: { color: theme.accent, opacity: 0.75 },
        },
      ],
    },
    table: {
      columns: ['loss', 'penalty', 'moved by', 'moved by, standard deviation', 'error with outliers', 'error without outliers', 'runs', 'diverged'],
      rows: cells.map(({ loss, penalty, pull, withOutliers, withoutOutliers, diverged }) => [
        loss, penalty, pull.mean, pull.deviation, withOutliers.mean, withoutOutliers.mean, pull.count, diverged,
      ]),
    },
  };
}

/** A bar to the mean, drawn as part of the chart's own coordinates so that points lie over it. */
function barsOf(cells: readonly OutlierCell[], theme: ChartTheme): CustomSeriesOption {
  return {
    type: 'custom', silent: true, data: cells.flatMap(({ pull }, k) => (pull.mean === null ? [] : [[k, pull.mean]])),
    renderItem: (_, api) => {
      const [k, mean] = [0, 1].map((dimension) => Number(api.value(dimension)));
      const [x, top] = api.coord([k, mean]);
      const [, bottom] = api.coord([k, 0]);
      const width = BAR * (api.size!([1, 0]) as number[])[0];
      return { type: 'rect', shape: { x: x - width / 2, y: top, width, height: bottom - top }, style: { fill: theme.faint, stroke: theme.line, lineWidth: 1 } };
    },
  };
}
