/**
 * How often each ab cell occurs: sparse for one photograph, dense for a set of them.
 */
import { AB_CELLS } from './cells.js';

/** Colours of one photograph, sparse: entry k of each array belongs to one cell, cells ascending. */
export interface ColourCounts {
  /** Pixels counted in all. */
  pixels: number;
  /** Cell numbers (row of a * 220 + column of b). Uint16Array [n] */
  cells: Uint16Array;
  /** Pixels in the cell, at least 1. Uint32Array [n] */
  counts: Uint32Array;
  /** Mean a of the pixels in the cell. Float32Array [n] */
  meanA: Float32Array;
  /** Mean b of the pixels in the cell. Float32Array [n] */
  meanB: Float32Array;
}

/** The same for any kind of list, such as those of a set of photographs that came as JSON; counts may pass 32 bits. */
export type SparseCounts = { [K in keyof ColourCounts]: ColourCounts[K] extends number ? number : ArrayLike<number> };

const CELLS = AB_CELLS * AB_CELLS;

/** Colours of a set of photographs, dense over the 48,400 cells. */
export class ColourHistogram {
  /** Pixels counted in all. */
  pixels = 0;
  /** Float64Array [48400] */
  readonly counts = new Float64Array(CELLS);
  /** Sum of a over the pixels of each cell. Float64Array [48400] */
  readonly sumA = new Float64Array(CELLS);
  /** Sum of b over the pixels of each cell. Float64Array [48400] */
  readonly sumB = new Float64Array(CELLS);

  /** Adds the pixels of one photograph, or of a set of them. */
  add(photo: SparseCounts): void {
    const { cells, counts, meanA, meanB } = photo;
    for (let k = 0; k < cells.length; k++) {
      const cell = cells[k];
      const count = counts[k];
      this.counts[cell] += count;
      this.sumA[cell] += count * meanA[k];
      this.sumB[cell] += count * meanB[k];
    }
    this.pixels += photo.pixels;
  }

  /** Every cell that holds a pixel, as [i, j, count]: i the row of a, j the column of b, ascending. */
  sparse(): [i: number, j: number, count: number][] {
    const rows: [number, number, number][] = [];
    this.counts.forEach((count, cell) => {
      if (count > 0) rows.push([Math.floor(cell / AB_CELLS), cell % AB_CELLS, count]);
    });
    return rows;
  }
}
