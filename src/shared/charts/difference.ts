/**
 * How two sets of photographs differ in colour: for each tile of the ab plane, how many times as large its share of the pixels is in
 * one set as in the other, on one diverging scale of doublings centred at equal.
 */
import { tileCorner, type BinSet } from '../colour/bins.js';
import { abPlane, PLANE, PLANE_HEIGHT } from './ab-plane.js';
import type { Chart } from './chart.js';
import { colourBand } from './colour-band.js';
import { weightColour } from './colour-scale.js';
import { axis, frame } from './frame.js';
import { rectangleSeries, type Rectangle } from './rectangles.js';
import { PAPER, type ChartTheme } from './theme.js';

export interface DifferenceData {
  /** Two sets at the same window. */
  first: BinSet;
  second: BinSet;
  names: readonly [first: string, second: string];
}

/** Doublings at the ends of the scale: 16 times as large and more. */
const MOST_DOUBLINGS = 4;
/** Share of a tile's side left free on each border; tiles that only one set has are drawn smaller. */
const MARGIN = 0.04;
const LONE_MARGIN = 0.28;
const BAR_ROOM = 150;

/** A tile that at least one of the sets uses. */
export interface TileDifference {
  tile: number;
  /** Shares of the pixels, 0 where the set does not use the tile. */
  first: number;
  second: number;
  /** log2(first / second); infinite where one is 0. */
  doublings: number;
}

/** @throws RangeError when the windows differ. */
export function tileDifferences({ first, second }: Pick<DifferenceData, 'first' | 'second'>): TileDifference[] {
  if (first.window !== second.window) throw new RangeError(`windows ${first.window} and ${second.window} have no tiles in common`);
  const tiles = [...new Set([...first.tiles, ...second.tiles])].sort((x, y) => x - y);
  return tiles.map((tile) => {
    const [one, other] = [first, second].map((set) => (set.binOfTile[tile] < 0 ? 0 : set.share[set.binOfTile[tile]]));
    return { tile, first: one, second: other, doublings: Math.log2(one / other) };
  });
}

export function differenceChart(data: DifferenceData, theme: ChartTheme = PAPER): Chart {
  const { first, names: [one, other] } = data;
  const plane = abPlane(theme);
  const bar = { left: PLANE.left + PLANE.width + 32, top: PLANE.top, width: 18, height: PLANE.height };
  const tiles = tileDifferences(data);
  const title = `Colours of ${one} beside those of ${other}`;
  const marks = Array.from({ length: 2 * MOST_DOUBLINGS + 1 }, (_, k) => k - MOST_DOUBLINGS);
  return {
    name: `difference-window-${first.window}`, title, keepAspect: true,
    width: bar.left + BAR_ROOM, height: PLANE_HEIGHT,
    option: {
      ...frame(title, `Share of the pixels in each tile of ${first.window} ab units, ${one} over ${other}; small squares: in one set only`, theme),
      grid: [...plane.grids, bar],
      xAxis: [...plane.xAxes, { gridIndex: 3, type: 'value', min: 0, max: 1, show: false }],
      yAxis: [
        ...plane.yAxes,
        {
          ...axis(theme, { name: `times as common in ${one}`, gap: 58, values: marks, format: timesText }),
          gridIndex: 3, type: 'value', min: -MOST_DOUBLINGS, max: MOST_DOUBLINGS, position: 'right', splitLine: { show: false },
        },
      ],
      series: [
        ...plane.series,
        rectangleSeries(tiles.map((difference) => rectangleOf(difference, first))),
        colourBand('up', { xAxisIndex: 3, yAxisIndex: 3 }, (place) => weightColour(2 * place - 1)),
      ],
    },
    table: {
      columns: ['a from', 'b from', `share in ${one}`, `share in ${other}`, 'log2 of their ratio'],
      rows: tiles.map(({ tile, first: mine, second: theirs, doublings }) => {
        const { a, b } = tileCorner(tile, first);
        return [a, b, mine, theirs, Number.isFinite(doublings) ? doublings : null];
      }),
    },
  };
}

function rectangleOf({ tile, doublings }: TileDifference, set: BinSet): Rectangle {
  const { a, b } = tileCorner(tile, set);
  const margin = set.window * (Number.isFinite(doublings) ? MARGIN : LONE_MARGIN);
  const place = Math.min(MOST_DOUBLINGS, Math.max(-MOST_DOUBLINGS, doublings)) / MOST_DOUBLINGS;
  return { x0: a + margin, x1: a + set.window - margin, y0: b + margin, y1: b + set.window - margin, colour: weightColour(Math.round(place * 32) / 32) };
}

/** 4 doublings: `16`; 2 halvings: `1/4`. */
function timesText(doublings: number): string {
  return doublings < 0 ? `1/${2 ** -doublings}` : String(2 ** doublings);
}
