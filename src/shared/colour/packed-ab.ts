/**
 * Chromaticity of 8-bit sRGB colours as one integer: what counting needs, at table speed and with exact cells.
 */
import { AB_CELLS, AB_MIN, NEUTRAL } from './cells.js';
import { interpolatedAb, srgbToLab, type Lab } from './lab.js';

/** Parts of an ab unit that the packed form tells apart. */
export const PACKED_PARTS = 256;

/** `interpolatedAb` is nearer to the exact value than this. */
const INTERPOLATION_ERROR = 0.0005;

const near = new Float64Array(2);
const exact: Lab = [0, 0, 0];

/**
 * a and b of an 8-bit sRGB colour, 16 bits each, a in the upper ones: the upper byte is the row or column of the colour's exact cell,
 * the lower one the place within the cell in 1/256, rounded to the nearest that is still inside.
 * @param r,g,b 0..255, whole
 * @returns unsigned 32-bit integer, never 0 (no sRGB colour has a = b = -110)
 */
export function packedAb(r: number, g: number, b: number): number {
  interpolatedAb(r, g, b, near);
  if (nearBorder(near[0]) || nearBorder(near[1])) {
    srgbToLab(r, g, b, exact);
    return pack(exact[1], exact[2]);
  }
  return pack(near[0], near[1]);
}

/** Cell of a packed chromaticity: row of a * 220 + column of b. */
export function cellOfPacked(packed: number): number {
  return (packed >>> 24) * AB_CELLS + ((packed >>> 8) & 0xff);
}

/** Whether interpolation could put a value into the wrong cell, or wrongly call it neutral. */
function nearBorder(v: number): boolean {
  const size = Math.abs(v);
  if (size < 1) return size > NEUTRAL - INTERPOLATION_ERROR && (size < NEUTRAL + INTERPOLATION_ERROR || size > 1 - INTERPOLATION_ERROR);
  return Math.abs(v - Math.round(v)) < INTERPOLATION_ERROR;
}

function pack(a: number, b: number): number {
  return ((fixed(a) << 16) | fixed(b)) >>> 0;
}

function fixed(v: number): number {
  if (v < NEUTRAL && v > -NEUTRAL) return -AB_MIN * PACKED_PARTS;
  const cell = Math.floor(v);
  const part = Math.min(Math.round((v - cell) * PACKED_PARTS), PACKED_PARTS - 1);
  return (cell - AB_MIN) * PACKED_PARTS + part;
}
