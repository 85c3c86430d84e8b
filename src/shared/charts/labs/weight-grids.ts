/** The weights of small networks as grids of squares, layer by layer, all on one diverging scale centred at zero. */
import type { CustomSeriesOption, EChartsOption } from 'echarts';
import type { Layer } from '../../labs/regularization/weights.js';
import type { Chart } from '../chart.js';
import { colourBand } from '../colour-band.js';
import { weightColour } from '../colour-scale.js';
import { axis, frame, grouped, HIDDEN_AXIS, TEXT_SIZE } from '../frame.js';
import { rectangleSeries, type Rectangle } from '../rectangles.js';
import { CHART_FONT, PAPER, type ChartTheme } from '../theme.js';

/** A hidden neuron, by its layer and place; what leads into it and out of it is struck through. */
export interface DeadNeuron {
  layer: number;
  neuron: number;
}

export interface WeightGridsData {
  /** Below the title: which run, which epoch. */
  note: string;
  networks: readonly { name: string; layers: readonly Layer[]; dead?: readonly DeadNeuron[] }[];
  /** Largest size on the scale; by default that of the weights shown. Frames of one animation share it. */
  limit?: number;
}

/** One network alone, of several that share a scale: the scale itself is drawn beside them. */
export function weightGridChart({ note, limit, ...network }: { note: string; name: string; layers: readonly Layer[]; dead?: readonly DeadNeuron[]; limit: number }, theme: ChartTheme = PAPER): Chart {
  const { option, width, ...chart } = weightGridsChart({ note, networks: [network], limit }, theme);
  const first = <T>(list: unknown) => (list as T[])[0];
  const captions = (option.graphic as object[]).slice(1);
  const bare = { ...option, graphic: captions, grid: [first(option.grid)], xAxis: [first(option.xAxis)], yAxis: [first(option.yAxis)], series: (option.series as object[]).slice(0, -1) } as EChartsOption;
  return { ...chart, option: bare, width: width - SCALE_WIDTH, keepAspect: true, margin: { left: 2, right: 26, bottom: 2 } };
}

const LEFT = 190;
const TOP = 112;
/** Squares between two layers, and between two networks. */
const GAP = 1;
/** Ground that shows around each square, in squares. */
const SEAM = 0.04;
/** Colours told apart on each side of zero. */
const LEVELS = 32;
/** How far a stroke stays away from the edges of its square. */
const INSET = 0.18;
/** What is struck through is white or near it in both themes. */
const STRIKE = '#4a4a4a';
/** Pixels that the scale takes on the right. */
const SCALE_WIDTH = 120;
const LARGEST_SQUARE = 16;
const MOST_WIDTH = 700;

/** Largest size among weights that are numbers. */
export function largestWeight(networks: readonly (readonly Layer[])[]): number {
  let most = 0;
  for (const layers of networks) for (const { weights } of layers) for (const w of weights) if (Number.isFinite(w)) most = Math.max(most, Math.abs(w));
  return most || 1;
}

export function weightGridsChart({ note, networks, limit = largestWeight(networks.map(({ layers }) => layers)) }: WeightGridsData, theme: ChartTheme = PAPER): Chart {
  const [{ layers: first }] = networks;
  // Inputs go down, outputs across.
  const across = first.reduce((sum, { outputs }) => sum + outputs + GAP, -GAP);
  const down = Math.max(...first.map(({ inputs }) => inputs));
  const unit = Math.max(2, 2 * Math.floor(Math.min(LARGEST_SQUARE, MOST_WIDTH / across) / 2));
  const height = networks.length * (down + GAP) - GAP;
  const box = { left: LEFT, top: TOP, width: across * unit, height: height * unit };
  const bar = { left: LEFT + box.width + 36, top: TOP, width: 18, height: Math.max(140, Math.min(box.height, 320)) };
  const title = 'Weights';
  return {
    name: 'weights', title, width: bar.left + 110, height: TOP + Math.max(box.height, bar.height) + 40,
    option: {
      ...frame(title, note, theme),
      graphic: [
        ...networks.map(({ name }, k) => caption(name, 20, TOP + k * (down + GAP) * unit, theme)),
        ...layerNames(first).map((name, k) => caption(name, LEFT + offsetOf(first, k) * unit, TOP - 22, theme)),
      ],
      grid: [box, bar],
      xAxis: [{ ...HIDDEN_AXIS, gridIndex: 0, type: 'value', min: 0, max: across }, { gridIndex: 1, type: 'value', min: 0, max: 1, show: false }],
      yAxis: [
        { ...HIDDEN_AXIS, gridIndex: 0, type: 'value', min: 0, max: height, inverse: true },
        { ...axis(theme, { name: 'weight', gap: 52, format: threeDigits }), gridIndex: 1, type: 'value', min: -limit, max: limit, interval: limit, position: 'right', splitLine: { show: false } },
      ],
      series: [
        rectangleSeries(networks.flatMap(({ layers }, k) => squaresOf(layers, k * (down + GAP), limit, theme))),
        strikes(networks.flatMap(({ layers, dead = [] }, k) => struckSquares(layers, dead, k * (down + GAP)))),
        colourBand('up', { xAxisIndex: 1, yAxisIndex: 1 }, (place) => weightColour(2 * place - 1)),
      ],
    },
    table: {
      columns: ['network', 'layer', 'input', 'output', 'weight'],
      rows: networks.flatMap(({ name, layers }) => layers.flatMap((layer, k) => rowsOf(layer).map((row) => [name, k + 1, ...row]))),
    },
  };
}

function layerNames(layers: readonly Layer[]): string[] {
  return layers.map(({ inputs, outputs }) => `${inputs}\u2192${outputs}`);
}

/** Where a layer begins, in squares from the left. */
function offsetOf(layers: readonly Layer[], k: number): number {
  return layers.slice(0, k).reduce((sum, { outputs }) => sum + outputs + GAP, 0);
}

function caption(text: string, left: number, top: number, theme: ChartTheme): object {
  return { type: 'text', left, top, silent: true, style: { text, fill: theme.ink, font: `${TEXT_SIZE - 1}px ${CHART_FONT}` } };
}

/** A dark seam of the frame's colour around each square tells zero (white) from nothing. */
function squaresOf(layers: readonly Layer[], top: number, limit: number, theme: ChartTheme): Rectangle[] {
  return layers.flatMap(({ inputs, outputs, weights }, k) => {
    const left = offsetOf(layers, k);
    const ground: Rectangle = { x0: left - 0.1, x1: left + outputs + 0.1, y0: top + inputs + 0.1, y1: top - 0.1, colour: theme.line };
    const squares = Array.from(weights, (w, at) => {
      const [i, o] = [Math.floor(at / outputs), at % outputs];
      const level = Number.isFinite(w) ? Math.round((Math.max(-1, Math.min(1, w / limit))) * LEVELS) / LEVELS : NaN;
      return { x0: left + o + SEAM, x1: left + o + 1 - SEAM, y0: top + i + 1 - SEAM, y1: top + i + SEAM, colour: Number.isNaN(level) ? theme.faint : weightColour(level) };
    });
    return [ground, ...squares];
  });
}

/** Upper left corners of the squares that lead into dead neurons or out of them, each once. */
function struckSquares(layers: readonly Layer[], dead: readonly DeadNeuron[], top: number): [x: number, y: number][] {
  const squares = dead.flatMap(({ layer, neuron }) => [
    ...Array.from({ length: layers[layer].inputs }, (_, i) => `${offsetOf(layers, layer) + neuron} ${top + i}`),
    ...Array.from({ length: layers[layer + 1].outputs }, (_, o) => `${offsetOf(layers, layer + 1) + o} ${top + neuron}`),
  ]);
  return [...new Set(squares)].map((square) => square.split(' ').map(Number) as [number, number]);
}

/** A line across each square, from its lower left to its upper right. */
function strikes(squares: readonly [x: number, y: number][]): CustomSeriesOption {
  return {
    type: 'custom', silent: true, data: squares.map((square) => [...square]),
    renderItem: (_, api) => {
      const [x, y] = [Number(api.value(0)), Number(api.value(1))];
      const [x1, y1] = api.coord([x + INSET, y + 1 - INSET]);
      const [x2, y2] = api.coord([x + 1 - INSET, y + INSET]);
      return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: STRIKE, lineWidth: 1.1 } };
    },
  };
}

function rowsOf({ outputs, weights, bias }: Layer): (number | string)[][] {
  const finite = (w: number) => (Number.isFinite(w) ? w : '');
  return [
    ...Array.from(weights, (w, at) => [Math.floor(at / outputs) + 1, (at % outputs) + 1, finite(w)]),
    ...Array.from(bias, (b, o) => ['bias', o + 1, finite(b)]),
  ];
}

function threeDigits(value: number): string {
  return grouped(Number(value.toPrecision(3)));
}
