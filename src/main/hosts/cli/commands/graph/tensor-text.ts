/** A shape for people: `[?, 32, 32, 1]`; `[any]` where not even the number of axes is known. */
export function shapeText(shape: readonly (number | null)[] | null): string {
  return shape === null ? '[any]' : `[${shape.map((size) => size ?? '?').join(', ')}]`;
}

/** `float32 [?, 32, 32, 1]` */
export function tensorText({ type, shape }: { type: string; shape: readonly (number | null)[] | null }): string {
  return `${type} ${shapeText(shape)}`;
}

/** `the same to the last bit`, or the largest difference in two digits. */
export function differenceText(largest: number): string {
  return largest === 0 ? 'the same to the last bit' : `largest difference ${largest.toPrecision(2)}`;
}
