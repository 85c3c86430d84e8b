import type { Mode, Tensor } from '../graph/index.js';

/** What shapes a colorizer apart from its architecture. */
export interface NetworkOptions {
  /** Number of bins, the channels of the answer. */
  bins: number;
  /** Factor on the number of filters of the inner layers. */
  width: number;
  /** Share of activations dropped in training, 0 for none. */
  dropout: number;
}

/** A kind of network from lightness to one score for each bin and place. */
export interface Architecture {
  /** Pixels of the input, along each axis, that one place of the answer stands for. */
  outputStride: number;
  /** Sides of the input have to be multiples of it. */
  multiple: number;
  /** Pixels at each border of the input that get no answer. */
  border: number;
  /** The layers. lightness float32 [batch, height, width, 1], raw L in 0..100. @returns logits float32 [batch, h, w, bins] */
  layers(lightness: Tensor, options: NetworkOptions, mode: Mode): Tensor;
}

/** Filters of a layer at a width, at least one. */
export function scaled(filters: number, width: number): number {
  return Math.max(1, Math.round(filters * width));
}
