/** What of a graph its outputs need: nodes by values and by controls, and the functions that these call, however deep. */
import { calledFunctions } from '../graph-operations/allowed.js';
import type { FunctionMessage, GraphMessage, NodeMessage } from '../graph/schema.js';
import { neededBy } from './reference.js';

export interface Reachable {
  /** In the graph's order. */
  nodes: NodeMessage[];
  /** In the library's order. */
  functions: FunctionMessage[];
}

/** @param outputs Names of nodes; those that the graph does not have are passed over. */
export function reachable(graph: GraphMessage, outputs: readonly string[], functions: ReadonlyMap<string, FunctionMessage>): Reachable {
  const wanted = reachableNames(graph.node, outputs);
  const nodes = graph.node.filter(({ name }) => wanted.has(name));
  const called = new Set<string>();
  const waiting = [...nodes];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    for (const name of calledFunctions(node, functions)) {
      const body = called.has(name) ? undefined : functions.get(name);
      called.add(name);
      waiting.push(...(body?.nodeDef ?? []));
    }
  }
  return { nodes, functions: [...functions.values()].filter(({ signature }) => called.has(signature.name)) };
}

/** Names of the nodes that some nodes need, these included. */
export function reachableNames(nodes: readonly NodeMessage[], outputs: readonly string[]): Set<string> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const seen = new Set<string>();
  const waiting = [...outputs];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const node = byName.get(name);
    if (node === undefined || seen.has(name)) continue;
    seen.add(name);
    waiting.push(...neededBy(node));
  }
  return seen;
}
