/**
 * Colour hints as a training shows them: true colours at a few random places, as a person would give them (Zhang et al. 2017,
 * "Real-Time User-Guided Image Colorization with Learned Deep Priors", section 3.1).
 */
import type { LabPlanes } from '../../../shared/colour/lab.js';
import type { Random } from '../../../shared/random.js';

/** Share of the pieces that are shown without a hint: most photographs are colorized without any. */
const WITHOUT = 0.6;
/** Chance that a hint is the last one: their number is spread geometrically. */
const LAST = 1 / 8;
/** Longest side of a hint's square, in pixels. */
const LONGEST_SIDE = 9;
/** Chance that a piece with hints is shown with all of its colours: what is given is to be kept. */
const ALL = 1 / 100;

/**
 * @param planes The piece's colours in Lab. Float32Array [side, side] each
 * @param out a, b and 1 at places with a hint, left as it is elsewhere. Float32Array [side, side, 3]
 */
export function drawHints({ a, b }: Pick<LabPlanes, 'a' | 'b'>, side: number, random: Random, out: Float32Array): void {
  if (random.uniform() < WITHOUT) return;
  if (random.uniform() < ALL) return writeHint({ a, b }, side, { x: 0, y: 0, width: side, height: side }, out, false);
  do {
    const length = 1 + random.integer(LONGEST_SIDE);
    const [x, y] = [random.integer(side - length + 1), random.integer(side - length + 1)];
    writeHint({ a, b }, side, { x, y, width: length, height: length }, out, true);
  } while (random.uniform() >= LAST);
}

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** @param even Whether the hint has the mean colour of its pixels everywhere. */
function writeHint({ a, b }: Pick<LabPlanes, 'a' | 'b'>, side: number, rectangle: Rectangle, out: Float32Array, even: boolean): void {
  const places = placesIn(rectangle, side);
  const [meanA, meanB] = [a, b].map((plane) => places.reduce((sum, place) => sum + plane[place], 0) / places.length);
  for (const place of places) {
    out[3 * place] = even ? meanA : a[place];
    out[3 * place + 1] = even ? meanB : b[place];
    out[3 * place + 2] = 1;
  }
}

function placesIn({ x, y, width, height }: Rectangle, side: number): number[] {
  return Array.from({ length: width * height }, (_, k) => (y + Math.floor(k / width)) * side + x + (k % width));
}
