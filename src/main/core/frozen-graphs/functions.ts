/** The functions of a graph's library. */
import type { FunctionMessage, GraphMessage } from '../graph/schema.js';

export function functionsOf(graph: GraphMessage): ReadonlyMap<string, FunctionMessage> {
  return new Map((graph.library?.function ?? []).map((body) => [body.signature.name, body]));
}
