/** Which nodes of a graph its answer may be: nodes that nobody reads, what is left of a training told apart. */
import type { GraphMessage, NodeMessage } from '../graph/schema.js';
import { outputTypes } from '../graph-operations/argument-types.js';
import { functionsOf } from './functions.js';
import { neededBy } from './reference.js';
import { isVariable } from './variable-nodes.js';

export interface Proposal {
  node: NodeMessage;
  /** Why it is hardly the answer; undefined where it may be. */
  leftover?: string;
}

const UPDATES = /^(Assign|Resource(Apply|SparseApply|Scatter|Count)|Apply|SparseApply|Scatter(Add|Sub|Update|Nd(Add|Sub|Update)|Mul|Div|Max|Min)$|CountUpTo)/;
const CHECKPOINTS = /^(Save(V2|Slices)?|Restore(V2|Slice)?|MergeV2Checkpoints|ShardedFile(name|spec))$/;
const SUMMARIES = /Summary(V2)?$/;
const STARTS = /Random|TruncatedNormal|^(Fill|Const|ZerosLike|OnesLike)$/;

/**
 * Nodes whose values nobody takes, in the graph's order. A node that others only wait for counts as one that nobody reads where it computes.
 */
export function proposeOutputs(graph: GraphMessage): Proposal[] {
  const read = new Set(graph.node.flatMap((node) => neededBy(node)));
  const functions = functionsOf(graph);
  const trained = afterUpdates(graph);
  return graph.node.filter(({ name }) => !read.has(name)).map((node) => ({ node, leftover: leftoverReason(node, outputTypes(node, functions)?.length) ?? (trained.has(node.name) ? 'it is computed while variables change: a step of a training' : undefined) }));
}

/** Names of the nodes that cannot be had without a change of a variable, near or far. */
function afterUpdates({ node: nodes }: GraphMessage): Set<string> {
  const readers = new Map<string, string[]>();
  for (const node of nodes) {
    for (const needed of neededBy(node)) {
      const known = readers.get(needed);
      if (known) known.push(node.name);
      else readers.set(needed, [node.name]);
    }
  }
  const found = new Set(nodes.filter(({ op }) => UPDATES.test(op)).map(({ name }) => name));
  // What is found while it is gone through is gone through, too.
  for (const name of found) readers.get(name)?.forEach((reader) => found.add(reader));
  return found;
}

function leftoverReason(node: NodeMessage, outputs: number | undefined): string | undefined {
  if (outputs === 0) return 'it gives no value: it is run for its effects';
  if (UPDATES.test(node.op)) return 'it changes a variable: part of a training';
  if (CHECKPOINTS.test(node.op)) return 'it writes or reads checkpoints';
  if (SUMMARIES.test(node.op)) return 'it writes summaries of a training';
  if (isVariable(node) || /^(ReadVariableOp|IsVariableInitialized|VarIsInitializedOp)$/.test(node.op)) return 'it is a variable, not what is computed from it';
  if (node.op === 'Placeholder' || STARTS.test(node.op)) return 'it takes nothing in';
  if (/(^|\/)(gradients|save|init|report_uninitialized_variables)(_\d+)?\//.test(node.name)) return 'its name says that it belongs to a training or to saving';
  return undefined;
}

/** Of proposals those that may be the answer; all where none may. */
export function likelyOutputs(proposals: readonly Proposal[]): Proposal[] {
  const likely = proposals.filter(({ leftover }) => leftover === undefined);
  return likely.length ? likely : [...proposals];
}
