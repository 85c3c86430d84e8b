/** The proof of a frozen graph: it and what it was made from are run by TensorFlow on the same random inputs, several of them in different ranges. */
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
import { difference, isRounding, PROOF_RANGES, roundingOf, type Difference } from './agreement.js';
import { Feeder, type FeedSource } from './feeder.js';
import { arrayOf, type ResultArray } from './fetched-array.js';
import { IsolatedGraph, refuseForbidden, type RunLimits } from './isolated-graph.js';
import { makeRunnable, RESTORED, withRestore, type Port, type Restored, type Runnable } from './runnable.js';

export interface Verification {
  /** Of all values of all outputs. */
  largestDifference: number;
  /** Values compared. */
  values: number;
  /** Of them those that are NaN in both: the same, and no proof. */
  notNumbers: number;
  /** Different inputs that were tried. */
  inputs: number;
  outputs: ProvenOutput[];
}

export interface ProvenOutput {
  name: string;
  shape: readonly number[];
  largestDifference: number;
  /** Largest value without its sign: what the difference is to be measured by. */
  largestValue: number;
}

export interface VerifyOptions {
  /** What inputs are fed with; random numbers where absent. */
  feeds: ReadonlyMap<string, FeedSource>;
  allow: readonly string[];
  limits: RunLimits;
  seed: number;
}

/** @throws UserError where the answers differ by more than rounding, or cannot be had. */
export async function verifyFrozen(source: GraphFile, frozen: Frozen, checkpoint: string | undefined, options: VerifyOptions, { signal }: JobContext): Promise<Verification> {
  const part = reachable(source.graph, frozen.outputs, functionsOf(source.graph));
  const original: GraphMessage = { ...source.graph, node: part.nodes.map((node) => ({ ...node, device: '' })), library: { function: part.functions } };
  refuseForbidden(original, options.allow);
  const outputs = tensorsOf(original, frozen.outputs);
  const inputs = part.nodes.filter(isInput).filter(({ op, name }) => op !== 'PlaceholderWithDefault' || options.feeds.has(name)).map(({ name }) => name);
  const asIs = makeRunnable(original, inputs, outputs);
  const tries = await triedFeeds(original, asIs.feeds, options);
  const restored = checkpoint === undefined ? [] : await restoredFrom(source, original, checkpoint);
  const answersOf = (graph: Runnable, values: readonly Restored[], prefix: string | undefined) => answers(IsolatedGraph.open(options.limits, signal), graph, tries, values, prefix);
  const expected = await answersOf(asIs, restored, checkpoint);
  const found = await answersOf(makeRunnable(frozen.graph, inputs, outputs), [], undefined);
  return compared(asIs.fetches, expected, found, 'the graph with its checkpoint');
}

/** Random numbers in several ranges; once, where a person said what to feed. */
export async function triedFeeds(graph: GraphMessage, ports: readonly Port[], { feeds, seed }: Pick<VerifyOptions, 'feeds' | 'seed'>): Promise<NativeFeed[][]> {
  const random = ports.some(({ name }) => (feeds.get(name)?.kind ?? 'random') === 'random');
  const ranges = random ? PROOF_RANGES : PROOF_RANGES.slice(0, 1);
  return Promise.all(ranges.map((range, i) => new Feeder(graph, seed + i, range).feeds(ports, feeds)));
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

/** @param isolated Is ended here: what TensorFlow held for one graph it would keep beside the next. @returns Of each input the outputs. */
async function answers(isolated: IsolatedGraph, { graph, fetches }: Runnable, tries: readonly NativeFeed[][], restored: readonly Restored[], checkpoint: string | undefined): Promise<ResultArray[][]> {
  try {
    const prefix = checkpoint === undefined ? undefined : (await CheckpointReader.open(checkpoint)).prefix;
    await isolated.load(prefix === undefined ? graph : withRestore(graph, restored, prefix), { mapped: true });
    if (prefix !== undefined) await isolated.run([], [RESTORED]);
    const every: ResultArray[][] = [];
    for (const feeds of tries) {
      const { results } = await isolated.run(feeds, fetches.map(({ tensor }) => tensor));
      every.push(results.map((result, i) => arrayOf(result, fetches[i])));
    }
    return every;
  } finally {
    await isolated.close();
  }
}

/**
 * @param expected Of each input the outputs, as `found`. @param what The one that is right. @param looser How much more than rounding may differ.
 * @throws UserError where an output differs by more than rounding, or gives no number at all.
 */
export function compared(ports: readonly Pick<Port, 'name' | 'type'>[], expected: readonly ResultArray[][], found: readonly ResultArray[][], what: string, looser = 1): Verification {
  const outputs = ports.map((port, i) => comparedOutput(port, expected.map((results, k) => [results[i], found[k][i]]), what, looser));
  const values = expected.flat().reduce((sum, result) => sum + result.values.length, 0);
  return {
    outputs: outputs.map(({ output }) => output), values, inputs: expected.length,
    notNumbers: outputs.reduce((sum, { notNumbers }) => sum + notNumbers, 0), largestDifference: Math.max(0, ...outputs.map(({ output }) => output.largestDifference)),
  };
}

function comparedOutput({ name, type }: Pick<Port, 'name' | 'type'>, pairs: readonly (readonly [ResultArray, ResultArray])[], what: string, looser: number): { output: ProvenOutput; notNumbers: number } {
  const differences = pairs.map(([expected, found]) => difference(expected, found));
  const wrong = differences.find((each) => !isRounding(each, looser * roundingOf(type)));
  if (wrong) {
    throw new UserError(`The frozen graph does not give the same answer as ${what}: ${name} differs by up to ${wrong.largest.toPrecision(3)} where its largest value is ${wrong.scale.toPrecision(3)}. Nothing was written. Where the graph draws random numbers (dropout in its training form), choose outputs without them.`);
  }
  const notNumbers = sumOf(differences.map((each) => each.notNumbers));
  const values = sumOf(pairs.map(([expected]) => expected.values.length));
  if (values > 0 && notNumbers === values) {
    throw new UserError(`${name} is NaN everywhere, whatever random numbers go in: nothing can be compared. Nothing was written. Feed what the network takes, or look whether its training diverged.`);
  }
  const most = (of: (each: Difference) => number) => Math.max(...differences.map(of));
  return { output: { name, shape: pairs[0][0].shape, largestDifference: most(({ largest }) => largest), largestValue: most(({ scale }) => scale) }, notNumbers };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
