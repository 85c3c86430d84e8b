/** The nodes of a graph, or of a graph beside another, as a drawing takes them. */
import type { GraphDifference } from '../frozen-graphs/graph-difference.js';
import type { GraphMessage, NodeMessage } from '../graph/schema.js';
import type { Change, DrawnNode } from './scope-tree.js';

export function drawnNodes({ node: nodes }: GraphMessage): DrawnNode[] {
  return nodes.map((node) => drawn(node));
}

/** Two graphs in one: nodes that only the second has stand behind those of the first, and what both have takes what it takes in either. */
export function drawnTogether(first: GraphMessage, second: GraphMessage, { onlyFirst, onlySecond, changed }: GraphDifference): DrawnNode[] {
  const changes = new Map<string, Change>([
    ...onlyFirst.map(({ name }) => [name, 'onlyFirst'] as const), ...onlySecond.map(({ name }) => [name, 'onlySecond'] as const), ...changed.map(({ name }) => [name, 'changed'] as const),
  ]);
  const [known, others] = [new Set(first.node.map(({ name }) => name)), new Map(second.node.map((node) => [node.name, node]))];
  const both = first.node.map((node) => ({ ...node, input: [...new Set([...(node.input ?? []), ...(others.get(node.name)?.input ?? [])])] }));
  return [...both, ...second.node.filter(({ name }) => !known.has(name))].map((node) => drawn(node, changes.get(node.name)));
}

function drawn({ name, op, input = [] }: NodeMessage, change?: Change): DrawnNode {
  return { name, operation: op, inputs: input, ...(change && { change }) };
}
