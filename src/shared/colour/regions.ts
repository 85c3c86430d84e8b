/** Parts of the ab plane that people have words for, and how much of a set of photographs lies in them. */
import { AB_CELLS, AB_MIN } from './cells.js';
import type { ColourHistogram } from './histogram.js';

/** Chroma up to which a colour is called desaturated, in ab units. */
export const DESATURATED = 20;
/** Angles of hue between which a colour is called pink or red, in degrees; 0 points to +a. */
const PINK_RED = { from: -30, to: 45 } as const;

/** Share of the pixels that hardly have a colour: the centre of the plane. 0..1; NaN of no pixels */
export function desaturatedShare(histogram: ColourHistogram): number {
  return shareWhere(histogram, (a, b) => Math.hypot(a, b) <= DESATURATED);
}

/** Share of the pixels that are pink or red. 0..1; NaN of no pixels */
export function pinkRedShare(histogram: ColourHistogram): number {
  return shareWhere(histogram, (a, b) => {
    const hue = (Math.atan2(b, a) * 180) / Math.PI;
    return Math.hypot(a, b) > DESATURATED && hue >= PINK_RED.from && hue <= PINK_RED.to;
  });
}

/** @param isIn Is asked about the centre of each cell. */
function shareWhere({ counts, pixels }: ColourHistogram, isIn: (a: number, b: number) => boolean): number {
  let inside = 0;
  counts.forEach((count, cell) => {
    if (count > 0 && isIn(Math.floor(cell / AB_CELLS) + AB_MIN + 0.5, (cell % AB_CELLS) + AB_MIN + 0.5)) inside += count;
  });
  return inside / pixels;
}
