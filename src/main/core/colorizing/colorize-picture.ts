/**
 * One picture, coloured.
 */
import type { Hint } from '../../../shared/colour/hints.js';
import type { Pixels } from '../photos/decode.js';
import { predictColours } from './coarse-colours.js';
import { paintPicture } from './painted-picture.js';
import type { AbPredictor } from './predictor.js';
import { seePicture, withHints } from './seen-picture.js';

/**
 * Colours a picture of any size, gray or colour; size, depth and lightness stay.
 * @param temperature see AbPredictor.decode
 */
export async function colorizePicture<P extends Pixels>(pixels: P, predictor: AbPredictor, temperature: number, hints: readonly Hint[] = []): Promise<P> {
  const seen = withHints(await seePicture(pixels, predictor), hints);
  const [coarse] = await predictColours(predictor, [seen], temperature);
  return paintPicture(pixels, seen, coarse, predictor.stride);
}
