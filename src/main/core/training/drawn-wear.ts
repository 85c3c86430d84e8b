/** Pieces of photographs shown as old scans have them, so that a network learns to look past wear. */
import type { Random } from '../../../shared/random.js';
import { WEARS } from '../../../shared/run/evaluation.js';
import { wearLightness } from '../evaluation/wear.js';

/**
 * Wears a piece's lightness by one of the recipes, each as likely; its colours stay what is to be learnt.
 * @param share How likely a piece is worn, 0..1. @param L Float32Array [side, side], worn in place
 */
export function drawWear(L: Float32Array, side: number, share: number, random: Random): void {
  if (random.uniform() >= share) return;
  wearLightness(WEARS[random.integer(WEARS.length)], L, { width: side, height: side }, random);
}
