/** Networks that know what they say: oracles and simple rules in place of a trained run. */
import { labPlanes } from '../../../../src/shared/colour/lab.js';
import type { AbPredictor, CellColours, PictureBatch } from '../../../../src/main/core/colorizing/predictor.js';
import { seenSize } from '../../../../src/main/core/colorizing/seen-picture.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';
import type { Pixels } from '../../../../src/main/core/photos/decode.js';

export interface PredictorOptions {
  seenSide?: number;
  stride?: number;
  Q?: number;
}

/** Answers each cell by a rule of its mean lightness and place. */
export function rulePredictor(
  rule: (L: number, x: number, y: number) => [a: number, b: number],
  { seenSide = 64, stride = 4, Q = 100 }: PredictorOptions = {},
): AbPredictor & { calls: PictureBatch[] } {
  const calls: PictureBatch[] = [];
  return {
    seenSide, stride, bins: { Q }, takesHints: false, calls,
    decode({ lightness }, size) {
      calls.push(size);
      return cellsOf(lightness, size, stride, (L, x, y) => rule(L, x, y));
    },
  };
}

/** Knows one picture: answers with the cell means of the true ab. */
export async function oracleOf(truth: Pixels, { seenSide = 64, stride = 4, Q = 100 }: PredictorOptions = {}): Promise<AbPredictor> {
  const size = seenSize(truth.width, truth.height, seenSide);
  const small = await sharp(truth.data, { raw: { width: truth.width, height: truth.height, channels: 3 } })
    .resize({ ...size, fit: 'fill' }).toColourspace('srgb').raw().toBuffer();
  const { a, b } = labPlanes(small);
  const meanA = cellsOf(a, { ...size, count: 1 }, stride, (mean) => [mean, 0]);
  const meanB = cellsOf(b, { ...size, count: 1 }, stride, (mean) => [0, mean]);
  return { seenSide, stride, bins: { Q }, takesHints: false, decode: () => ({ ...meanA, ab: meanA.ab.map((v, i) => v + meanB.ab[i]) }) };
}

function cellsOf(
  plane: Float32Array,
  { width, height, count }: PictureBatch,
  stride: number,
  answer: (mean: number, x: number, y: number) => [number, number],
): CellColours {
  const across = Math.ceil(width / stride);
  const down = Math.ceil(height / stride);
  const ab = new Float32Array(count * across * down * 2);
  for (let n = 0, p = 0; n < count; n++) {
    for (let y = 0; y < down; y++) {
      for (let x = 0; x < across; x++, p += 2) ab.set(answer(meanOf(n, x, y), x, y), p);
    }
  }
  return { ab, width: across, height: down };

  function meanOf(n: number, cx: number, cy: number): number {
    let sum = 0;
    let pixels = 0;
    for (let y = cy * stride; y < Math.min(height, (cy + 1) * stride); y++) {
      for (let x = cx * stride; x < Math.min(width, (cx + 1) * stride); x++, pixels++) sum += plane[(n * height + y) * width + x];
    }
    return sum / pixels;
  }
}
