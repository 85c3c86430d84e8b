/**
 * CIE Lab of sRGB colours (D65, 2 degree observer) with scikit-image's numbers, so that ours can be compared with
 * theirs: exact for single colours, by interpolated tables (within 0.0005 of the exact value) for whole pictures.
 */
import { LINEAR_OF_BYTE, linearOfWords, linearToSrgb, srgbToLinear } from './srgb.js';

/** L 0..100, a and b within [-110, 110). */
export type Lab = [L: number, a: number, b: number];
export type Rgb = [r: number, g: number, b: number];

/** Linear sRGB to XYZ, each row divided by the white point 0.95047, 1, 1.08883: relative XYZ. */
const WHITE = [0.95047, 1, 1.08883] as const;
const [XR, XG, XB] = [0.412453 / WHITE[0], 0.35758 / WHITE[0], 0.180423 / WHITE[0]];
const [YR, YG, YB] = [0.212671, 0.71516, 0.072169];
const [ZR, ZG, ZB] = [0.019334 / WHITE[2], 0.119193 / WHITE[2], 0.950227 / WHITE[2]];
const INVERSE = inverse3([XR, XG, XB, YR, YG, YB, ZR, ZG, ZB]);

const THRESHOLD = 0.008856;
const SLOPE = 7.787;
const OFFSET = 16 / 116;

/** The nonlinearity of Lab: cube root of relative X, Y or Z, straight near black. */
function compress(t: number): number {
  return t > THRESHOLD ? Math.cbrt(t) : SLOPE * t + OFFSET;
}

/** Inverse of `compress`. The two parts of the curve miss each other by 1e-7 at the threshold; there the cube wins. */
function expand(f: number): number {
  const cube = f * f * f;
  return cube > THRESHOLD ? cube : (f - OFFSET) / SLOPE;
}

/**
 * Lab of an sRGB colour.
 * @param r,g,b 0..255, fractions allowed: a 16-bit value v is v / 257.
 * @param out filled and returned instead of a new array.
 */
export function srgbToLab(r: number, g: number, b: number, out: Lab = [0, 0, 0]): Lab {
  const lr = srgbToLinear(r / 255);
  const lg = srgbToLinear(g / 255);
  const lb = srgbToLinear(b / 255);
  const fx = compress(XR * lr + XG * lg + XB * lb);
  const fy = compress(YR * lr + YG * lg + YB * lb);
  const fz = compress(ZR * lr + ZG * lg + ZB * lb);
  out[0] = 116 * fy - 16;
  out[1] = 500 * (fx - fy);
  out[2] = 200 * (fy - fz);
  return out;
}

/** Linear sRGB light of a Lab colour, 0..1 where the colour lies inside sRGB; outside it is not clamped. */
export function labToLinear(L: number, a: number, b: number, out: Rgb = [0, 0, 0]): Rgb {
  const fy = (L + 16) / 116;
  const x = expand(fy + a / 500);
  const y = expand(fy);
  const z = expand(fy - b / 200);
  out[0] = INVERSE[0] * x + INVERSE[1] * y + INVERSE[2] * z;
  out[1] = INVERSE[3] * x + INVERSE[4] * y + INVERSE[5] * z;
  out[2] = INVERSE[6] * x + INVERSE[7] * y + INVERSE[8] * z;
  return out;
}

/** sRGB 0..1 of a Lab colour; not clamped, so that a value below 0 or above 1 tells that sRGB cannot show it. */
export function labToSrgb(L: number, a: number, b: number, out: Rgb = [0, 0, 0]): Rgb {
  labToLinear(L, a, b, out);
  out[0] = linearToSrgb(out[0]);
  out[1] = linearToSrgb(out[1]);
  out[2] = linearToSrgb(out[2]);
  return out;
}

/** Interleaved RGB samples of a picture, three a pixel: 8 bit as Uint8Array, 16 bit as Uint16Array. */
export type RgbSamples = Uint8Array | Uint8ClampedArray | Uint16Array;

/** Lab planes of a picture, each Float32Array [pixels]. */
export interface LabPlanes {
  L: Float32Array;
  a: Float32Array;
  b: Float32Array;
}

const STEPS = 16384;
/** `compress` at k / STEPS; one entry more than 0..1 needs, so that interpolation at 1 stays inside. Float64Array [STEPS + 2]. */
export const LAB_CURVE = Float64Array.from({ length: STEPS + 2 }, (_, k) => compress(k / STEPS));

/** `compress(t / STEPS)` by linear interpolation: within 3e-7. */
function compressFast(t: number): number {
  const k = t | 0;
  const low = LAB_CURVE[k];
  return low + (LAB_CURVE[k + 1] - low) * (t - k);
}

/**
 * a and b of an 8-bit sRGB colour from the tables that `labPlanes` uses.
 * @param r,g,b 0..255, whole
 * @param out filled with a and b and returned
 */
export function interpolatedAb(r: number, g: number, b: number, out: Float64Array): Float64Array {
  const red = LINEAR_OF_BYTE[r] * STEPS;
  const green = LINEAR_OF_BYTE[g] * STEPS;
  const blue = LINEAR_OF_BYTE[b] * STEPS;
  const fy = compressFast(YR * red + YG * green + YB * blue);
  out[0] = 500 * (compressFast(XR * red + XG * green + XB * blue) - fy);
  out[1] = 200 * (fy - compressFast(ZR * red + ZG * green + ZB * blue));
  return out;
}

/** Lightness of a whole picture. @returns Float32Array [pixels], 0..100 */
export function lightnessOf(rgb: RgbSamples, out: Float32Array = new Float32Array(rgb.length / 3)): Float32Array {
  const linear = linearTableFor(rgb);
  const [yr, yg, yb] = [YR * STEPS, YG * STEPS, YB * STEPS];
  for (let i = 0, p = 0; i < out.length; i++, p += 3) {
    const y = yr * linear[rgb[p]] + yg * linear[rgb[p + 1]] + yb * linear[rgb[p + 2]];
    out[i] = 116 * compressFast(y) - 16;
  }
  return out;
}

/** Lab of a whole picture. @param out planes to fill, Float32Array [pixels] each */
export function labPlanes(rgb: RgbSamples, out: LabPlanes = emptyPlanes(rgb.length / 3)): LabPlanes {
  const linear = linearTableFor(rgb);
  const { L, a, b } = out;
  for (let i = 0, p = 0; i < L.length; i++, p += 3) {
    const red = linear[rgb[p]] * STEPS;
    const green = linear[rgb[p + 1]] * STEPS;
    const blue = linear[rgb[p + 2]] * STEPS;
    const fx = compressFast(XR * red + XG * green + XB * blue);
    const fy = compressFast(YR * red + YG * green + YB * blue);
    const fz = compressFast(ZR * red + ZG * green + ZB * blue);
    L[i] = 116 * fy - 16;
    a[i] = 500 * (fx - fy);
    b[i] = 200 * (fy - fz);
  }
  return out;
}

function emptyPlanes(pixels: number): LabPlanes {
  return { L: new Float32Array(pixels), a: new Float32Array(pixels), b: new Float32Array(pixels) };
}

function linearTableFor(rgb: RgbSamples): Float64Array {
  return rgb instanceof Uint16Array ? linearOfWords() : LINEAR_OF_BYTE;
}

/** Inverse of a 3x3 matrix given row by row (adjugate over determinant). */
function inverse3([a, b, c, d, e, f, g, h, i]: number[]): number[] {
  const adjugate = [
    e * i - f * h, c * h - b * i, b * f - c * e,
    f * g - d * i, a * i - c * g, c * d - a * f,
    d * h - e * g, b * g - a * h, a * e - b * d,
  ];
  const determinant = a * adjugate[0] + b * adjugate[3] + c * adjugate[6];
  return adjugate.map((v) => v / determinant);
}
