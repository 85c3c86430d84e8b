/** Freezing: the variables of a graph become constants, and what its outputs do not need is left out. */
import { didYouMean } from '../../../shared/run/nearest.js';
import { CheckpointReader } from '../checkpoints/checkpoint-reader.js';
import { UserError } from '../errors.js';
import { attributesOf } from '../graph-files/attributes.js';
import type { GraphFile } from '../graph-files/graph-file.js';
import type { AttributeMessage, FunctionMessage, GraphMessage, NodeMessage, TensorMessage } from '../graph/schema.js';
import { constantOf, frozenVariables, refuseTooLarge } from './frozen-variable.js';
import { functionsOf } from './functions.js';
import { likelyOutputs, proposeOutputs } from './proposals.js';
import { reachable } from './reachable.js';
import { parseReference } from './reference.js';
import { Rewriter } from './rewriter.js';
import { refuseUnfreezable } from './unfreezable.js';
import { VariableKeys } from './variable-keys.js';

export interface Frozen {
  graph: GraphMessage;
  /** Names of the output nodes. */
  outputs: string[];
  /** Variables that became constants. */
  variables: number;
}

/**
 * Freezes a graph.
 * @param outputs Names of nodes, with or without the number of an output.
 * @param checkpoint Prefix of the checkpoint; may be absent where the graph has no variables, or lies in its SavedModel.
 * @throws UserError where a name is wrong, the checkpoint does not fit, or something cannot be frozen: with the node's name and the reason.
 */
export async function freezeGraph({ graph, meta }: Pick<GraphFile, 'graph' | 'meta'>, outputs: readonly string[], checkpoint?: string): Promise<Frozen> {
  const names = outputNodes(graph, outputs);
  const functions = functionsOf(graph);
  const part = reachable(graph, names, functions);
  refuseUnfreezable(part.nodes);
  part.functions.forEach(({ signature, nodeDef = [] }) => refuseUnfreezable(nodeDef, signature.name));
  const reader = checkpoint === undefined ? undefined : await CheckpointReader.open(checkpoint);
  const variables = frozenVariables(part, reader && (await VariableKeys.of(graph, meta, reader)), reader);
  refuseTooLarge(part.nodes, variables.values());
  const constants = new Map<string, TensorMessage>();
  for (const [id, variable] of variables) constants.set(id, await constantOf(variable, reader as CheckpointReader));
  const rewriter = new Rewriter(functions, variables, constants);
  const nodes = rewriter.graph(part.nodes).map((node) => ({ ...node, device: '' }));
  return { graph: assembled(graph, nodes, rewriter.library), outputs: names, variables: variables.size };
}

function assembled(graph: GraphMessage, nodes: NodeMessage[], functions: FunctionMessage[]): GraphMessage {
  const names = new Set(nodes.map(({ name }) => name));
  return {
    node: nodes.map((node) => placedAnywhere(node, names)),
    ...(functions.length > 0 && { library: { function: functions } }),
    ...(graph.versions && { versions: graph.versions }),
  };
}

/** Takes out wishes to lie beside nodes that are gone. */
function placedAnywhere(node: NodeMessage, names: ReadonlySet<string>): NodeMessage {
  const wishes = attributesOf(node)['_class']?.list?.s;
  if (!wishes) return node;
  const left = wishes.filter((wish) => names.has(Buffer.from(wish).toString('utf8').replace(/^loc:@/, '')));
  const attr: Record<string, AttributeMessage> = { ...attributesOf(node) };
  if (left.length) attr['_class'] = { list: { s: left } };
  else delete attr['_class'];
  return { ...node, attr };
}

/** Names of the nodes that are asked for. @throws UserError with the nearest names for one that is not there. */
export function outputNodes(graph: GraphMessage, outputs: readonly string[]): string[] {
  const names = new Set(graph.node.map(({ name }) => name));
  if (outputs.length === 0) throw new UserError(`Name the output nodes. Nodes that nobody reads: ${proposalText(graph)}.`, { option: '--outputs NAME' });
  return [...new Set(outputs.map((output) => parseReference(output).node))].map((name) => {
    if (names.has(name)) return name;
    throw new UserError(`The graph has no node ${name}.${didYouMean(name, names)} Nodes that nobody reads: ${proposalText(graph)}.`);
  });
}

const PROPOSED = 8;

function proposalText(graph: GraphMessage): string {
  const likely = likelyOutputs(proposeOutputs(graph)).map(({ node }) => node.name);
  return `${likely.slice(0, PROPOSED).join(', ')}${likely.length > PROPOSED ? ` and ${likely.length - PROPOSED} more` : ''}`;
}
