/** Names that promise a graph, a model or a checkpoint. What a file is, its content tells. */

const GRAPH = /\.(pb|pbtxt|meta|index|json|bin|data-\d{5}-of-\d{5})$/i;

export function namedLikeGraph(name: string): boolean {
  return GRAPH.test(name);
}
