/** Types of what a node takes and gives, from its operation's definition and its attributes. */
import { intAttribute, typeAttribute, typesAttribute } from '../graph-files/attributes.js';
import type { FunctionMessage, NodeMessage } from '../graph/schema.js';
import { operationInfo, type Argument, type OperationInfo } from './catalogue.js';

/** An output of a node: which argument it belongs to, and its type (0 where it cannot be told). */
export interface OutputType {
  argument: string;
  /** Place within the argument. */
  index: number;
  type: number;
}

/**
 * All outputs of a node in their order; undefined where the operation is not known.
 * @param functions The graph's own functions, which can be called as if they were operations.
 */
export function outputTypes(node: NodeMessage, functions: ReadonlyMap<string, FunctionMessage> = new Map()): OutputType[] | undefined {
  const called = functions.get(node.op);
  if (called) return (called.signature.outputArg ?? []).map(({ name, type = 0 }) => ({ argument: name, index: 0, type }));
  const info = operationInfo(node.op);
  return info?.outputs.flatMap((argument) => typesOf(argument, node, info).map((type, index) => ({ argument: argument.name, index, type })));
}

/** More of one argument would be no graph but an attack on memory. */
const MOST = 100_000;

function typesOf({ type, typeAttribute: attribute, countAttribute, listAttribute }: Argument, node: NodeMessage, info: OperationInfo): number[] {
  if (listAttribute) return [...(typesAttribute(node, listAttribute) ?? defaultTypes(info, listAttribute))];
  const one = type ?? (attribute ? typeAttribute(node, attribute) ?? defaultNumber(info, attribute) : 0);
  if (!countAttribute) return [one];
  const count = intAttribute(node, countAttribute) ?? defaultNumber(info, countAttribute);
  return count >= 0 && count <= MOST ? Array<number>(count).fill(one) : [];
}

function defaultNumber({ attributes }: OperationInfo, name: string): number {
  return Number(attributes[name]?.split('=')[1] ?? 0);
}

function defaultTypes({ attributes }: OperationInfo, name: string): number[] {
  return (attributes[name]?.split('=')[1] ?? '').split(',').filter(Boolean).map(Number);
}
