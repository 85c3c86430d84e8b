/** One node with all that is known of it: who reads it, the way to the outputs, and a constant's values in figures. */
import { didYouMean } from '../../../shared/run/nearest.js';
import { UserError } from '../errors.js';
import { tensorAttribute } from '../graph-files/attributes.js';
import { constantShape, constantValues, type ConstantValues } from '../graph-files/constant.js';
import { typeName } from '../graph-files/data-types.js';
import type { GraphMessage, NodeMessage } from '../graph/schema.js';
import { lineMaker, type NodeLine } from './node-list.js';
import { parseReference } from './reference.js';

/** A tensor's values in figures. */
export interface TensorFigures {
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
  constant?: TensorFigures;
}

const STEPS = 40;

/** @throws UserError with the nearest names where there is no such node. */
export function nodeDetails(graph: GraphMessage, name: string): NodeDetails {
  const node = graph.node.find((other) => other.name === name) ?? refuseUnknown(name, graph.node);
  return detailsOf(node, lineMaker(graph)(node), readersOf(graph));
}

/** @throws UserError with the nearest names that there are. */
export function refuseUnknown(name: string, nodes: readonly NodeMessage[]): never {
  throw new UserError(`The graph has no node ${name}.${didYouMean(name, nodes.map((other) => other.name))}`);
}

/** @param readers Of every node of the graph. */
export function detailsOf(node: NodeMessage, line: NodeLine, readers: ReadonlyMap<string, readonly string[]>): NodeDetails {
  const values = constantOf(node);
  const constant = values && figuresOf(values.type, values.shape, values.values);
  return { ...line, readers: [...(readers.get(node.name) ?? [])], path: pathToOutput(node.name, readers), ...(constant && { constant }) };
}

/** The numbers that a node holds itself; undefined where it holds none. */
export function constantOf(node: NodeMessage): { type: number; shape: number[]; values: ConstantValues } | undefined {
  const tensor = node.op === 'Const' ? tensorAttribute(node, 'value') : undefined;
  if (tensor === undefined) return undefined;
  try {
    return { type: tensor.dtype, shape: constantShape(tensor), values: constantValues(tensor) };
  } catch {
    return undefined; // no numbers
  }
}

/** Names of the nodes that read each node, or wait for it. */
export function readersOf(graph: GraphMessage): Map<string, string[]> {
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

/** @param type TensorFlow's number of the element type. */
export function figuresOf(type: number, shape: readonly number[], values: ConstantValues): TensorFigures {
  const moments = momentsOf(values);
  return { type: typeName(type), shape: [...shape], count: values.count, ...moments, ...spreadOf(values, moments) };
}

/** Calls with each finite value and how often it stands there: the one that fills the rest comes once, for all of its places. */
function eachFinite({ count, held, at }: ConstantValues, use: (value: number, times: number) => void): void {
  for (let i = 0; i < held; i++) {
    const value = at(i);
    if (Number.isFinite(value)) use(value, 1);
  }
  if (count > held && Number.isFinite(at(held))) use(at(held), count - held);
}

/** Sums are kept that much smaller, so that they stay finite where the values do; a power of two rounds nothing. */
const SCALE = 2 ** -60;

function momentsOf(values: ConstantValues): Pick<TensorFigures, 'smallest' | 'largest' | 'mean' | 'zeros' | 'notFinite'> {
  let [smallest, largest, sum, finite, zeros] = [Infinity, -Infinity, 0, 0, 0];
  eachFinite(values, (value, times) => {
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
    sum += value * SCALE * times;
    finite += times;
    if (value === 0) zeros += times;
  });
  if (finite === 0) return { smallest: 0, largest: 0, mean: 0, zeros, notFinite: values.count };
  return { smallest, largest, mean: Math.max(smallest, Math.min(largest, sum / finite / SCALE)), zeros, notFinite: values.count - finite };
}

function spreadOf(values: ConstantValues, { smallest, largest, mean, notFinite }: ReturnType<typeof momentsOf>): Pick<TensorFigures, 'deviation' | 'histogram'> {
  const histogram = Array<number>(STEPS).fill(0);
  const half = largest / 2 - smallest / 2; // of the whole range, which may be beyond the largest number
  let squares = 0;
  eachFinite(values, (value, times) => {
    const place = half > 0 ? (value / 2 - smallest / 2) / half : 0;
    histogram[Math.min(STEPS - 1, Math.floor(place * STEPS))] += times;
    if (half > 0) squares += ((value / 2 - mean / 2) / half) ** 2 * times;
  });
  const finite = values.count - notFinite;
  return { deviation: finite === 0 ? 0 : Math.min(Number.MAX_VALUE, 2 * half * Math.sqrt(squares / finite)), histogram };
}
