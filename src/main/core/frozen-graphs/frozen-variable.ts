/** Variables of a graph with where their values lie, checked against each other before anything is read. */
import { nearest } from '../../../shared/run/nearest.js';
import type { CheckpointReader } from '../checkpoints/checkpoint-reader.js';
import { UserError } from '../errors.js';
import { tensorAttribute } from '../graph-files/attributes.js';
import { bytesOfElement, typeName } from '../graph-files/data-types.js';
import { TWO_GIGABYTES } from '../graph-files/whole-bytes.js';
import { compatible, formatShape } from '../graph/shape.js';
import type { NodeMessage, TensorMessage } from '../graph/schema.js';
import type { Reachable } from './reachable.js';
import type { VariableKey, VariableKeys } from './variable-keys.js';
import { isVariable, variableFacts, variableId } from './variable-nodes.js';

/** A variable that becomes a constant. */
export interface FrozenVariable {
  name: string;
  type: number;
  shape: readonly number[];
  key: VariableKey;
}

/** Variables among what is to be frozen, by their identity; those in functions too. @throws UserError where one has no fitting values. */
export function frozenVariables({ nodes, functions }: Reachable, keys: VariableKeys | undefined, reader: CheckpointReader | undefined): Map<string, FrozenVariable> {
  const every = [...nodes, ...functions.flatMap(({ nodeDef = [] }) => nodeDef)].filter(isVariable);
  return new Map(every.map((node) => [variableId(node), frozenVariable(node, keys, reader)]));
}

function frozenVariable(node: NodeMessage, keys: VariableKeys | undefined, reader: CheckpointReader | undefined): FrozenVariable {
  if (keys === undefined || reader === undefined) throw new UserError(`The graph has variables (${node.name} among them): give the checkpoint that holds their values.`, { option: '--checkpoint PREFIX' });
  const key = keys.find(node);
  if (key === undefined) throw missing(node.name, reader);
  const { type, shape } = variableFacts(node);
  const { entry, slice } = key;
  const held = slice ? slice.map(({ start, length }, axis) => (length < 0 ? entry.shape[axis] - start : length)) : entry.shape;
  if (entry.type !== type || (shape && !compatible(shape, held))) {
    throw new UserError(`The checkpoint does not belong to this graph: ${node.name} is ${typeName(type)} ${shape ? formatShape(shape) : 'of any shape'} in the graph and ${typeName(entry.type)} ${formatShape(held)} in ${reader.prefix}.`);
  }
  return { name: node.name, type, shape: held, key };
}

function missing(name: string, reader: CheckpointReader): UserError {
  const near = nearest(name, reader.entries.map((entry) => entry.name));
  const hint = near ? ` The nearest name there is ${near}.` : ` It holds ${reader.entries.length} others.`;
  return new UserError(`The checkpoint ${reader.prefix} has no values for the variable ${name}.${hint}`, { option: `chromabench graph checkpoint ${reader.prefix}` });
}

/** @throws UserError where the frozen file would be larger than a protocol buffer can be. */
export function refuseTooLarge(nodes: readonly NodeMessage[], variables: Iterable<FrozenVariable>): void {
  let bytes = 0;
  for (const { type, shape } of variables) bytes += (bytesOfElement(type) ?? 0) * shape.reduce((product, size) => product * size, 1);
  for (const node of nodes) bytes += tensorAttribute(node, 'value')?.tensorContent?.length ?? 0;
  if (bytes < TWO_GIGABYTES) return;
  throw new UserError(`The frozen graph would hold ${(bytes / 1e9).toFixed(1)} GB of values; a GraphDef ends at 2 GB, for every program that reads one. Keep the SavedModel or the checkpoint instead.`);
}

/** The values as a constant's. */
export async function constantOf({ type, shape, key }: FrozenVariable, reader: CheckpointReader): Promise<TensorMessage> {
  const tensorContent = await reader.read(key.entry, key.slice);
  return { dtype: type, tensorShape: { dim: shape.map((size) => ({ size })) }, tensorContent };
}
