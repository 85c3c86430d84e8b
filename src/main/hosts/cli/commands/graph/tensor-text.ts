/** A shape for people: `[?, 32, 32, 1]`; `[any]` where not even the number of axes is known. */
export function shapeText(shape: readonly (number | null)[] | null): string {
  return shape === null ? '[any]' : `[${shape.map((size) => size ?? '?').join(', ')}]`;
}

/** `float32 [?, 32, 32, 1]` */
export function tensorText({ type, shape }: { type: string; shape: readonly (number | null)[] | null }): string {
  return `${type} ${shapeText(shape)}`;
}

/** Bytes for people: `12 bytes`, `340 KB`, `36.2 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toPrecision(3)} KB` : bytes < 1e9 ? `${(bytes / 1e6).toPrecision(3)} MB` : `${(bytes / 1e9).toPrecision(3)} GB`;
}
