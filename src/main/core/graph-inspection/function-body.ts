/** The body of a function as a graph of its own: what it takes and what it gives are nodes, as TensorFlow makes them when it runs it. */
import { parseReference } from '../frozen-graphs/reference.js';
import { outputTypes } from '../graph-operations/argument-types.js';
import type { ArgumentMessage, FunctionMessage, GraphMessage, NodeMessage } from '../graph/schema.js';

/** Of nodes that stand for what a function takes and gives. */
export const ARGUMENT = '_Arg';
export const RESULT = '_Retval';

export function functionBody(graph: GraphMessage, body: FunctionMessage, functions: ReadonlyMap<string, FunctionMessage>): GraphMessage {
  const nodes = new Map((body.nodeDef ?? []).map((node) => [node.name, node]));
  const plain = (text: string) => plainReference(text, nodes, functions);
  const taken = (body.signature.inputArg ?? []).map((argument) => argumentNode(argument, body));
  const inner = [...nodes.values()].map((node) => ({ ...node, input: (node.input ?? []).map(plain) }));
  const names = new Set([...taken, ...inner].map(({ name }) => name));
  const given = (body.signature.outputArg ?? []).map((argument) => resultNode(argument, body, names, plain));
  return { ...graph, node: [...taken, ...inner, ...given] };
}

function typeAttributes({ type }: ArgumentMessage): NodeMessage['attr'] {
  return type ? { T: { type } } : {};
}

function argumentNode(argument: ArgumentMessage, { signature, argAttr }: FunctionMessage): NodeMessage {
  const place = (signature.inputArg ?? []).indexOf(argument);
  return { name: argument.name, op: ARGUMENT, input: [], attr: { ...typeAttributes(argument), ...argAttr?.[String(place)]?.attr } };
}

function resultNode(argument: ArgumentMessage, { ret }: FunctionMessage, names: Set<string>, plain: (text: string) => string): NodeMessage {
  let { name } = argument;
  while (names.has(name)) name += '_result';
  names.add(name);
  const from = ret?.[argument.name];
  return { name, op: RESULT, input: from === undefined ? [] : [plain(from)], attr: typeAttributes(argument) };
}

/** `conv:output:0` as graphs write it: `conv`. */
function plainReference(text: string, nodes: ReadonlyMap<string, NodeMessage>, functions: ReadonlyMap<string, FunctionMessage>): string {
  const { node, argument, index, control } = parseReference(text);
  if (control || argument === undefined) return text;
  const source = nodes.get(node);
  const outputs = source && outputTypes(source, functions);
  const place = outputs?.findIndex((output) => output.argument === argument && output.index === index) ?? -1;
  const output = place >= 0 ? place : index;
  return output === 0 ? node : `${node}:${output}`;
}
