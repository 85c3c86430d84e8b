/**
 * Chromaticity of 8-bit sRGB colours as one integer: what counting needs, at table speed and with exact cells.
 */
import { AB_CELLS, AB_MIN, NEUTRAL } from './cells.js';
import { interpolatedAb, labPlanes, srgbToLab, type Lab, type LabPlanes } from './lab.js';

/** Parts of an ab unit that the packed form tells apart. */
export const PACKED_PARTS = 256;

/** Zero in the packed form of one value. */
const ZERO = -AB_MIN * PACKED_PARTS;
/** The tables' a and b are nearer to the exact values than this. */
const INTERPOLATION_ERROR = 0.0005;
const SURELY_NEUTRAL = NEUTRAL - INTERPOLATION_ERROR;
const SURELY_COLOURED = NEUTRAL + INTERPOLATION_ERROR;

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
  return packChecked(near[0], near[1], r, g, b);
}

/**
 * `packedAb` of a whole picture.
 * @param rgb 8 bit, interleaved, Uint8Array [pixels * 3]
 * @param planes room for the picture's Lab planes
 * @param out Uint32Array [pixels], filled
 */
export function packPicture(rgb: Uint8Array, planes: LabPlanes, out: Uint32Array): void {
  const { a, b } = labPlanes(rgb, planes);
  for (let i = 0, p = 0; i < out.length; i++, p += 3) out[i] = packChecked(a[i], b[i], rgb[p], rgb[p + 1], rgb[p + 2]);
}

/** Cell of a packed chromaticity: row of a * 220 + column of b. */
export function cellOfPacked(packed: number): number {
  return (packed >>> 24) * AB_CELLS + ((packed >>> 8) & 0xff);
}

/** Packs the tables' a and b, or, where their error could matter, the exact ones. */
function packChecked(nearA: number, nearB: number, r: number, g: number, b: number): number {
  if (!nearBorder(nearA) && !nearBorder(nearB)) return pack(nearA, nearB);
  srgbToLab(r, g, b, exact);
  return pack(exact[1], exact[2]);
}

/** Whether interpolation could put a value into the wrong cell, or wrongly call it neutral. */
function nearBorder(v: number): boolean {
  const size = Math.abs(v);
  if (size < SURELY_NEUTRAL) return false;
  return size < SURELY_COLOURED || Math.abs(v - Math.round(v)) < INTERPOLATION_ERROR;
}

function pack(a: number, b: number): number {
  return ((fixed(a) << 16) | fixed(b)) >>> 0;
}

function fixed(v: number): number {
  if (v < NEUTRAL && v > -NEUTRAL) return ZERO;
  const cell = Math.floor(v);
  const part = Math.round((v - cell) * PACKED_PARTS);
  return ZERO + cell * PACKED_PARTS + (part < PACKED_PARTS ? part : PACKED_PARTS - 1);
}
