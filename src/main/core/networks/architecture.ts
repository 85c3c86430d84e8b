import { scalar, scale, subtract, type Mode, type Tensor } from '../graph/index.js';

/** What shapes a colorizer apart from its architecture. */
export interface NetworkOptions {
  /** Number of bins, the channels of the answer. */
  bins: number;
  /** Factor on the number of filters of the inner layers. */
  width: number;
  /** Share of activations dropped in training, 0 for none. */
  dropout: number;
}

/** What a network looks at. */
export interface NetworkInput {
  /** Raw L in 0..100. float32 [batch, height, width, 1] */
  lightness: Tensor;
  /** Where a network takes colour hints: a and b in ab units, and 1 where there is a hint, all 0 elsewhere. float32 [batch, height, width, 3] */
  hints?: Tensor;
}

/** A kind of network from lightness to one score for each bin and place. */
export interface Architecture {
  /** Pixels of the input, along each axis, that one place of the answer stands for. */
  outputStride: number;
  /** Sides of the input have to be multiples of it. */
  multiple: number;
  /** Pixels at each border of the input that get no answer. */
  border: number;
  /** Whether the layers can look at colour hints too. */
  takesHints: boolean;
  /** The layers. @returns logits float32 [batch, h, w, bins] */
  layers(input: NetworkInput, options: NetworkOptions, mode: Mode): Tensor;
}

/** Raw lightness 0..100 brought to -1..1. */
export function normalizedLightness(lightness: Tensor): Tensor {
  return scale(subtract(lightness, scalar(lightness.graph, 50)), 1 / 50, 'normalized_lightness');
}

/** Filters of a layer at a width, at least one. */
export function scaled(filters: number, width: number): number {
  return Math.max(1, Math.round(filters * width));
}
