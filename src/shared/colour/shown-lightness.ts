/** What a network is shown of an old scan: the lightness that it would have if print and film had not aged. */
import { type PlaneSize, withoutGrain } from './grain.js';
import { type LightnessRange, spreadLightness } from './lightness-range.js';
import { withoutScratches } from './scratches.js';

/**
 * A faded range spread, grain smoothed, scratches closed; of fresh photographs nearly all stay as they are.
 * @param L 0..100, Float32Array [height, width] @param known Range of the photographs that the network has learnt from.
 * @returns the same plane where nothing was to be done, otherwise another
 */
export function shownLightness(L: Float32Array, size: PlaneSize, known: LightnessRange): Float32Array {
  return withoutScratches(withoutGrain(spreadLightness(L, known), size), size);
}
