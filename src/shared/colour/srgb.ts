/**
 * The sRGB transfer curve (IEC 61966-2-1, with scikit-image's constants).
 */

/** Linear light 0..1 of an sRGB value 0..1. */
export function srgbToLinear(v: number): number {
  return v > 0.04045 ? Math.pow((v + 0.055) / 1.055, 2.4) : v / 12.92;
}

/** sRGB value of linear light. Values outside 0..1 are not clamped: below 0 the straight part goes on. */
export function linearToSrgb(v: number): number {
  return v > 0.0031308 ? 1.055 * Math.pow(v, 1 / 2.4) - 0.055 : 12.92 * v;
}

/** Linear light of the sRGB values 0..255. Float64Array [256]. */
export const LINEAR_OF_BYTE: Float64Array = linearTable(256);

let linearOfWord: Float64Array | undefined;

/** Linear light of the 16-bit sRGB values 0..65535; made when first asked for. Float64Array [65536]. */
export function linearOfWords(): Float64Array {
  return (linearOfWord ??= linearTable(65536));
}

function linearTable(levels: number): Float64Array {
  return Float64Array.from({ length: levels }, (_, level) => srgbToLinear(level / (levels - 1)));
}
