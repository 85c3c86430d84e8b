/** What cannot be part of a frozen graph, and why. */
import { UserError } from '../errors.js';
import type { NodeMessage } from '../graph/schema.js';

const QUEUE = 'its values come from a queue that a running program fills. Rebuild the graph with a placeholder in its place';
const TABLE = 'its table is filled when a program starts and is no part of the graph. Look the words up before, and feed the numbers';
const FILES = 'it reads or writes files when it runs. Choose outputs that are computed without it';
const UPDATE = 'it changes a variable each time it runs, as a training does. Choose outputs that are computed without it, or export the graph in its form for use';

/** By the name of the operation. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/Queue|^Barrier|^RecordInput$|^(Map|OrderedMap)?(Stage|Unstage|Peek)/, QUEUE],
  [/Iterator|Dataset/, 'its values come from a data pipeline of the program that trained. Rebuild the graph with a placeholder in its place'],
  [/Table/, TABLE],
  [/PyFunc/, 'it calls Python code, which is no part of the graph'],
  [/Reader|^(Read|Write|Matching)Files?$|^Save|^Restore|^MergeV2|^ImmutableConst$/, FILES],
  [/^(Assign|Scatter(Add|Sub|Mul|Div|Min|Max|Update|Nd(Add|Sub|Min|Max|Update)$)|CountUpTo|Resource(Apply|SparseApply|Scatter|CountUpTo|StridedSliceAssign)|Apply[A-Z]|SparseApply|StridedSliceAssign)/, UPDATE],
  [/^_?(Host)?(Send|Recv)/, 'it exchanges values with another device or machine'],
  [/^(TemporaryVariable|DestroyTemporaryVariable)$/, 'it holds a value for one run only, outside of the graph'],
  [/^(RemoteCall|SymbolicGradient)$/, 'it runs a function elsewhere or backwards, which a frozen graph cannot'],
  [/Summary(V2)?$|^Print/, 'it reports on a training. Choose outputs that are computed without it'],
];

/** @param where For nodes of a function: its name. @throws UserError that names the node and the reason. */
export function refuseUnfreezable(nodes: readonly NodeMessage[], where?: string): void {
  for (const node of nodes) {
    const reason = REASONS.find(([pattern]) => pattern.test(node.op))?.[1];
    if (reason !== undefined) throw unfreezable(node, reason, where);
  }
}

/** The error of a node that cannot be frozen. */
export function unfreezable({ name, op }: NodeMessage, reason: string, where?: string): UserError {
  return new UserError(`${where ? `${name} in the function ${where}` : name} (${op}) cannot be frozen: ${reason}.`);
}
