/** Which lightness a training sees: what an old scan is spread to before the network colorizes it. */
import { type LightnessRange, rangeOf, typicalRange } from '../../../shared/colour/lightness-range.js';
import type { Batch } from './batch.js';
import type { BatchSource } from './batch-source.js';

/** Steps whose pieces are looked at: enough for a median. */
const STEPS = 4;

/** Range of the lightness of the pieces that the first steps learn from, in whole units of L. @throws UserError as `BatchSource.training` */
export async function seenLightness(source: Pick<BatchSource, 'training'>): Promise<LightnessRange> {
  const batches = await Promise.all(Array.from({ length: STEPS }, (_, k) => source.training(k + 1)));
  return typicalRange(batches.flatMap(piecesOf).map(rangeOf));
}

/** Lightness of each piece. Float32Array [patch, patch] */
function piecesOf({ count, lightness }: Batch): Float32Array[] {
  const pixels = lightness.length / count;
  return Array.from({ length: count }, (_, n) => lightness.subarray(n * pixels, (n + 1) * pixels));
}
