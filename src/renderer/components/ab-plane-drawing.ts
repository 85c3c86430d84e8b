/** Draws the ab plane: a histogram of cells, and the tiles of a set of bins over it. Pure but for the canvas it is given. */
import type { BinSet } from '../../shared/colour/bins.js';
import { AB_CELLS } from '../../shared/colour/cells.js';
import { countColour } from '../../shared/charts/colour-scale.js';
import type { ChartTheme } from '../../shared/charts/theme.js';

const LEVELS = 256;

/** Colours of counts as bytes, light or dark ground. Uint8Array [256, 3] */
const scales = new Map<ChartTheme, Uint8Array>();

function scaleOf(theme: ChartTheme): Uint8Array {
  const made = scales.get(theme) ?? new Uint8Array(LEVELS * 3);
  if (!scales.has(theme)) {
    for (let level = 0; level < LEVELS; level++) {
      const colour = countColour(level / (LEVELS - 1), theme);
      for (let c = 0; c < 3; c++) made[level * 3 + c] = parseInt(colour.slice(1 + 2 * c, 3 + 2 * c), 16);
    }
    scales.set(theme, made);
  }
  return made;
}

/**
 * A histogram as a picture of a pixel a cell: a to the right, b upwards, counts on a logarithmic scale, empty cells clear.
 * @param counts Float64Array [48400]
 */
export function histogramPicture(counts: Float64Array, theme: ChartTheme): ImageData {
  const picture = new ImageData(AB_CELLS, AB_CELLS);
  const scale = scaleOf(theme);
  const highest = Math.log(Math.max(10, counts.reduce((most, count) => Math.max(most, count), 0)));
  counts.forEach((count, cell) => {
    if (count === 0) return;
    const at = 4 * ((AB_CELLS - 1 - (cell % AB_CELLS)) * AB_CELLS + Math.floor(cell / AB_CELLS));
    const level = 3 * Math.round((Math.log(count) / highest) * (LEVELS - 1));
    picture.data.set([scale[level], scale[level + 1], scale[level + 2], 255], at);
  });
  return picture;
}

/** The outline of the used tiles, each side of a tile that borders on an unused one. @param side CSS pixels of the plane */
export function tileOutline(bins: BinSet, side: number): Path2D {
  const path = new Path2D();
  const unit = side / bins.side;
  const used = (row: number, column: number) =>
    row >= 0 && column >= 0 && row < bins.side && column < bins.side && bins.binOfTile[row * bins.side + column] >= 0;
  for (const tile of bins.tiles) {
    const [row, column] = [Math.floor(tile / bins.side), tile % bins.side];
    const [left, right] = [row * unit, (row + 1) * unit];
    const [low, high] = [side - column * unit, side - (column + 1) * unit];
    if (!used(row - 1, column)) line(path, left, low, left, high);
    if (!used(row + 1, column)) line(path, right, low, right, high);
    if (!used(row, column - 1)) line(path, left, low, right, low);
    if (!used(row, column + 1)) line(path, left, high, right, high);
  }
  return path;
}

/** The tiles' inner borders. */
export function tileGrid(bins: BinSet, side: number): Path2D {
  const path = new Path2D();
  const unit = side / bins.side;
  for (const tile of bins.tiles) path.rect(Math.floor(tile / bins.side) * unit, side - ((tile % bins.side) + 1) * unit, unit, unit);
  return path;
}

function line(path: Path2D, x0: number, y0: number, x1: number, y1: number): void {
  path.moveTo(x0, y0);
  path.lineTo(x1, y1);
}
