/** One node with all that is known of it: who reads it, the way to the outputs, and a constant's values in figures. */
import { nearest } from '../../../shared/run/nearest.js';
import { UserError } from '../errors.js';
import { tensorAttribute } from '../graph-files/attributes.js';
import { constantNumbers, constantShape } from '../graph-files/constant.js';
import { typeName } from '../graph-files/data-types.js';
import type { GraphMessage } from '../graph/schema.js';
import { listNodes, type NodeLine } from './node-list.js';
import { parseReference } from './reference.js';

export interface ConstantFigures {
  type: string;
  shape: number[];
  count: number;
  smallest: number;
  largest: number;
  mean: number;
  deviation: number;
  zeros: number;
  /** Values that are no finite numbers. */
  notFinite: number;
  /** Counts in equal steps from the smallest to the largest. */
  histogram: number[];
}

export interface NodeDetails extends NodeLine {
  readers: string[];
  /** Names from the node to one that nobody reads, by the shortest way. */
  path: string[];
  constant?: ConstantFigures;
}

const STEPS = 40;

/** @throws UserError with the nearest name where there is no such node. */
export function nodeDetails(graph: GraphMessage, name: string): NodeDetails {
  const node = graph.node.find((other) => other.name === name);
  if (node === undefined) {
    const near = nearest(name, graph.node.map((other) => other.name));
    throw new UserError(`The graph has no node ${name}.${near ? ` Did you mean ${near}?` : ''}`);
  }
  const readers = readersOf(graph);
  const line = listNodes(graph, name).find((found) => found.name === name) as NodeLine;
  const tensor = node.op === 'Const' ? tensorAttribute(node, 'value') : undefined;
  const constant = tensor && figuresOf(tensor);
  return { ...line, readers: readers.get(name) ?? [], path: pathToOutput(name, readers), ...(constant && { constant }) };
}

function readersOf(graph: GraphMessage): Map<string, string[]> {
  const readers = new Map<string, string[]>();
  for (const node of graph.node) {
    for (const source of new Set((node.input ?? []).map((input) => parseReference(input).node))) {
      const known = readers.get(source);
      if (known) known.push(node.name);
      else readers.set(source, [node.name]);
    }
  }
  return readers;
}

function pathToOutput(from: string, readers: ReadonlyMap<string, readonly string[]>): string[] {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  const waiting = [from];
  for (const name of waiting) {
    const next = readers.get(name) ?? [];
    if (next.length === 0) return wayBack(name, cameFrom);
    for (const reader of next.filter((other) => !cameFrom.has(other))) {
      cameFrom.set(reader, name);
      waiting.push(reader);
    }
  }
  return [from]; // a loop without an end
}

function wayBack(to: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const path: string[] = [];
  for (let name: string | undefined = to; name !== undefined; name = cameFrom.get(name)) path.unshift(name);
  return path;
}

function figuresOf(tensor: NonNullable<ReturnType<typeof tensorAttribute>>): ConstantFigures | undefined {
  let values;
  try {
    values = constantNumbers(tensor);
  } catch {
    return undefined; // no numbers
  }
  const finite = values.filter(Number.isFinite);
  let [smallest, largest, sum, squares] = [Infinity, -Infinity, 0, 0];
  for (const value of finite) {
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
    sum += value;
    squares += value * value;
  }
  const count = finite.length || 1;
  const histogram = Array<number>(STEPS).fill(0);
  for (const value of finite) histogram[largest > smallest ? Math.min(STEPS - 1, Math.floor(((value - smallest) / (largest - smallest)) * STEPS)) : 0] += 1;
  const none = finite.length === 0;
  return {
    type: typeName(tensor.dtype), shape: constantShape(tensor), count: values.length,
    smallest: none ? 0 : smallest, largest: none ? 0 : largest, mean: sum / count, deviation: Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)),
    zeros: finite.filter((value) => value === 0).length, notFinite: values.length - finite.length, histogram,
  };
}
