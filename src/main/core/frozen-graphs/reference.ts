/** How graphs refer to what their nodes give: `conv1`, `conv1:1`, `^conv1` (run it first); within functions `conv1:output:0`. */

export interface Reference {
  node: string;
  /** Which output of the node. */
  index: number;
  /** Nothing flows: the node only has to run before. */
  control: boolean;
  /** Name of the output's argument, within functions. */
  argument?: string;
}

export function parseReference(text: string): Reference {
  if (text.startsWith('^')) return { node: text.slice(1), index: 0, control: true };
  const inner = /^(.+):([A-Za-z]\w*):(\d+)$/.exec(text);
  if (inner) return { node: inner[1], argument: inner[2], index: Number(inner[3]), control: false };
  const outer = /^(.+):(\d+)$/.exec(text);
  return outer ? { node: outer[1], index: Number(outer[2]), control: false } : { node: text, index: 0, control: false };
}

export function formatReference({ node, index, control }: Reference): string {
  if (control) return `^${node}`;
  return index === 0 ? node : `${node}:${index}`;
}

/** Nodes that a node needs, controls included. */
export function neededBy({ input = [] }: { input?: readonly string[] }): string[] {
  return input.map((text) => parseReference(text).node);
}
