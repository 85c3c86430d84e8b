/**
 * Chromaticity of 8-bit sRGB colours as one integer: what counting needs, at table speed and with exact cells.
 */
import { AB_MIN, NEUTRAL } from './cells.js';
import { labPlanes, srgbToLab, type Lab, type LabPlanes } from './lab.js';

/** Steps of an ab unit that the packed form tells apart. */
export const PACKED_STEPS = 256;

/** The interpolated Lab of `labPlanes` is nearer to the exact one than this. */
const INTERPOLATION_ERROR = 0.0005;

const colour = new Uint8Array(3);
const planes: LabPlanes = { L: new Float32Array(1), a: new Float32Array(1), b: new Float32Array(1) };
const exact: Lab = [0, 0, 0];

/**
 * a and b of an 8-bit sRGB colour in 1/256 of an ab unit above -110, rounded down: a in the upper 16 bits, b in the lower.
 * The upper byte of each half is the exact row or column of the colour's cell.
 * @param r,g,b 0..255, whole
 * @returns unsigned 32-bit integer, never 0 (no sRGB colour has a = b = -110)
 */
export function packedAb(r: number, g: number, b: number): number {
  colour[0] = r;
  colour[1] = g;
  colour[2] = b;
  labPlanes(colour, planes);
  const a = planes.a[0];
  const blue = planes.b[0];
  if (nearBorder(a) || nearBorder(blue)) {
    srgbToLab(r, g, b, exact);
    return pack(exact[1], exact[2]);
  }
  return pack(a, blue);
}

/** Whether interpolation could put a value into the wrong cell, or whether it is all but neutral. */
function nearBorder(v: number): boolean {
  return Math.abs(v) < NEUTRAL + INTERPOLATION_ERROR || Math.abs(v - Math.round(v)) < INTERPOLATION_ERROR;
}

function pack(a: number, b: number): number {
  return ((fixed(a) << 16) | fixed(b)) >>> 0;
}

function fixed(v: number): number {
  return Math.abs(v) < NEUTRAL ? -AB_MIN * PACKED_STEPS : Math.floor((v - AB_MIN) * PACKED_STEPS);
}
