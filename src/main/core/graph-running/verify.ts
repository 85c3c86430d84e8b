/** The proof of a frozen graph: it and what it was made from are run by TensorFlow on the same random inputs. */
import { CheckpointReader } from '../checkpoints/checkpoint-reader.js';
import { UserError } from '../errors.js';
import type { Frozen } from '../frozen-graphs/freeze.js';
import { functionsOf } from '../frozen-graphs/functions.js';
import { reachable } from '../frozen-graphs/reachable.js';
import { isInput } from '../frozen-graphs/summary.js';
import { VariableKeys } from '../frozen-graphs/variable-keys.js';
import { isVariable, variableFacts, variableId } from '../frozen-graphs/variable-nodes.js';
import { outputTypes } from '../graph-operations/argument-types.js';
import type { GraphFile } from '../graph-files/graph-file.js';
import type { NativeFeed } from '../graph/native-session.js';
import type { GraphMessage, NodeMessage } from '../graph/schema.js';
import type { JobContext } from '../job.js';
import { Feeder, type FeedSource } from './feeder.js';
import { arrayOf, type ResultArray } from './fetched-array.js';
import { IsolatedGraph, refuseForbidden, type RunLimits } from './isolated-graph.js';
import { makeRunnable, RESTORED, withRestore, type Restored, type Runnable } from './runnable.js';

export interface Verification {
  /** Of all values of all outputs. */
  largestDifference: number;
  /** Values compared. */
  values: number;
  outputs: { name: string; shape: readonly number[]; largestDifference: number }[];
}

export interface VerifyOptions {
  /** What inputs are fed with; random numbers where absent. */
  feeds: ReadonlyMap<string, FeedSource>;
  allow: readonly string[];
  limits: RunLimits;
  seed: number;
}

/** Differences up to this, in proportion to the largest value of an output, are float rounding: constants may be folded in another order. */
export const ROUNDING = 1e-5;

/** @throws UserError where the answers differ by more than rounding, or cannot be had. */
export async function verifyFrozen(source: GraphFile, frozen: Frozen, checkpoint: string | undefined, options: VerifyOptions, { signal }: JobContext): Promise<Verification> {
  const part = reachable(source.graph, frozen.outputs, functionsOf(source.graph));
  const original: GraphMessage = { ...source.graph, node: part.nodes.map((node) => ({ ...node, device: '' })), library: { function: part.functions } };
  refuseForbidden(original, options.allow);
  const outputs = tensorsOf(original, frozen.outputs);
  const inputs = part.nodes.filter(isInput).filter(({ op, name }) => op !== 'PlaceholderWithDefault' || options.feeds.has(name)).map(({ name }) => name);
  const asIs = makeRunnable(original, inputs, outputs);
  const feeds = await new Feeder(original, options.seed).feeds(asIs.feeds, options.feeds);
  const restored = checkpoint === undefined ? [] : await restoredFrom(source, original, checkpoint);
  const isolated = IsolatedGraph.open(options.limits, signal);
  try {
    const expected = await answers(isolated, asIs, feeds, restored, checkpoint);
    const found = await answers(isolated, makeRunnable(frozen.graph, inputs, outputs), feeds, [], undefined);
    return compared(outputs, expected, found);
  } finally {
    isolated.close();
  }
}

/** Every output of the nodes that are asked for. */
function tensorsOf(graph: GraphMessage, names: readonly string[]): string[] {
  const nodes = new Map(graph.node.map((node) => [node.name, node]));
  return names.flatMap((name) => (outputTypes(nodes.get(name) as NodeMessage, functionsOf(graph)) ?? []).map((_, i) => (i === 0 ? name : `${name}:${i}`)));
}

async function restoredFrom({ graph: whole, meta }: GraphFile, graph: GraphMessage, checkpoint: string): Promise<Restored[]> {
  const reader = await CheckpointReader.open(checkpoint);
  const keys = await VariableKeys.of(whole, meta, reader);
  const variables = [...graph.node, ...(graph.library?.function ?? []).flatMap(({ nodeDef = [] }) => nodeDef)].filter(isVariable);
  const each = new Map(variables.map((node) => [variableId(node), node]));
  return [...each.values()].flatMap((node) => {
    const key = keys.find(node);
    if (key === undefined) return [];
    const part = key.slice ? `${key.entry.shape.join(' ')} ${key.slice.map(({ start, length }) => (length < 0 ? '-' : `${start},${length}`)).join(':')}` : '';
    return [{ node, key: key.entry.name, part, type: variableFacts(node).type }];
  });
}

async function answers(isolated: IsolatedGraph, { graph, fetches }: Runnable, feeds: NativeFeed[], restored: readonly Restored[], checkpoint: string | undefined): Promise<ResultArray[]> {
  const prefix = checkpoint === undefined ? undefined : (await CheckpointReader.open(checkpoint)).prefix;
  await isolated.load(prefix === undefined ? graph : withRestore(graph, restored, prefix));
  if (prefix !== undefined) await isolated.run([], [RESTORED]);
  const { results } = await isolated.run(feeds, fetches.map(({ tensor }) => tensor));
  return results.map((result, i) => arrayOf(result, fetches[i]));
}

function compared(names: readonly string[], expected: readonly ResultArray[], found: readonly ResultArray[]): Verification {
  const outputs = names.map((name, i) => {
    const { largest, scale } = difference(expected[i], found[i]);
    if (!(largest <= ROUNDING * Math.max(1, scale))) {
      throw new UserError(`The frozen graph does not give the same answer as the graph with its checkpoint: ${name} differs by up to ${largest.toPrecision(3)}. Nothing was written. Where the graph draws random numbers (dropout in its training form), choose outputs without them.`);
    }
    return { name, shape: expected[i].shape, largestDifference: largest };
  });
  return { outputs, largestDifference: Math.max(0, ...outputs.map(({ largestDifference }) => largestDifference)), values: expected.reduce((sum, { values }) => sum + values.length, 0) };
}

/** Infinite where shapes or texts differ, or one is no number where the other is. */
export function difference(a: ResultArray, b: ResultArray): { largest: number; scale: number } {
  if (a.shape.join() !== b.shape.join()) return { largest: Infinity, scale: 0 };
  let [largest, scale] = [0, 0];
  for (let i = 0; i < a.values.length; i++) {
    const [x, y] = [a.values[i], b.values[i]];
    if (Number.isFinite(Number(x))) scale = Math.max(scale, Math.abs(Number(x)));
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    const apart = typeof x === 'string' || typeof y === 'string' ? Infinity : Math.abs(Number(x) - Number(y));
    largest = Math.max(largest, Number.isNaN(apart) ? Infinity : apart);
  }
  return { largest, scale };
}
