/** How graphs, tensors and places are named on the screen Graphs. */

/** The last part of a path; of a file that is named like many others, or like the one beside it, with its folder. */
export function fileName(path: string, beside?: string): string {
  const parts = path.split(/[/\\]/).filter(Boolean);
  const name = parts.at(-1) ?? '';
  const isCommon = /^(graph|saved_model|model|frozen)\.(pb|pbtxt|json)$/.test(name) || (beside !== undefined && beside !== path && beside.split(/[/\\]/).at(-1) === name);
  return parts.slice(isCommon ? -2 : -1).join('/') || path;
}

/** `float32 ? × 32 × 32 × 1`; a scalar has no sizes. */
export function tensorText({ type, shape }: { type: string; shape: readonly (number | null)[] | null }): string {
  return `${type} ${shapeText(shape)}`.trim();
}

/** Sizes along the axes; `?` where any size is taken, nothing known where not even the number of axes is. */
export function shapeText(shape: readonly (number | null)[] | null): string {
  if (shape === null) return 'of any shape';
  return shape.length ? shape.map((size) => size?.toLocaleString('en') ?? '?').join(' × ') : 'one value';
}

/** The node that an input names: `split:1` and `^init` without their additions. */
export function nodeOfInput(input: string): string {
  return input.replace(/^\^/, '').replace(/:\d+$/, '');
}
