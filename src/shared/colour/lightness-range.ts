/**
 * How much of the scale from black to white a picture uses. A faded print uses a part of it in the middle; a network that has learnt
 * from fresh photographs does better on it when it is shown the lightness spread to the range that it knows.
 */

/** L 0..100, low below high. */
export interface LightnessRange {
  low: number;
  high: number;
}

/** Of 2,500 photographs of landscapes and towns the medians; for networks of before their range was kept. */
export const USUAL_RANGE: LightnessRange = { low: 5, high: 88 };

/** Share of the pixels that may lie below and above: a scan's dust and borders say nothing of the print. */
const BEYOND = 0.02;
/** A range below this share of the known one counts as faded. */
const NARROW = 0.6;
/** Ranges of fewer units of L hold no picture to be spread: a sheet of paper, a gray card. */
const EMPTY = 8;

/** Where all but the darkest and the lightest two hundredths of the pixels lie. @param L 0..100, Float32Array [pixels], at least one */
export function rangeOf(L: Float32Array): LightnessRange {
  const sorted = Float32Array.from(L).sort();
  const last = sorted.length - 1;
  return { low: sorted[Math.round(BEYOND * last)], high: sorted[Math.round((1 - BEYOND) * last)] };
}

/**
 * The lightness spread evenly to the range that is known, where it is faded: neither its blacks are black nor its whites white, as those
 * of clouds and of night are. Otherwise as it is.
 * @param L 0..100, Float32Array [pixels]
 * @param known Range of the photographs that the network has learnt from.
 */
export function spreadLightness(L: Float32Array, known: LightnessRange): Float32Array {
  const { low, high } = rangeOf(L);
  const [width, wanted] = [high - low, known.high - known.low];
  const isFaded = low > known.low && high < known.high && width < NARROW * wanted;
  if (!isFaded || width < EMPTY) return L;
  return L.map((value) => Math.min(100, Math.max(0, known.low + ((value - low) * wanted) / width)));
}

/** The range that is typical of some pictures: the medians of their ends, in whole units of L. @param ranges at least one */
export function typicalRange(ranges: readonly LightnessRange[]): LightnessRange {
  const median = (ends: number[]) => Math.round(ends.sort((x, y) => x - y)[Math.floor(ends.length / 2)]);
  return { low: median(ranges.map(({ low }) => low)), high: median(ranges.map(({ high }) => high)) };
}
