/** The penalties over the plane of two weights as surfaces, alone or with the loss under them; drawn by echarts-gl. */
import type { EChartsCoreOption } from 'echarts/core';
import { bowlValue, DRAWN_BOWL, shapeValue } from '../../labs/regularization/penalty-shapes.js';
import type { Chart } from '../chart.js';
import { countColour } from '../colour-scale.js';
import { frame, grouped, TEXT_SIZE } from '../frame.js';
import { CHART_FONT, PAPER, type ChartTheme } from '../theme.js';
import { drawnShapes, type DrawnShape } from './penalty-shapes.js';

/** A chart in three dimensions: ECharts' own types know nothing of its parts. */
export type SurfacesChart = Omit<Chart, 'option'> & { option: EChartsCoreOption };

/** Height of the surfaces: the penalty alone, or the loss and lambda times the penalty. */
export const HEIGHTS = ['penalty', 'cost'] as const;
export type Height = (typeof HEIGHTS)[number];

/** From where the surfaces are seen, in degrees: above the plane, and around it. */
export interface Camera {
  alpha: number;
  beta: number;
}
export const FIRST_CAMERA: Camera = { alpha: 34, beta: 35 };

export interface SurfacesData {
  lambda: number;
  /** Share of L1 in the elastic net. */
  mix: number;
  height: Height;
  camera: Camera;
}

const SIDE = 2;
/** Places along each weight; odd, so that the creases of L1 along the axes are places. */
const PLACES = 41;
const COLOURS = 64;
const PANEL = { width: 360, height: 340 };
/** Stated, since ECharts takes the width of a Chinese character for it: where no font has one, labels would be cut. */
const LINE_HEIGHT = 17;
/** Share of the height by which the mark of the meeting point stands above its surface, which would cover half of it. */
const MARK_LIFT = 0.04;
const TOP = 76;

export function penaltySurfacesChart({ lambda, mix, height, camera }: SurfacesData, theme: ChartTheme = PAPER): SurfacesChart {
  const surfaces = drawnShapes(lambda, mix).map((shape) => ({ shape, places: placesOf(shape, lambda, height) }));
  const most = Math.max(...surfaces.flatMap(({ places }) => places.map(([, , z]) => z)));
  const quantity = height === 'penalty' ? 'penalty' : 'loss + lambda × penalty';
  const title = height === 'penalty' ? 'The penalties as surfaces' : 'Loss and penalty together as surfaces';
  return {
    name: height === 'penalty' ? 'penalty-surfaces' : 'cost-surfaces', title, width: 3 * PANEL.width + 40, height: TOP + PANEL.height + 30,
    option: {
      ...frame(title, `Height and colour: ${quantity}${height === 'penalty' ? '' : `, lambda ${grouped(lambda)}`}; the point: where loss and penalty meet`, theme),
      graphic: surfaces.map(({ shape }, k) => ({
        type: 'text', left: 30 + k * PANEL.width, top: TOP, silent: true, style: { text: shape.name, fill: theme.ink, font: `600 ${TEXT_SIZE}px ${CHART_FONT}` },
      })),
      grid3D: surfaces.map((_, k) => ({ ...boxLook(theme), left: 20 + k * PANEL.width, top: TOP + 20, ...PANEL, viewControl: viewOf(camera) })),
      ...threeAxes(surfaces.length, most, theme),
      series: surfaces.flatMap(({ shape, places }, k) => [
        surfaceOf(places, most, k, theme),
        meetingMark(shape, heightAt(shape, lambda, height, ...shape.meeting) + MARK_LIFT * most, k, theme),
      ]),
    },
    table: {
      columns: ['penalty', 'share of L1', 'w1', 'w2', quantity],
      rows: surfaces.flatMap(({ shape, places }) => places.map(([w1, w2, z]) => [shape.name, shape.mix, w1, w2, z])),
    },
  };
}

function heightAt({ mix }: DrawnShape, lambda: number, height: Height, w1: number, w2: number): number {
  const penalty = shapeValue(w1, w2, mix);
  return height === 'penalty' ? penalty : bowlValue(DRAWN_BOWL, w1, w2) + lambda * penalty;
}

/** [w1, w2, height], row by row. */
function placesOf(shape: DrawnShape, lambda: number, height: Height): [number, number, number][] {
  const along = Array.from({ length: PLACES }, (_, k) => Number((-SIDE + (2 * SIDE * k) / (PLACES - 1)).toFixed(6)) || 0);
  return along.flatMap((w2) => along.map((w1): [number, number, number] => [w1, w2, heightAt(shape, lambda, height, w1, w2)]));
}

function surfaceOf(places: readonly (readonly number[])[], most: number, panel: number, theme: ChartTheme): object {
  const colourOf = (z: number) => countColour(Math.round((z / most) * COLOURS) / COLOURS, theme);
  return {
    type: 'surface', grid3DIndex: panel, shading: 'lambert', silent: true, animation: false, dataShape: [PLACES, PLACES],
    wireframe: { show: true, lineStyle: { color: theme.moreIsDarker ? 'rgba(0,0,0,0.16)' : 'rgba(0,0,0,0.3)', width: 1 } },
    data: places.map((value) => ({ value, itemStyle: { color: colourOf(value[2]) } })),
  };
}

function meetingMark({ meeting }: DrawnShape, z: number, panel: number, theme: ChartTheme): object {
  return {
    type: 'scatter3D', grid3DIndex: panel, silent: true, animation: false, symbol: 'circle', symbolSize: 11,
    data: [[...meeting, z]], itemStyle: { color: theme.accent, opacity: 1, borderColor: theme.ink, borderWidth: 1.5 },
  };
}

function viewOf({ alpha, beta }: Camera): object {
  // The wheel scrolls the page; angles are what is looked at.
  return { alpha, beta, distance: 205, center: [0, -12, 0], zoomSensitivity: 0, panSensitivity: 0, damping: 0, animation: false };
}

function boxLook(theme: ChartTheme): object {
  return {
    boxWidth: 100, boxDepth: 100, boxHeight: 70, environment: 'none', axisPointer: { show: false },
    light: { main: { intensity: 1, alpha: 45, beta: 20, shadow: false }, ambient: { intensity: 0.55 } },
    axisLine: { lineStyle: { color: theme.line, width: 1 } },
    axisTick: { lineStyle: { color: theme.line } },
    splitLine: { lineStyle: { color: theme.faint, width: 1 } },
    axisLabel: { color: theme.quiet, fontFamily: CHART_FONT, fontSize: 12, lineHeight: LINE_HEIGHT },
  };
}

function threeAxes(panels: number, most: number, theme: ChartTheme): object {
  const each = (name: string, range: object) => Array.from({ length: panels }, (_, grid3DIndex) => ({
    grid3DIndex, type: 'value', name, nameGap: 22, nameTextStyle: { color: theme.ink, fontFamily: CHART_FONT, fontSize: 13, lineHeight: LINE_HEIGHT }, ...range,
  }));
  const interval = most > 10 ? 5 : 2;
  const weights = { min: -SIDE, max: SIDE, interval: 1, axisLabel: { formatter: grouped } };
  return { xAxis3D: each('w1', weights), yAxis3D: each('w2', weights), zAxis3D: each('', { min: 0, max: interval * Math.ceil(most / interval), interval }) };
}
