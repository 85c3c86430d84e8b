/**
 * The filters of a layer as small pictures, on one diverging scale: blue below zero, white at zero, red-orange above.
 */
import type { Chart } from './chart.js';
import { colourBand } from './colour-band.js';
import { weightColour } from './colour-scale.js';
import { axis, frame, grouped, HIDDEN_AXIS } from './frame.js';
import { rectangleSeries, type Rectangle } from './rectangles.js';
import { PAPER, type ChartTheme } from './theme.js';

export interface FilterData {
  /** Name of the layer. */
  layer: string;
  /** [height, width, in, out] of a convolution, [in, out] of a dense layer */
  shape: readonly number[];
  /** Weights of that shape, row by row. Float32Array, or as they came over a wire */
  values: ArrayLike<number>;
  /** Where these filters lie in their layer, when they are a part of it. */
  part?: FilterPart;
  /** Absolute weight at the ends of the colour scale; the largest one shown when absent. */
  limit?: number;
  /** At which step of the training. */
  step?: number;
}

/** Filters of a layer from an input and an output on. */
export interface FilterPart {
  firstInput: number;
  firstOutput: number;
  /** Of the whole layer. */
  inputs: number;
  outputs: number;
}

/** Pictures a side at most; a layer of 512 x 512 filters would be a gray carpet. */
const MOST = 16;
/** Weights of a layer that its table holds; of a larger layer it holds those shown. */
const MOST_ROWS = 250_000;
/** Width in CSS pixels of the whole grid of pictures. */
const GRID = 680;
const LEFT = 64;
const TOP = 92;
/** Colours told apart on each side of zero. */
const LEVELS = 32;
/** CSS pixels a side of a weight, at most. */
const LARGEST_WEIGHT = 26;
/** Space between two pictures, in weights. */
const GAP = 0.5;

interface Kernels {
  height: number;
  width: number;
  inputs: number;
  outputs: number;
  part: FilterPart;
  step?: number;
  at(y: number, x: number, input: number, output: number): number;
}

/** One picture of the grid: the filter from an input to an output. */
interface Cell {
  row: number;
  column: number;
  input: number;
  output: number;
}

export function filterChart(data: FilterData, theme: ChartTheme = PAPER): Chart {
  const kernels = kernelsOf(data);
  const cells = shownCells(kernels);
  const limit = data.limit || largest(data.values) || 1;
  const rows = Math.max(...cells.map(({ row }) => row)) + 1;
  const columns = Math.max(...cells.map(({ column }) => column)) + 1;
  const across = columns * (kernels.width + GAP) - GAP;
  const down = rows * (kernels.height + GAP) - GAP;
  const unit = wholePixels(Math.min(GRID / across, GRID / down, LARGEST_WEIGHT));
  const box = { left: LEFT, top: TOP, width: across * unit, height: down * unit };
  const bar = { left: box.left + Math.max(box.width, 420) + 28, top: TOP, width: 18, height: Math.max(box.height, 140) };
  const title = `Filters of ${data.layer}`;
  return {
    name: `filters-${data.layer.replaceAll(/[^\w.-]+/g, '-')}${data.step === undefined ? '' : `-step-${data.step}`}`, title, keepAspect: true, margin: { right: 62 },
    width: bar.left + 110, height: TOP + bar.height + 48,
    option: {
      ...frame(title, noteOn(kernels, cells), theme),
      grid: [{ ...box, show: true, backgroundColor: theme.faint, borderWidth: 0 }, bar],
      xAxis: [{ ...HIDDEN_AXIS, ...inputOutputName(kernels, 'x', theme), gridIndex: 0, type: 'value', min: 0, max: across }, { gridIndex: 1, type: 'value', min: 0, max: 1, show: false }],
      yAxis: [
        { ...HIDDEN_AXIS, ...inputOutputName(kernels, 'y', theme), gridIndex: 0, type: 'value', min: 0, max: down, inverse: true },
        { ...axis(theme, { name: 'weight', gap: 56, format: threeDigits }), gridIndex: 1, type: 'value', min: -limit, max: limit, interval: limit, position: 'right', splitLine: { show: false } },
      ],
      series: [
        rectangleSeries(cells.flatMap((cell) => pictureOf(cell, kernels, limit))),
        colourBand('up', { xAxisIndex: 1, yAxisIndex: 1 }, (place) => weightColour(2 * place - 1)),
      ],
    },
    table: { columns: ['input', 'output', 'y', 'x', 'weight'], rows: rowsOf(kernels, data.values.length > MOST_ROWS ? cells : allCells(kernels)) },
  };
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < values.length; k++) most = Math.max(most, Math.abs(values[k]));
  return most;
}

function kernelsOf({ layer, shape, values, part, step }: FilterData): Kernels {
  const [height, width, inputs, outputs] = shape.length === 2 ? [1, 1, ...shape] : shape;
  if (height * width * inputs * outputs !== values.length) {
    throw new RangeError(`${layer}: ${values.length} weights are not of shape ${shape.join(' x ')}`);
  }
  const whole = { firstInput: 0, firstOutput: 0, inputs, outputs };
  return { height, width, inputs, outputs, step, part: part ?? whole, at: (y, x, i, o) => values[((y * width + x) * inputs + i) * outputs + o] };
}

function allCells({ inputs, outputs }: Kernels): Pick<Cell, 'input' | 'output'>[] {
  return Array.from({ length: inputs * outputs }, (_, k) => ({ input: Math.floor(k / outputs), output: k % outputs }));
}

/** Inputs down, outputs across; a layer of one input has its outputs in rows. */
function shownCells({ inputs, outputs }: Kernels): Cell[] {
  if (inputs === 1) {
    return Array.from({ length: Math.min(outputs, MOST * MOST) }, (_, k) => ({ row: Math.floor(k / MOST), column: k % MOST, input: 0, output: k }));
  }
  return Array.from({ length: Math.min(inputs, MOST) }, (_, input) =>
    Array.from({ length: Math.min(outputs, MOST) }, (_, output) => ({ row: input, column: output, input, output })),
  ).flat();
}

function noteOn({ height, width, part, step }: Kernels, cells: Cell[]): string {
  const at = step === undefined ? '' : `, step ${grouped(step)}`;
  const shape = `${height} \u00d7 ${width}, ${grouped(part.inputs)} \u2192 ${grouped(part.outputs)} channels${at}`;
  const cut = [
    ...shown(part.firstInput, Math.max(...cells.map(({ input }) => input)) + 1, part.inputs, 'inputs'),
    ...shown(part.firstOutput, Math.max(...cells.map(({ output }) => output)) + 1, part.outputs, 'outputs'),
  ];
  return cut.length > 0 ? `${shape}; shown: ${cut.join(', ')}` : shape;
}

/** Which of all inputs or outputs are seen; nothing where all are. */
function shown(first: number, count: number, all: number, what: string): string[] {
  if (count === all) return [];
  return [first === 0 ? `the first ${grouped(count)} of ${grouped(all)} ${what}` : `${what} ${grouped(first + 1)} to ${grouped(first + count)} of ${grouped(all)}`];
}

function inputOutputName({ inputs }: Kernels, side: 'x' | 'y', theme: ChartTheme) {
  const name = inputs === 1 ? (side === 'x' ? 'outputs, row by row' : '') : side === 'x' ? 'outputs' : 'inputs';
  const { nameTextStyle } = axis(theme);
  return { name, nameLocation: 'middle' as const, nameGap: 16, nameTextStyle };
}

function pictureOf({ row, column, input, output }: Cell, { height, width, at }: Kernels, limit: number): Rectangle[] {
  const top = row * (height + GAP);
  const left = column * (width + GAP);
  return Array.from({ length: height * width }, (_, k) => {
    const y = Math.floor(k / width);
    const x = k % width;
    const level = Math.round((at(y, x, input, output) / limit) * LEVELS) / LEVELS;
    // The y axis points down: y1 is the upper border.
    return { x0: left + x, x1: left + x + 1, y0: top + y + 1, y1: top + y, colour: weightColour(level) };
  });
}

function rowsOf({ height, width, part, at }: Kernels, cells: readonly Pick<Cell, 'input' | 'output'>[]): number[][] {
  return cells.flatMap(({ input, output }) =>
    Array.from({ length: height * width }, (_, k) => {
      const y = Math.floor(k / width);
      const x = k % width;
      return [part.firstInput + input, part.firstOutput + output, y, x, at(y, x, input, output)];
    }),
  );
}

/** Even, so that half a weight is a whole pixel too and neighbours meet without seams; below 2 there is nothing to choose. */
function wholePixels(side: number): number {
  return side < 2 ? side : 2 * Math.floor(side / 2);
}

function threeDigits(value: number): string {
  return grouped(Number(value.toPrecision(3)));
}
