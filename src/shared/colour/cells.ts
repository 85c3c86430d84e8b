/**
 * The grid of ab cells, one ab unit a side: a and b lie in [-110, 110), cell (i, j) holds
 * i - 110 <= a < i - 109 and j - 110 <= b < j - 109.
 */

/** Cells a side. */
export const AB_CELLS = 220;
/** Lowest a and b. */
export const AB_MIN = -110;
/** What a and b stay below. */
export const AB_MAX = AB_MIN + AB_CELLS;
/** Values this near to zero count as zero, so that neutral grays fall into one cell whatever the rounding. */
export const NEUTRAL = 0.01;

/** Row (of an a) or column (of a b) of a value, 0..219; values outside [-110, 110) go to the nearest cell. */
export function cellIndex(v: number): number {
  if (v < NEUTRAL && v > -NEUTRAL) return -AB_MIN;
  const index = Math.floor(v) - AB_MIN;
  return index < 0 ? 0 : index >= AB_CELLS ? AB_CELLS - 1 : index;
}

/** Cell of a chromaticity: row of a times 220 plus column of b. */
export function cellOf(a: number, b: number): number {
  return cellIndex(a) * AB_CELLS + cellIndex(b);
}
