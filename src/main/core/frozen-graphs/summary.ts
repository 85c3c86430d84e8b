/** What a graph is, in figures: what goes in, what comes out, what it is made of. */
import { shapeOf, tensorAttribute, typeAttribute } from '../graph-files/attributes.js';
import { constantBytes, elementCountOf } from '../graph-files/constant.js';
import { bytesOfElement, typeName } from '../graph-files/data-types.js';
import type { GraphFile } from '../graph-files/graph-file.js';
import { forbiddenNodes } from '../graph-operations/allowed.js';
import { outputTypes } from '../graph-operations/argument-types.js';
import { type GraphMessage, type NodeMessage, type SignatureMessage } from '../graph/schema.js';
import type { Shape } from '../graph/index.js';
import { functionsOf } from './functions.js';
import { proposeOutputs } from './proposals.js';
import { knownShapes } from './shapes.js';
import { isVariable, variableFacts } from './variable-nodes.js';

/** A tensor as people read it. */
export interface TensorText {
  name: string;
  /** `float32` */
  type: string;
  /** null where not even the number of axes is known; a null size is any size. */
  shape: Shape | null;
}

export interface GraphSummary {
  path: string;
  format: AnyFormat;
  text: boolean;
  bytes: number;
  nodes: number;
  functions: number;
  inputs: (TensorText & { optional: boolean })[];
  outputs: (TensorText & { operation: string; leftover?: string })[];
  /** How many nodes of each operation, functions included, most frequent first. */
  operations: { operation: string; count: number }[];
  variables: { count: number; parameters: number; bytes: number };
  /** Numbers held in the graph itself. */
  constants: { count: number; parameters: number; bytes: number };
  versions: { producer: number; minConsumer: number; tensorflow?: string };
  signatures: { name: string; inputs: TensorText[]; outputs: TensorText[] }[];
  /** Operations that are not run without leave. */
  forbidden: { operation: string; node: string }[];
}

/** Formats that graphs are read from, layers models of TensorFlow.js among them. */
type AnyFormat = GraphFile['format'] | 'LayersModel';

export function summarize({ path, format, text, bytes, graph, meta }: Omit<GraphFile, 'format'> & { format: AnyFormat }): GraphSummary {
  const shapes = knownShapes(graph);
  return {
    path, format, text, bytes,
    nodes: graph.node.length,
    functions: graph.library?.function?.length ?? 0,
    inputs: graph.node.filter(isInput).map((node) => ({ ...tensorOf(node, typeAttribute(node, 'dtype') ?? 0, shapes), optional: node.op === 'PlaceholderWithDefault' })),
    outputs: outputsOf(graph, shapes),
    operations: operationCounts(graph),
    variables: variableFigures(graph),
    constants: constantFigures(graph),
    versions: { producer: graph.versions?.producer ?? 0, minConsumer: graph.versions?.minConsumer ?? 0, tensorflow: meta?.metaInfoDef?.tensorflowVersion || undefined },
    signatures: Object.entries(meta?.signatureDef ?? {}).map(([name, signature]) => ({ name, ...signatureText(signature) })),
    forbidden: forbiddenNodes(graph),
  };
}

export function isInput({ op }: { op: string }): boolean {
  return op === 'Placeholder' || op === 'PlaceholderV2' || op === 'PlaceholderWithDefault';
}

function tensorOf(node: NodeMessage, type: number, shapes: ReadonlyMap<string, Shape>): TensorText {
  return { name: node.name, type: typeName(type), shape: shapes.get(node.name) ?? null };
}

function outputsOf(graph: GraphMessage, shapes: ReadonlyMap<string, Shape>): GraphSummary['outputs'] {
  const functions = functionsOf(graph);
  return proposeOutputs(graph).map(({ node, leftover }) => ({
    ...tensorOf(node, outputTypes(node, functions)?.[0]?.type ?? 0, shapes),
    operation: node.op,
    ...(leftover && { leftover }),
  }));
}

/** All nodes, those of the functions' bodies included. */
export function* everyNode(graph: GraphMessage): Generator<NodeMessage> {
  yield* graph.node;
  for (const body of graph.library?.function ?? []) yield* body.nodeDef ?? [];
}

function operationCounts(graph: GraphMessage): GraphSummary['operations'] {
  const counts = new Map<string, number>();
  for (const { op } of everyNode(graph)) counts.set(op, (counts.get(op) ?? 0) + 1);
  return [...counts].map(([operation, count]) => ({ operation, count })).sort((a, b) => b.count - a.count || (a.operation < b.operation ? -1 : 1));
}

function variableFigures(graph: GraphMessage): GraphSummary['variables'] {
  const figures = { count: 0, parameters: 0, bytes: 0 };
  for (const node of everyNode(graph)) {
    if (!isVariable(node)) continue;
    const { type, shape } = variableFacts(node);
    const parameters = (shape ?? []).reduce<number>((product, size) => product * (size ?? 0), shape === undefined ? 0 : 1);
    figures.count += 1;
    figures.parameters += parameters;
    figures.bytes += parameters * (bytesOfElement(type) ?? 0);
  }
  return figures;
}

function constantFigures(graph: GraphMessage): GraphSummary['constants'] {
  const figures = { count: 0, parameters: 0, bytes: 0 };
  for (const node of everyNode(graph)) {
    const tensor = node.op === 'Const' ? tensorAttribute(node, 'value') : undefined;
    const bytes = tensor && constantBytes(tensor);
    if (tensor === undefined || bytes === undefined || !Number.isSafeInteger(figures.bytes + bytes)) continue; // a size beyond all counting is only a claim
    figures.count += 1;
    figures.parameters += elementCountOf(tensor);
    figures.bytes += bytes;
  }
  return figures;
}

function signatureText({ inputs = {}, outputs = {} }: Partial<SignatureMessage>): { inputs: TensorText[]; outputs: TensorText[] } {
  return { inputs: tensorTexts(inputs), outputs: tensorTexts(outputs) };
}

function tensorTexts(infos: SignatureMessage['inputs']): TensorText[] {
  return Object.entries(infos).map(([name, { dtype, tensorShape }]) => ({ name, type: typeName(dtype), shape: (tensorShape && shapeOf(tensorShape)) ?? null }));
}

