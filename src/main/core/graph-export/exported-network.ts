/** A run's network in its form for use: what is left of its graph for an answer, with names that a person understands. */
import { USUAL_RANGE } from '../../../shared/colour/lightness-range.js';
import type { EXPORT_ANSWERS } from '../../../shared/contract/kinds/graph-export.js';
import { typeAttribute } from '../graph-files/attributes.js';
import { freezeGraph, type Frozen } from '../frozen-graphs/freeze.js';
import { reachable } from '../frozen-graphs/reachable.js';
import { toGraphDef } from '../graph/index.js';
import type { AttributeMessage, GraphMessage, NodeMessage } from '../graph/schema.js';
import { openRun, type CheckpointChoice } from '../runs/index.js';
import { networkGraph } from '../runs/network.js';

/** What an exported network answers: colours, the share of each bin (both at a temperature), or the scores of the bins. */
export type Answer = (typeof EXPORT_ANSWERS)[number];

export interface ExportChoice {
  run: string;
  checkpoint: CheckpointChoice;
  answer: Answer;
  /** Of ab and distribution; the run's own where absent. */
  temperature?: number;
}

export interface ExportedNetwork {
  /** The structure, variables and all. */
  structure: GraphMessage;
  /** The checkpoint that belongs to it. */
  prefix: string;
  step: number;
  answer: Answer;
  temperature: number;
  /** Sides of a picture that the network takes whole. */
  side: number;
}

/** @throws UserError where there is no such run or checkpoint. */
export async function exportedNetwork({ run: path, checkpoint, answer, temperature: wanted }: ExportChoice): Promise<ExportedNetwork> {
  const run = await openRun(path);
  const chosen = await run.checkpoint(checkpoint);
  const { step, prefix } = chosen;
  const temperature = wanted ?? (await run.temperatureOf(chosen));
  const prior = await run.prior();
  const { graph, multiple, border, outputStride } = networkGraph(run.config, prior, run.file.network.patch);
  const whole = toGraphDef(graph);
  const { seenSide, lightness = USUAL_RANGE } = run.file.data;
  const facts = { multiple, border, stride: outputStride, seen_side: seenSide, lightness_low: lightness.low, lightness_high: lightness.high, bins: prior.bins.length, step };
  const nodes = reachable(whole, [answer], new Map()).nodes.flatMap((node) => adapted(node, temperature, facts));
  const side = Math.ceil(64 / multiple) * multiple + 2 * border;
  return { structure: { node: nodes, versions: whole.versions }, prefix, step, answer, temperature, side };
}

/** The temperature gets a default, and the input says what a program has to know that colorizes with the graph. */
function adapted(node: NodeMessage, temperature: number, facts: Record<string, number>): NodeMessage[] {
  if (node.name === 'temperature') return withDefault(node, temperature);
  if (node.name !== 'lightness') return [node];
  const attributes: Record<string, AttributeMessage> = Object.fromEntries(Object.entries(facts).map(([name, value]) => [`_${name}`, { i: value }]));
  return [{ ...node, attr: { ...node.attr, ...attributes } }];
}

function withDefault(node: NodeMessage, value: number): NodeMessage[] {
  const type = typeAttribute(node, 'dtype') as number;
  const usual: NodeMessage = {
    name: `${node.name}/usual`, op: 'Const', input: [], attr: { dtype: { type }, value: { tensor: { dtype: type, tensorShape: { dim: [] }, floatVal: [value] } } },
  };
  return [usual, { name: node.name, op: 'PlaceholderWithDefault', input: [usual.name], attr: { dtype: { type }, shape: { shape: { dim: [] } } } }];
}

/** The network as one graph with its weights. */
export function frozenNetwork({ structure, prefix, answer }: ExportedNetwork): Promise<Frozen> {
  return freezeGraph({ graph: structure }, [answer], prefix);
}

/** With the temperature fixed and without hints, for formats that know no defaults. */
export function withoutDefaults(graph: GraphMessage): GraphMessage {
  return { ...graph, node: graph.node.map((each) => (each.op === 'PlaceholderWithDefault' ? asIdentity(each) : each)) };
}

/** An input that is always its default. */
export function asIdentity(node: NodeMessage): NodeMessage {
  return { name: node.name, op: 'Identity', input: node.input, attr: { T: { type: typeAttribute(node, 'dtype') } } };
}

