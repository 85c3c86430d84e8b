/**
 * What becomes of each operation that takes a variable, once the variable is a constant. Reads turn into what passes values on; operations
 * that only carry the variable to others carry the value instead.
 */
import { attributesOf } from '../graph-files/attributes.js';
import { TYPE } from '../graph-files/data-types.js';
import { operationInfo } from '../graph-operations/catalogue.js';
import type { AttributeMessage, NodeMessage } from '../graph/schema.js';

/** A variable as its takers see it. */
export interface Value {
  type: number;
  shape: readonly number[];
}

export interface Rewritten {
  node: NodeMessage;
  /** Nodes to stand before it. */
  before?: NodeMessage[];
  /** New names of its outputs' arguments, which the nodes of functions refer to. */
  renamed?: Readonly<Record<string, string>>;
}

/** Operations whose outputs are the variable itself. */
const CARRIERS = new Set(['Identity', 'Enter', 'Exit', 'NextIteration', 'Switch', 'Merge', 'RefIdentity', 'RefEnter', 'RefExit', 'RefNextIteration', 'RefSwitch', 'RefMerge']);

export function carries({ op }: NodeMessage): boolean {
  return CARRIERS.has(op);
}

/**
 * @param value The variable that is the node's first input.
 * @returns undefined where the operation cannot do with a constant.
 */
export function withConstant(node: NodeMessage, value: Value): Rewritten | undefined {
  const type: AttributeMessage = { type: value.type };
  switch (node.op) {
    case 'ReadVariableOp': return { node: changed(node, 'Identity', { T: type }), renamed: { value: 'output' } };
    case 'ResourceGather': return gathered(node, type);
    case 'ResourceGatherNd': return { node: changed(node, 'GatherNd', { Tparams: type, ...kept(node, 'Tindices') }) };
    case 'VariableShape': return { node: changed(node, 'Shape', { T: type, ...kept(node, 'out_type') }) };
    case 'VarIsInitializedOp': case 'IsVariableInitialized': return { node: always(node), renamed: { is_initialized: 'output' } };
    default: return carries(node) ? { node: changed(node, node.op.replace(/^Ref/, ''), { ...carrierAttributes(node), T: type }) } : takenByValue(node);
  }
}

/** Operations of the older kind take references as if they were values, unless they ask for a reference. */
function takenByValue(node: NodeMessage): Rewritten | undefined {
  const info = operationInfo(node.op);
  const handles = info?.inputs.some(({ type, reference }) => reference || type === TYPE.resource) ?? true;
  return handles ? undefined : { node };
}

function carrierAttributes(node: NodeMessage): Record<string, AttributeMessage> {
  return kept(node, 'N', 'frame_name', 'is_constant', 'parallel_iterations');
}

function gathered(node: NodeMessage, Tparams: AttributeMessage): Rewritten {
  const batch = attributesOf(node)['batch_dims'] ?? { i: 0 };
  const axis: NodeMessage = {
    name: `${node.name}/axis`, op: 'Const', input: [],
    attr: { dtype: { type: TYPE.int32 }, value: { tensor: { dtype: TYPE.int32, tensorShape: { dim: [] }, intVal: [Number(batch.i ?? 0)] } } },
  };
  const [table, indices, ...controls] = node.input ?? [];
  const attributes = { Tparams, ...kept(node, 'Tindices'), Taxis: { type: TYPE.int32 }, batch_dims: batch };
  return { before: [axis], node: { ...changed(node, 'GatherV2', attributes), input: [table, indices, axis.name, ...controls] } };
}

function always(node: NodeMessage): NodeMessage {
  const controls = (node.input ?? []).filter((input) => input.startsWith('^'));
  return { ...changed(node, 'Const', { dtype: { type: TYPE.bool }, value: { tensor: { dtype: TYPE.bool, tensorShape: { dim: [] }, boolVal: [true] } } }), input: controls };
}

function changed(node: NodeMessage, op: string, attr: Record<string, AttributeMessage>): NodeMessage {
  return { name: node.name, op, input: [...(node.input ?? [])], device: node.device, attr };
}

function kept(node: NodeMessage, ...names: string[]): Record<string, AttributeMessage> {
  const attributes = attributesOf(node);
  return Object.fromEntries(names.filter((name) => attributes[name] !== undefined).map((name) => [name, attributes[name]]));
}
