/**
 * Lightness as other prints of the same photograph would have it: more or less contrast, brighter or darker. Colours stay what they were, so that
 * a network learns not to go by a photograph's exact grays.
 */
import type { Random } from '../../../shared/random.js';

/** L becomes 50 + contrast (L - 50) + brightness, within 0..100. */
export interface LightnessChange {
  contrast: number;
  /** Units of L. */
  brightness: number;
}

/** @param most Share of the whole range, 0..0.5: contrast lies within 1 - most and 1 + most, brightness within half of it either way. */
export function drawLightnessChange(most: number, random: Random): LightnessChange {
  const between = () => most * (2 * random.uniform() - 1);
  return { contrast: 1 + between(), brightness: 50 * between() };
}

/** @param L 0..100 @returns Float32Array of the same length */
export function changedLightness(L: Float32Array, { contrast, brightness }: LightnessChange): Float32Array {
  return L.map((value) => Math.min(100, Math.max(0, 50 + contrast * (value - 50) + brightness)));
}
