/** Pictures brought to a size that a network takes, and its answers brought back. */
import type { NetworkInput } from '../colorizing/predictor.js';

/** Pictures of one size. */
export interface PictureBatch {
  height: number;
  width: number;
  /** 1 where absent. */
  count?: number;
}

/** What a network asks of its input: sides of a multiple, counted without the border that it loses all around. */
export interface InputGeometry {
  multiple: number;
  border: number;
}

/** Cells of the answer for pictures of a size. */
export function answerSize({ height, width }: PictureBatch, stride: number): { height: number; width: number } {
  return { height: Math.ceil(height / stride), width: Math.ceil(width / stride) };
}

/** Pictures mirrored beyond their borders: by what the network loses there, and up to a size it takes. */
export function paddedPictures({ lightness, hints }: NetworkInput, { height, width, count = 1 }: PictureBatch, { border, multiple }: InputGeometry) {
  const rows = mirroredIndices(height, border, multiple);
  const columns = mirroredIndices(width, border, multiple);
  const padded = (values: Float32Array, depth: number) => {
    const result = new Float32Array(count * rows.length * columns.length * depth);
    let to = 0;
    for (let n = 0; n < count; n++) {
      for (const row of rows) {
        const from = (n * height + row) * width;
        for (const column of columns) {
          for (let channel = 0; channel < depth; channel++) result[to++] = values[(from + column) * depth + channel];
        }
      }
    }
    return result;
  };
  return { count, height: rows.length, width: columns.length, lightness: padded(lightness, 1), ...(hints && { hints: padded(hints, 3) }) };
}

/** Takes off the cells that lie beyond the pictures. @param answer [count, height, width, depth] */
export function cutAnswer(answer: Float32Array, { height, width, depth }: { height: number; width: number; depth: number }, size: PictureBatch, stride: number): Float32Array {
  const wanted = answerSize(size, stride);
  if (wanted.height === height && wanted.width === width) return answer;
  const count = size.count ?? 1;
  const cut = new Float32Array(count * wanted.height * wanted.width * depth);
  for (let n = 0, to = 0; n < count; n++) {
    for (let row = 0; row < wanted.height; row++, to += wanted.width * depth) {
      const from = (n * height + row) * width * depth;
      cut.set(answer.subarray(from, from + wanted.width * depth), to);
    }
  }
  return cut;
}

/**
 * Where the rows (or columns) of a padded picture come from: `border` more before, at least as many behind, in all a multiple of
 * what the network takes (counted without the border). Reflection without repeating the edge; a picture narrower than
 * that is reflected again and again.
 */
function mirroredIndices(side: number, border: number, multiple: number): Int32Array {
  const inner = Math.ceil(side / multiple) * multiple;
  const period = Math.max(1, 2 * side - 2);
  return Int32Array.from({ length: inner + 2 * border }, (_, index) => {
    const place = (((index - border) % period) + period) % period;
    return place < side ? place : period - place;
  });
}
