/**
 * What colorizing asks of a trained network; a run's colorizer is one.
 */
export interface AbPredictor {
  /** Shorter side, in pixels, at which photographs were seen in training. */
  readonly seenSide: number;
  /** Pixels a side of a cell of the answer. */
  readonly stride: number;
  readonly bins: { readonly Q: number };
  /**
   * Colours of pictures of one size: cell (i, j) is the colour of the pixels [i * stride, (i + 1) * stride) and so on.
   * @param lightness L 0..100, Float32Array [count, height, width]
   * @param temperature 1 the plain mean of the colours, towards 0 the likeliest one
   * @returns ab Float32Array [count, ceil(height / stride), ceil(width / stride), 2]
   */
  decode(lightness: Float32Array, size: PictureBatch, temperature: number): CellColours | Promise<CellColours>;
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
