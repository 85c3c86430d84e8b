/** Nodes that hold variables, of TensorFlow 1 (references) and 2 (resources). */
import type { NodeMessage } from '../graph/schema.js';
import { shapeAttribute, textAttribute, typeAttribute } from '../graph-files/attributes.js';
import type { Shape } from '../graph/index.js';

const REFERENCE_OPERATIONS = new Set(['Variable', 'VariableV2', 'AutoReloadVariable']);

export function isVariable({ op }: { op: string }): boolean {
  return op === 'VarHandleOp' || REFERENCE_OPERATIONS.has(op);
}

/** Resources are read by ReadVariableOp; references are read by being used. */
export function isResourceVariable({ op }: { op: string }): boolean {
  return op === 'VarHandleOp';
}

export interface VariableFacts {
  /** TensorFlow's number of the element type. */
  type: number;
  /** Undefined where the node does not say. */
  shape: Shape | undefined;
  /** Name by which sessions and checkpoints know it. */
  sharedName: string;
}

export function variableFacts(node: NodeMessage): VariableFacts {
  return { type: typeAttribute(node, 'dtype') ?? 0, shape: shapeAttribute(node, 'shape'), sharedName: textAttribute(node, 'shared_name') || node.name };
}

/** What makes two nodes the same variable: resources are shared by name, whoever holds a handle. */
export function variableId(node: NodeMessage): string {
  return isResourceVariable(node) ? variableFacts(node).sharedName : node.name;
}
