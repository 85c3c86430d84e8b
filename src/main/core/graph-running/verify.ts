/** The proof of a frozen graph: it and what it was made from are run by TensorFlow on the same random inputs, several of them in different ranges. */
import { CheckpointReader, checkpointPrefix } from '../checkpoints/checkpoint-reader.js';
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
import { PROOF_RANGES } from './agreement.js';
import { Comparison, type Verification } from './comparison.js';
import { Feeder, type FeedSource } from './feeder.js';
import { arrayOf, type ResultArray } from './fetched-array.js';
import { IsolatedGraph, refuseForbidden, type RunLimits } from './isolated-graph.js';
import { KeptAnswers } from './kept-answers.js';
import { makeRunnable, RESTORED, withRestore, type Port, type Restored, type Runnable } from './runnable.js';

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
  const tries = triedFeeds(original, asIs.feeds, options);
  const prefix = checkpoint === undefined ? undefined : await checkpointPrefix(checkpoint);
  const restored = prefix === undefined ? [] : await restoredFrom(source, original, prefix);
  const kept = await KeptAnswers.open();
  const comparison = new Comparison(asIs.fetches, 'the graph with its checkpoint');
  try {
    await answers(IsolatedGraph.open(options.limits, signal), withRestored(asIs, restored, prefix), tries, (results) => kept.add(results));
    await answers(IsolatedGraph.open(options.limits, signal), { runnable: makeRunnable(frozen.graph, inputs, outputs) }, tries, async (results, k) => comparison.add(await kept.at(k), results));
  } finally {
    await kept.remove();
  }
  return comparison.verification();
}

/** Feeds of one try, made when it is their turn. */
export type Try = () => Promise<NativeFeed[]>;

/** Random numbers in several ranges; once, where a person said what to feed. */
export function triedFeeds(graph: GraphMessage, ports: readonly Port[], { feeds, seed }: Pick<VerifyOptions, 'feeds' | 'seed'>): Try[] {
  const random = ports.some(({ name }) => (feeds.get(name)?.kind ?? 'random') === 'random');
  const ranges = random ? PROOF_RANGES : PROOF_RANGES.slice(0, 1);
  return ranges.map((range, i) => () => new Feeder(graph, seed + i, range).feeds(ports, feeds));
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

interface Loadable {
  runnable: Runnable;
  /** Tensor whose fetching, once, fills the variables. */
  first?: string;
}

function withRestored(runnable: Runnable, restored: readonly Restored[], prefix: string | undefined): Loadable {
  if (prefix === undefined) return { runnable };
  return { runnable: { ...runnable, graph: withRestore(runnable.graph, restored, prefix) }, first: RESTORED };
}

/** @param isolated Is ended here: what TensorFlow held for one graph it would keep beside the next. @param take Gets the outputs of each try. */
async function answers(isolated: IsolatedGraph, { runnable: { graph, fetches }, first }: Loadable, tries: readonly Try[], take: (results: ResultArray[], place: number) => Promise<void>): Promise<void> {
  try {
    await isolated.load(graph, { mapped: true });
    if (first !== undefined) await isolated.run([], [first]);
    for (const [place, feeds] of tries.entries()) {
      const { results } = await isolated.run(await feeds(), fetches.map(({ tensor }) => tensor));
      await take(results.map((result, i) => arrayOf(result, fetches[i])), place);
    }
  } finally {
    await isolated.close();
  }
}
