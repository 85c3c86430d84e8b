/** How two graphs differ: nodes that only one has, and what changed in those that both have, bodies of functions included. */
import { attributesOf, tensorAttribute } from '../graph-files/attributes.js';
import { constantNumbers, constantShape } from '../graph-files/constant.js';
import { typeName } from '../graph-files/data-types.js';
import type { ArgumentMessage, FunctionMessage, GraphMessage, NodeMessage } from '../graph/schema.js';
import { functionsOf } from './functions.js';
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

/** Nodes of functions that both have are called `function/node`; a function stands among the nodes as the operation `function`. */
export function differenceOfGraphs(first: GraphMessage, second: GraphMessage): GraphDifference {
  const [before, after] = [first, second].map(functionsOf);
  const only = (functions: ReadonlyMap<string, FunctionMessage>, others: ReadonlyMap<string, FunctionMessage>) =>
    [...functions.keys()].filter((name) => !others.has(name)).map((name) => ({ name, operation: 'function' }));
  const bodies = [...before].flatMap(([name, body]) => {
    const other = after.get(name);
    return other === undefined ? [] : [differenceOfFunctions(name, body, other)];
  });
  const missing = { onlyFirst: only(before, after), onlySecond: only(after, before), changed: [], same: 0 };
  return together([differenceOfNodes(first.node, second.node), ...bodies, missing]);
}

function together(parts: readonly GraphDifference[]): GraphDifference {
  return {
    onlyFirst: parts.flatMap(({ onlyFirst }) => onlyFirst), onlySecond: parts.flatMap(({ onlySecond }) => onlySecond),
    changed: parts.flatMap(({ changed }) => changed), same: parts.reduce((sum, { same }) => sum + same, 0),
  };
}

/** @param prefix Before the names of the nodes. */
export function differenceOfNodes(first: readonly NodeMessage[], second: readonly NodeMessage[], prefix = ''): GraphDifference {
  const [before, after] = [first, second].map((nodes) => new Map(nodes.map((node) => [node.name, node])));
  const only = (nodes: readonly NodeMessage[], others: ReadonlyMap<string, NodeMessage>) =>
    nodes.filter(({ name }) => !others.has(name)).map(({ name, op }) => ({ name: prefix + name, operation: op }));
  const both = first.flatMap((node) => {
    const other = after.get(node.name);
    return other === undefined ? [] : [{ name: prefix + node.name, operation: node.op, changes: changesOf(node, other) }];
  });
  const changed = both.filter(({ changes }) => changes.length > 0);
  return { onlyFirst: only(first, after), onlySecond: only(second, before), changed, same: both.length - changed.length };
}

function differenceOfFunctions(name: string, before: FunctionMessage, after: FunctionMessage): GraphDifference {
  const nodes = differenceOfNodes(before.nodeDef ?? [], after.nodeDef ?? [], `${name}/`);
  const changes = [[argumentsText, 'takes'], [resultsText, 'gives']] as const;
  const own = changes.map(([textOf, verb]) => replaced(verb, textOf(before), textOf(after))).filter((change) => change !== undefined);
  return own.length === 0 ? nodes : { ...nodes, changed: [{ name, operation: 'function', changes: own }, ...nodes.changed] };
}

function replaced(what: string, old: string, now: string): string | undefined {
  return old === now ? undefined : `${what} ${now} instead of ${old}`;
}

function argumentsText({ signature }: FunctionMessage): string {
  return (signature.inputArg ?? []).map(argumentText).join(', ') || 'nothing';
}

/** With where each result comes from. */
function resultsText({ signature, ret, controlRet }: FunctionMessage): string {
  const results = (signature.outputArg ?? []).map((argument) => `${argumentText(argument)} from ${ret?.[argument.name] ?? 'nothing'}`);
  const after = Object.values(controlRet ?? {}).sort().map((node) => `the end of ${node}`);
  return [...results, ...after].join(', ') || 'nothing';
}

function argumentText({ name, type, typeAttr, typeListAttr }: ArgumentMessage): string {
  return `${name} (${type ? typeName(type) : (typeAttr ?? typeListAttr ?? 'unknown')})`;
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
    const [a, b] = [constantNumbers(old), constantNumbers(now)];
    let [largest, count] = [0, 0];
    for (let i = 0; i < a.length; i++) {
      if (a[i] === b[i] || (Number.isNaN(a[i]) && Number.isNaN(b[i]))) continue;
      count += 1;
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return count === 0 ? undefined : `${count.toLocaleString('en')} of ${a.length.toLocaleString('en')} values differ, by up to ${largest.toPrecision(3)}`;
  } catch {
    return attributeChange('value', before, after); // no numbers
  }
}
