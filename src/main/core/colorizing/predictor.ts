import type { LightnessRange } from '../../../shared/colour/lightness-range.js';

/** What a network looks at, of one or more pictures of one size. */
export interface NetworkInput {
  /** L 0..100. Float32Array [count, height, width] */
  lightness: Float32Array;
  /** a and b in ab units, and 1 where there is a hint; all 0 elsewhere. None where absent. Float32Array [count, height, width, 3] */
  hints?: Float32Array;
}

/**
 * What colorizing asks of a trained network; a run's colorizer is one.
 */
export interface AbPredictor {
  /** Shorter side, in pixels, at which photographs were seen in training. */
  readonly seenSide: number;
  /** Lightness of the photographs seen in training; the usual one where absent. */
  readonly lightnessRange?: LightnessRange;
  /** Pixels a side of a cell of the answer. */
  readonly stride: number;
  readonly bins: { readonly Q: number };
  /** Whether it looks at hints; one that does not goes by the lightness alone. */
  readonly takesHints: boolean;
  /**
   * Colours of pictures of one size: cell (i, j) is the colour of the pixels [i * stride, (i + 1) * stride) and so on.
   * @param temperature 1 the plain mean of the colours, towards 0 the likeliest one
   * @returns ab Float32Array [count, ceil(height / stride), ceil(width / stride), 2]
   */
  decode(input: NetworkInput, size: PictureBatch, temperature: number): CellColours | Promise<CellColours>;
}

export interface PictureBatch {
  width: number;
  height: number;
  count: number;
}

export interface CellColours {
  ab: Float32Array;
  width: number;
  height: number;
}
