/**
 * The bins of a set: which tiles of the ab plane are used at a window, each in its own colour.
 */
import { tileCorner, type BinSet } from '../colour/bins.js';
import { abPlane, PLANE, PLANE_HEIGHT } from './ab-plane.js';
import type { Chart } from './chart.js';
import { chromaticityColour } from './colour-scale.js';
import { frame, grouped } from './frame.js';
import { rectangleSeries, type Rectangle } from './rectangles.js';
import { PAPER, type ChartTheme } from './theme.js';

/** Share of a tile's side left free on each border, so that single tiles can be told apart. */
const MARGIN = 0.04;

export function usedTilesChart(bins: BinSet, theme: ChartTheme = PAPER): Chart {
  const plane = abPlane(theme);
  const title = `Colour bins at window ${bins.window}`;
  const note = `Q = ${grouped(bins.Q)} of ${grouped(bins.side ** 2)} tiles, each in the mean colour of its pixels (shown at one lightness)`;
  return {
    name: `used-tiles-window-${bins.window}`, title,
    width: PLANE.left + PLANE.width + 40, height: PLANE_HEIGHT,
    option: {
      ...frame(title, note, theme),
      grid: plane.grids,
      xAxis: plane.xAxes,
      yAxis: plane.yAxes,
      series: [...plane.series, rectangleSeries(Array.from(bins.tiles, (tile, q) => tileRectangle(bins, tile, q)))],
    },
    table: {
      columns: ['bin', 'a from', 'b from', 'mean a', 'mean b', 'share'],
      rows: Array.from(bins.tiles, (tile, q) => {
        const { a, b } = tileCorner(tile, bins);
        return [q, a, b, bins.a[q], bins.b[q], bins.share[q]];
      }),
    },
  };
}

function tileRectangle(bins: BinSet, tile: number, q: number): Rectangle {
  const { a, b } = tileCorner(tile, bins);
  const margin = bins.window * MARGIN;
  return {
    x0: a + margin, x1: a + bins.window - margin, y0: b + margin, y1: b + bins.window - margin,
    colour: chromaticityColour(bins.a[q], bins.b[q]),
  };
}
