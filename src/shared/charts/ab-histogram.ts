/**
 * How often each chromaticity occurs in a set of photographs: the ab plane, counts on a logarithmic scale.
 */
import { AB_MIN } from '../colour/cells.js';
import { abPlane, PLANE, PLANE_HEIGHT } from './ab-plane.js';
import type { Chart } from './chart.js';
import { colourBand } from './colour-band.js';
import { countColour } from './colour-scale.js';
import { axis, frame, grouped, powerOfTen } from './frame.js';
import type { Rectangle } from './rectangles.js';
import { rectangleSeries } from './rectangles.js';
import { PAPER, type ChartTheme } from './theme.js';

export interface AbHistogramData {
  /** Cells that hold a pixel: [row of a, column of b, pixels]. */
  cells: readonly (readonly [i: number, j: number, count: number])[];
  /** Photographs counted. */
  photographs: number;
}

/** Colours told apart: more would only make the file longer. */
const LEVELS = 48;
/** Width that the bar, its labels and its name take. */
const BAR_ROOM = 120;

export function abHistogramChart({ cells, photographs }: AbHistogramData, theme: ChartTheme = PAPER): Chart {
  const pixels = cells.reduce((sum, [, , count]) => sum + count, 0);
  const highest = cells.reduce((most, [, , count]) => Math.max(most, count), 1);
  const plane = abPlane(theme);
  const top = Math.max(10, highest);
  const bar = { left: PLANE.left + PLANE.width + 32, top: PLANE.top, width: 18, height: PLANE.height };
  const powers = Array.from({ length: Math.floor(Math.log10(top)) + 1 }, (_, k) => 10 ** k);
  const title = 'Colours of the photographs';
  const note = `${grouped(pixels)} pixels of ${grouped(photographs)} photographs, counted in cells of one ab unit`;
  return {
    name: 'ab-histogram', title,
    width: bar.left + BAR_ROOM, height: PLANE_HEIGHT,
    option: {
      ...frame(title, note, theme),
      grid: [...plane.grids, bar],
      xAxis: [...plane.xAxes, { gridIndex: 3, type: 'value', min: 0, max: 1, show: false }],
      yAxis: [
        ...plane.yAxes,
        {
          ...axis(theme, { name: 'pixels in a cell (logarithmic)', gap: 72, values: powers, format: powerOfTen }),
          gridIndex: 3, type: 'log', min: 1, max: top, position: 'right', splitLine: { show: false },
        },
      ],
      series: [
        ...plane.series,
        rectangleSeries(cells.map((cell) => rectangle(cell, top, theme))),
        colourBand('up', { xAxisIndex: 3, yAxisIndex: 3 }, (place) => countColour(place, theme)),
      ],
    },
    table: { columns: ['a from', 'b from', 'pixels'], rows: cells.map(([i, j, count]) => [i + AB_MIN, j + AB_MIN, count]) },
  };
}

function rectangle([i, j, count]: readonly [number, number, number], top: number, theme: ChartTheme): Rectangle {
  const level = Math.round((Math.log(count) / Math.log(top)) * LEVELS) / LEVELS;
  return { x0: i + AB_MIN, x1: i + AB_MIN + 1, y0: j + AB_MIN, y1: j + AB_MIN + 1, colour: countColour(level, theme) };
}
