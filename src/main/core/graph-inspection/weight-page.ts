/** Some filters of a tensor of weights, as a grid of small pictures shows them. */
import type { ConstantValues } from '../graph-files/constant.js';

/** Which of the inputs and outputs. */
export interface WeightWish {
  firstInput: number;
  firstOutput: number;
  inputs: number;
  outputs: number;
}

export interface WeightPage extends WeightWish {
  /** [height, width, in, out] of the whole tensor */
  shape: [number, number, number, number];
  /** Row-major [height, width, inputs, outputs]; null where a value is no finite number */
  values: (number | null)[];
}

/** Values that a page holds. */
const MOST = 2 ** 18;

/** @param shape Of the whole tensor, row-major. What is wished beyond its ends, or beyond what a page holds, is left out. */
export function weightPage(shape: readonly number[], { at }: ConstantValues, wish: WeightWish): WeightPage {
  const [height, width, into, out] = kernelShape(shape);
  const room = Math.max(1, Math.floor(MOST / Math.max(1, height * width)));
  const inputs = Math.max(0, Math.min(wish.inputs, into - wish.firstInput, room));
  const outputs = Math.max(0, Math.min(wish.outputs, out - wish.firstOutput, Math.floor(room / Math.max(1, inputs))));
  const values: (number | null)[] = [];
  for (let place = 0; place < (height * width <= MOST ? height * width : 0); place++) {
    for (let i = wish.firstInput; i < wish.firstInput + inputs; i++) {
      for (let o = wish.firstOutput; o < wish.firstOutput + outputs; o++) {
        const value = at((place * into + i) * out + o);
        values.push(Number.isFinite(value) ? value : null);
      }
    }
  }
  return { shape: [height, width, into, out], firstInput: wish.firstInput, firstOutput: wish.firstOutput, inputs, outputs, values };
}

/**
 * A tensor of any number of axes as [height, width, in, out]: the last two are inputs and outputs, a bias has one input, and what stands before a
 * kernel's width is put on top of each other.
 */
export function kernelShape(shape: readonly number[]): [number, number, number, number] {
  const padded = [...Array<number>(Math.max(0, 4 - shape.length)).fill(1), ...shape];
  const [width, into, out] = padded.slice(-3);
  return [padded.slice(0, -3).reduce((product, size) => product * size, 1), width, into, out];
}
