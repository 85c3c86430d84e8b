/** How two graphs differ: nodes that only one has, and what changed in those that both have. */
import { attributesOf, tensorAttribute } from '../graph-files/attributes.js';
import { constantShape, constantValues, type ConstantValues } from '../graph-files/constant.js';
import type { GraphMessage, NodeMessage } from '../graph/schema.js';
import { attributeText } from './node-list.js';

export interface NodeDifference {
  name: string;
  operation: string;
  /** What changed, a sentence each: `strides [1, 2, 2, 1] instead of [1, 1, 1, 1]`. */
  changes: string[];
}

export interface GraphDifference {
  /** Nodes that only the first has. */
  onlyFirst: { name: string; operation: string }[];
  onlySecond: { name: string; operation: string }[];
  changed: NodeDifference[];
  /** Nodes that are the same in both, values of constants included. */
  same: number;
}

export function differenceOfGraphs(first: GraphMessage, second: GraphMessage): GraphDifference {
  const [before, after] = [first, second].map((graph) => new Map(graph.node.map((node) => [node.name, node])));
  const only = (nodes: readonly NodeMessage[], others: ReadonlyMap<string, NodeMessage>) => nodes.filter(({ name }) => !others.has(name)).map(({ name, op }) => ({ name, operation: op }));
  const both = first.node.filter(({ name }) => after.has(name)).map((node) => ({ name: node.name, operation: node.op, changes: changesOf(node, after.get(node.name) as NodeMessage) }));
  const changed = both.filter(({ changes }) => changes.length > 0);
  return { onlyFirst: only(first.node, after), onlySecond: only(second.node, before), changed, same: both.length - changed.length };
}

function changesOf(before: NodeMessage, after: NodeMessage): string[] {
  const changes: string[] = [];
  if (before.op !== after.op) changes.push(`operation ${after.op} instead of ${before.op}`);
  const inputs = (node: NodeMessage) => (node.input ?? []).map((input) => input.replace(/:0$/, '')).join(', ') || 'nothing';
  if (inputs(before) !== inputs(after)) changes.push(`takes ${inputs(after)} instead of ${inputs(before)}`);
  const names = [...new Set([...Object.keys(attributesOf(before)), ...Object.keys(attributesOf(after))])].filter((name) => !name.startsWith('_')).sort();
  for (const name of names) {
    const change = name === 'value' && before.op === 'Const' && after.op === 'Const' ? constantChange(before, after) : attributeChange(name, before, after);
    if (change) changes.push(change);
  }
  return changes;
}

function attributeChange(name: string, before: NodeMessage, after: NodeMessage): string | undefined {
  const [old, now] = [before, after].map((node) => attributesOf(node)[name]).map((value) => (value === undefined ? 'nothing' : attributeText(value)));
  return old === now ? undefined : `${name} ${now} instead of ${old}`;
}

/** Values of constants by how far they are apart. */
function constantChange(before: NodeMessage, after: NodeMessage): string | undefined {
  const [old, now] = [before, after].map((node) => tensorAttribute(node, 'value'));
  if (old === undefined || now === undefined || old.dtype !== now.dtype || constantShape(old).join() !== constantShape(now).join()) return attributeChange('value', before, after);
  try {
    const { count, largest, of } = apart(constantValues(old), constantValues(now));
    return count === 0 ? undefined : `${count.toLocaleString('en')} of ${of.toLocaleString('en')} values differ, by up to ${largest.toPrecision(3)}`;
  } catch {
    return attributeChange('value', before, after); // no numbers
  }
}

/** How many values differ and by how much. Behind those that either file holds, all values are as the first of them. */
function apart(a: ConstantValues, b: ConstantValues): { count: number; largest: number; of: number } {
  const held = Math.max(a.held, b.held);
  let [largest, count] = [0, 0];
  for (let i = 0; i < Math.min(held + 1, a.count); i++) {
    const [x, y] = [a.at(i), b.at(i)];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    count += i < held ? 1 : a.count - held;
    largest = Math.max(largest, Math.abs(x - y));
  }
  return { count, largest, of: a.count };
}
