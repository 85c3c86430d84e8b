/**
 * Bins: the square tiles of the ab plane that a set of photographs (or the whole of sRGB) reaches. They are the classes
 * that a colorizer chooses between.
 */
import { AB_CELLS, AB_MIN } from './cells.js';
import { reachableColours } from './reachable.js';
import type { ColourHistogram } from './histogram.js';

/** Sides of a tile in ab units that divide the plane evenly; 10 and 5 are the post's. */
export const WINDOWS = [4, 5, 10, 11, 20, 22] as const;
export type Window = (typeof WINDOWS)[number];

/** Fewer colours than this cannot colorize anything. */
export const FEWEST_BINS = 8;

export interface BinSet {
  /** ab units a side of a tile. */
  window: Window;
  /** Tiles a side of the plane: 220 / window. */
  side: number;
  /** Number of bins. */
  Q: number;
  /** Tile of each bin, row (of a) * side + column (of b), ascending. Uint16Array [Q] */
  tiles: Uint16Array;
  /** Colour of each bin. Float64Array [Q] */
  a: Float64Array;
  b: Float64Array;
  /** Share of the set's pixels in each bin; sums to 1. Float64Array [Q] */
  share: Float64Array;
  /** Bin of each tile, -1 where the tile is no bin. Int16Array [side * side] */
  binOfTile: Int16Array;
}

/** A set of bins that no colorizer can be built on; the message tells the person what to do. */
export class BinError extends Error {
  override name = 'BinError';
}

/** Whether a number is one of `WINDOWS`. */
function isWindow(value: number): value is Window {
  return (WINDOWS as readonly number[]).includes(value);
}

/**
 * The bins that a set of photographs uses: every tile that holds a pixel, coloured by the mean of its pixels.
 * @throws {BinError} when there are fewer than 8 of them, or none of the windows is asked for
 */
export function usedBins(histogram: ColourHistogram, window: number): BinSet {
  const tiles = pourIntoTiles(histogram, checkedWindow(window));
  const bins = binsWhere(tiles, tiles, (count) => count > 0);
  if (bins.Q < FEWEST_BINS) {
    throw new BinError(
      `These photographs fill only ${bins.Q} colour bins at window ${window}, and a colorizer needs at least ${FEWEST_BINS}. ` +
        'Choose a smaller window, add photographs with more colour, or use the bins of the whole gamut.',
    );
  }
  return bins;
}

/**
 * The bins of the whole gamut: every tile that an 8-bit sRGB colour reaches, whether the set uses it or not.
 * @param histogram colours of the set; gives shares, and the colour of each bin that it fills. Without it every bin
 *   has the same share and the mean of its reachable colours.
 * @throws {BinError} when the window is none of `WINDOWS`
 */
export function gamutBins(window: number, histogram?: ColourHistogram): BinSet {
  const gamut = pourIntoTiles(reachableColours(), checkedWindow(window));
  if (histogram && histogram.pixels > 0) {
    return binsWhere(gamut, pourIntoTiles(histogram, gamut.window), (count) => count > 0);
  }
  const bins = binsWhere(gamut, gamut, (count) => count > 0);
  bins.share.fill(1 / bins.Q);
  return bins;
}

/**
 * A bin set from stored bins: the inverse of reading `tiles`, `a`, `b` and `share` off one.
 * @throws {BinError} when a tile lies outside the plane or appears twice
 */
export function binSetOf(
  window: number,
  bins: readonly { row: number; column: number; a: number; b: number; share: number }[],
): BinSet {
  const known = checkedWindow(window);
  const side = AB_CELLS / known;
  const set = emptySet(known, bins.length);
  const ordered = [...bins].sort((x, y) => x.row * side + x.column - (y.row * side + y.column));
  ordered.forEach((bin, k) => {
    const tile = bin.row * side + bin.column;
    const inside = bin.row >= 0 && bin.row < side && bin.column >= 0 && bin.column < side;
    if (!inside || set.binOfTile[tile] !== -1) {
      throw new BinError(`Bin ${bin.row}, ${bin.column} lies outside the ${side} x ${side} tiles or appears twice.`);
    }
    place(set, k, tile, bin.a, bin.b, bin.share);
  });
  return set;
}

/** Pixels and summed chromaticity a tile; arrays [side * side]. */
interface Tiles {
  window: Window;
  side: number;
  pixels: number;
  counts: Float64Array;
  sumA: Float64Array;
  sumB: Float64Array;
}

function checkedWindow(window: number): Window {
  if (isWindow(window)) return window;
  throw new BinError(`The window must be one of ${WINDOWS.join(', ')} ab units, not ${window}.`);
}

function pourIntoTiles(histogram: ColourHistogram, window: Window): Tiles {
  const side = AB_CELLS / window;
  const size = side * side;
  const tiles: Tiles = {
    window, side, pixels: 0,
    counts: new Float64Array(size), sumA: new Float64Array(size), sumB: new Float64Array(size),
  };
  histogram.counts.forEach((count, cell) => {
    if (count === 0) return;
    const tile = tileOfCell(cell, window);
    tiles.counts[tile] += count;
    tiles.sumA[tile] += histogram.sumA[cell];
    tiles.sumB[tile] += histogram.sumB[cell];
    tiles.pixels += count;
  });
  return tiles;
}

/** Tile that a cell lies in: row * side + column. */
export function tileOfCell(cell: number, window: Window): number {
  const row = Math.floor(Math.floor(cell / AB_CELLS) / window);
  const column = Math.floor((cell % AB_CELLS) / window);
  return row * (AB_CELLS / window) + column;
}

/** Bins on the tiles of `shape` that pass the test; colours and shares from `filling`, colours from `shape` where that is empty. */
function binsWhere(shape: Tiles, filling: Tiles, isBin: (count: number) => boolean): BinSet {
  const chosen = Array.from(shape.counts.keys()).filter((tile) => isBin(shape.counts[tile]));
  const set = emptySet(shape.window, chosen.length);
  chosen.forEach((tile, k) => {
    const source = filling.counts[tile] > 0 ? filling : shape;
    const count = source.counts[tile];
    place(set, k, tile, source.sumA[tile] / count, source.sumB[tile] / count, filling.counts[tile] / filling.pixels);
  });
  return set;
}

function emptySet(window: Window, Q: number): BinSet {
  const side = AB_CELLS / window;
  return {
    window, side, Q,
    tiles: new Uint16Array(Q),
    a: new Float64Array(Q), b: new Float64Array(Q), share: new Float64Array(Q),
    binOfTile: new Int16Array(side * side).fill(-1),
  };
}

function place(set: BinSet, k: number, tile: number, a: number, b: number, share: number): void {
  set.tiles[k] = tile;
  set.a[k] = a;
  set.b[k] = b;
  set.share[k] = share;
  set.binOfTile[tile] = k;
}

/** Lower corner of a tile in ab units. */
export function tileCorner(tile: number, set: Pick<BinSet, 'window' | 'side'>): { a: number; b: number } {
  return {
    a: AB_MIN + Math.floor(tile / set.side) * set.window,
    b: AB_MIN + (tile % set.side) * set.window,
  };
}
