/** The nodes of a graph as a list that can be searched, and one node with all that is known of it. */
import { attributesOf, functionAttributes, kindOf, shapeOf } from '../graph-files/attributes.js';
import { constantNumbers, constantShape } from '../graph-files/constant.js';
import { typeName } from '../graph-files/data-types.js';
import { outputTypes } from '../graph-operations/argument-types.js';
import type { AttributeList, AttributeMessage, GraphMessage, NodeMessage, TensorMessage } from '../graph/schema.js';
import { formatShape, type Shape } from '../graph/index.js';
import { functionsOf } from './functions.js';
import { knownShapes } from './shapes.js';

export interface NodeLine {
  name: string;
  operation: string;
  inputs: string[];
  /** Of the first output; `unknown` where it cannot be told. */
  type: string;
  shape: Shape | null;
  attributes: Record<string, string>;
  /** Functions that it calls. */
  calls: string[];
}

/**
 * Nodes in the graph's order.
 * @param find Part of a name or of an operation, in any case; all nodes where absent.
 */
export function listNodes(graph: GraphMessage, find = ''): NodeLine[] {
  return findNodes(graph.node, find).map(lineMaker(graph));
}

/** Nodes whose name or operation holds a text, in any case. */
export function findNodes(nodes: readonly NodeMessage[], find: string): NodeMessage[] {
  const wanted = find.toLowerCase();
  return nodes.filter(({ name, op }) => name.toLowerCase().includes(wanted) || op.toLowerCase().includes(wanted));
}

/** What tells the lines of a graph's nodes; types and shapes of the whole graph are found out once. */
export function lineMaker(graph: GraphMessage): (node: NodeMessage) => NodeLine {
  const functions = functionsOf(graph);
  const shapes = knownShapes(graph);
  return (node) => ({
    name: node.name,
    operation: node.op,
    inputs: [...(node.input ?? [])],
    type: typeName(outputTypes(node, functions)?.[0]?.type ?? 0),
    shape: shapes.get(node.name) ?? null,
    attributes: Object.fromEntries(Object.entries(attributesOf(node)).map(([name, value]) => [name, attributeText(value)])),
    calls: functionAttributes(node).map(({ name }) => name),
  });
}

/** An attribute for people: short, whatever it holds. */
export function attributeText(attribute: AttributeMessage): string {
  switch (kindOf(attribute)) {
    case 's': return JSON.stringify(shortened(Buffer.from(attribute.s!).toString('utf8')));
    case 'i': return String(attribute.i);
    case 'f': return String(Number(attribute.f!.toPrecision(7)));
    case 'b': return String(attribute.b);
    case 'type': return typeName(attribute.type!);
    case 'shape': return shapeText(shapeOf(attribute.shape!));
    case 'tensor': return tensorText(attribute.tensor!);
    case 'func': return `function ${attribute.func!.name}`;
    case 'placeholder': return `placeholder ${attribute.placeholder}`;
    case 'list': return listText(attribute.list!);
    case undefined: return 'nothing';
  }
}

const LISTED = 8;

function listText(list: AttributeList): string {
  const texts = [
    ...(list.s ?? []).slice(0, LISTED).map((bytes) => attributeText({ s: bytes })),
    ...(list.i ?? []).slice(0, LISTED).map(String),
    ...(list.f ?? []).slice(0, LISTED).map(String),
    ...(list.b ?? []).slice(0, LISTED).map(String),
    ...(list.type ?? []).slice(0, LISTED).map(typeName),
    ...(list.shape ?? []).slice(0, LISTED).map((shape) => shapeText(shapeOf(shape))),
    ...(list.tensor ?? []).slice(0, LISTED).map(tensorText),
    ...(list.func ?? []).slice(0, LISTED).map(({ name }) => `function ${name}`),
  ];
  const count = [list.s, list.i, list.f, list.b, list.type, list.shape, list.tensor, list.func].reduce((sum, part) => sum + (part?.length ?? 0), 0);
  return `[${texts.join(', ')}${count > texts.length ? `, … ${count} in all` : ''}]`;
}

function tensorText(tensor: TensorMessage): string {
  const shape = constantShape(tensor);
  const head = `${typeName(tensor.dtype)} ${formatShape(shape)}`;
  const count = shape.reduce((product, size) => product * size, 1);
  if (count > LISTED) return head;
  try {
    return `${head}: ${[...constantNumbers(tensor)].map((value) => Number(value.toPrecision(7))).join(', ')}`;
  } catch {
    return head; // no numbers
  }
}

export function shapeText(shape: Shape | null | undefined): string {
  return shape ? formatShape(shape) : '[any]';
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
