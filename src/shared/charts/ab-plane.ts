/**
 * The ab plane as a square with its chromaticities along two sides: where histogram and tiles are drawn.
 */
import type { CustomSeriesOption } from 'echarts';
import { colourBand } from './colour-band.js';
import { chromaticityColour } from './colour-scale.js';
import { axis, HIDDEN_AXIS, type Box } from './frame.js';
import type { ChartTheme } from './theme.js';

const REACH = 110;
const LABELS = [-100, -50, 0, 50, 100];
/** Three pixels a cell: cells lie on whole pixels. */
const SIDE = 660;
const STRIP = 12;
const GAP = 3;

/** Where the plane lies in a chart whose left and upper margins leave room for labels and title. */
export const PLANE: Box = { left: 100, top: 84, width: SIDE, height: SIDE };

export const PLANE_HEIGHT = PLANE.top + SIDE + 76;

/** Grids 0 (the plane), 1 (strip of a below it) and 2 (strip of b beside it), their axes, and the strips. */
export function abPlane(theme: ChartTheme) {
  const range = { type: 'value' as const, min: -REACH, max: REACH };
  const plain = { type: 'value' as const, min: 0, max: 1, show: false };
  return {
    grids: [
      { ...PLANE, show: true, borderColor: theme.line, borderWidth: 1 },
      { left: PLANE.left, top: PLANE.top + SIDE + GAP, width: SIDE, height: STRIP },
      { left: PLANE.left - GAP - STRIP, top: PLANE.top, width: STRIP, height: SIDE },
    ] as Box[],
    xAxes: [
      { ...range, ...HIDDEN_AXIS, gridIndex: 0, splitLine: { show: true, lineStyle: { color: theme.faint } }, axisTick: { show: false, customValues: LABELS } },
      { ...range, ...axis(theme, { name: 'a   (green \u2013 magenta)', values: LABELS, gap: 32 }), gridIndex: 1, splitLine: { show: false } },
      { ...plain, gridIndex: 2 },
    ],
    yAxes: [
      { ...range, ...HIDDEN_AXIS, gridIndex: 0, splitLine: { show: true, lineStyle: { color: theme.faint } }, axisTick: { show: false, customValues: LABELS } },
      { ...plain, gridIndex: 1 },
      { ...range, ...axis(theme, { name: 'b   (blue \u2013 yellow)', values: LABELS, gap: 48 }), gridIndex: 2, splitLine: { show: false } },
    ],
    series: strips(),
  };
}

function strips(): CustomSeriesOption[] {
  const valueAt = (place: number): number => REACH * (2 * place - 1);
  return [
    colourBand('right', { xAxisIndex: 1, yAxisIndex: 1 }, (place) => chromaticityColour(valueAt(place), 0)),
    colourBand('up', { xAxisIndex: 2, yAxisIndex: 2 }, (place) => chromaticityColour(0, valueAt(place))),
  ];
}
