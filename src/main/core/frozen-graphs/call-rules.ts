/** Operations that call functions: which of their inputs go to which function, and which of their attributes list the types of these inputs. */
import type { NodeMessage } from '../graph/schema.js';
import { functionAttributes } from '../graph-files/attributes.js';

export interface CallRule {
  /** Inputs before those that are handed on. */
  skip: number;
  /** Attribute with the types of the inputs handed on; absent where the operation is the function. */
  types?: string;
  /** Attribute with the types of the outputs; for loops that of the inputs, which come out again. */
  outputTypes?: string;
  /** Attributes that name the functions. */
  functions: string[];
}

const RULES: Readonly<Record<string, Omit<CallRule, 'functions'>>> = {
  PartitionedCall: { skip: 0, types: 'Tin', outputTypes: 'Tout' },
  StatefulPartitionedCall: { skip: 0, types: 'Tin', outputTypes: 'Tout' },
  If: { skip: 1, types: 'Tin', outputTypes: 'Tout' },
  StatelessIf: { skip: 1, types: 'Tin', outputTypes: 'Tout' },
  Case: { skip: 1, types: 'Tin', outputTypes: 'Tout' },
  StatelessCase: { skip: 1, types: 'Tin', outputTypes: 'Tout' },
  While: { skip: 0, types: 'T', outputTypes: 'T' },
  StatelessWhile: { skip: 0, types: 'T', outputTypes: 'T' },
};

/** How a node calls functions; undefined where it calls none in a way that is known. */
export function callRule(node: NodeMessage, isFunction: (name: string) => boolean): CallRule | undefined {
  if (isFunction(node.op)) return { skip: 0, functions: [] };
  const rule = RULES[node.op];
  return rule && { ...rule, functions: [...new Set(functionAttributes(node).map(({ attribute }) => attribute))] };
}
