/**
 * Colour hints: colours that a person gives places of a photograph, for a network that was taught to follow them (Zhang et
 * al. 2017, "Real-Time User-Guided Image Colorization with Learned Deep Priors").
 */
import { z } from 'zod';
import { AB_MAX, AB_MIN } from './cells.js';

/** Hints that one photograph can have. */
export const MOST_HINTS = 256;

/** Side of a hint's square as a network sees it, in pixels: in the middle of those it is taught with (1 to 9). */
export const HINT_SIDE = 5;

const part = z.number().min(0).max(1);
const chromaticity = z.number().min(AB_MIN).max(AB_MAX);

/** A place, as parts of the width and height of the upright photograph, and its colour in ab units; the lightness stays the photograph's own. */
export const hintSchema = z.strictObject({ x: part, y: part, a: chromaticity, b: chromaticity });
export type Hint = z.infer<typeof hintSchema>;

export const hintsSchema = z.array(hintSchema).max(MOST_HINTS);

/**
 * Hints as a network takes them, at the size at which it sees the photograph. Squares that would overlap share the pixels:
 * each goes to the nearest hint, the later one of two alike.
 * @returns a, b and 1 within the squares, 0 elsewhere. Float32Array [height, width, 3]; undefined where there is no hint
 */
export function hintPlanes(hints: readonly Hint[], { width, height }: { width: number; height: number }): Float32Array | undefined {
  if (hints.length === 0) return undefined;
  const planes = new Float32Array(width * height * 3);
  const distances = new Float64Array(width * height).fill(Infinity);
  const reach = (HINT_SIDE - 1) / 2;
  for (const { x, y, a, b } of hints) {
    const [column, row] = [pixelAt(x, width), pixelAt(y, height)];
    for (let v = Math.max(0, row - reach); v <= Math.min(height - 1, row + reach); v++) {
      for (let u = Math.max(0, column - reach); u <= Math.min(width - 1, column + reach); u++) {
        const place = v * width + u;
        const distance = (u + 0.5 - x * width) ** 2 + (v + 0.5 - y * height) ** 2;
        if (distance > distances[place]) continue;
        distances[place] = distance;
        planes.set([a, b, 1], 3 * place);
      }
    }
  }
  return planes;
}

/** The far edges belong to the last pixel. */
function pixelAt(place: number, length: number): number {
  return Math.min(length - 1, Math.floor(place * length));
}
