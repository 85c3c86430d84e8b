/** Sizes of a tensor along each axis; `null` where a size is known only when the graph runs. Scalars are `[]`. */
export type Shape = readonly (number | null)[];

/** `[?, 32, 32, 1]`: the shape as messages write it. */
export function formatShape(shape: Shape): string {
  return `[${shape.map((size) => size ?? '?').join(', ')}]`;
}

/** True where every size is known. */
export function isStatic(shape: Shape): shape is readonly number[] {
  return shape.every((size) => size !== null);
}

/** Number of elements, or `null` where a size is unknown. */
export function elementCount(shape: Shape): number | null {
  return isStatic(shape) ? shape.reduce((product, size) => product * size, 1) : null;
}

/** True unless the two shapes can be told apart already. */
export function compatible(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === null || b[axis] === null || size === b[axis]);
}

/** What is known of one shape from two descriptions of it. Call on compatible shapes only. */
export function mergeShapes(a: Shape, b: Shape): Shape {
  return a.map((size, axis) => size ?? b[axis]);
}

/**
 * Shape of an element by element result (NumPy's broadcasting), or `null` where the shapes do not fit.
 * An unknown size beside a size above 1 becomes that size: anything else would fail when run.
 */
export function broadcastShapes(a: Shape, b: Shape): Shape | null {
  const rank = Math.max(a.length, b.length);
  const result: (number | null)[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = sizeFromEnd(a, rank - axis);
    const right = sizeFromEnd(b, rank - axis);
    if (left === right || right === 1) result.push(left);
    else if (left === 1) result.push(right);
    else if (left === null || right === null) result.push(left ?? right);
    else return null;
  }
  return result;
}

/**
 * Axes of `shape` (as broadcast to `result`) that a broadcast stretches, so that a gradient has to be summed over them;
 * `null` where that is known only when the graph runs.
 */
export function stretchedAxes(shape: Shape, other: Shape): number[] | null {
  const rank = Math.max(shape.length, other.length);
  const axes: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    if (axis < rank - shape.length) {
      axes.push(axis);
      continue;
    }
    const mine = sizeFromEnd(shape, rank - axis);
    const theirs = sizeFromEnd(other, rank - axis);
    if (theirs === 1 || (mine !== null && mine !== 1)) continue;
    if (mine === 1 && theirs !== null) axes.push(axis);
    else return null;
  }
  return axes;
}

/** Size along an axis counted from the end (1 is the last one); 1 where the shape has no such axis. */
function sizeFromEnd(shape: Shape, fromEnd: number): number | null {
  return fromEnd > shape.length ? 1 : shape[shape.length - fromEnd];
}
