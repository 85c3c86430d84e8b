/**
 * Operations that a graph of unknown origin may be run with: those that compute. They reach no file, no network, no Python and no
 * console, and leave nothing behind. Everything else is named, and a person may allow it one by one.
 */
import { functionAttributes } from '../graph-files/attributes.js';
import type { FunctionMessage, GraphMessage, NodeMessage } from '../graph/schema.js';
import { operationInfo } from './catalogue.js';

/** Families in which operations compute, but for the exceptions below. */
const FAMILIES = new Set([
  'array', 'bitwise', 'control_flow', 'functional', 'image', 'linalg', 'list', 'manip', 'map', 'math', 'nn', 'optional', 'ragged_array',
  'ragged_conversion', 'ragged_math', 'random', 'resource_variable', 'rnn', 'set', 'sparse', 'special_math', 'spectral', 'state',
  'stateful_random', 'stateless_random', 'string',
]);

/** In those families, but: memory-mapped files, the end of the process, other machines, locks, decoders of hostile pictures, debuggers. */
const EXCEPTIONS = new Set([
  'ImmutableConst', 'Abort', 'RemoteCall', 'MutexV2', 'MutexLock', 'ConsumeMutexLock', 'DestroyResourceOp', 'DebugGradientIdentity', 'DebugGradientRefIdentity',
  'DecodeAndCropJpeg', 'DecodeBmp', 'DecodeGif', 'DecodeImage', 'DecodeJpeg', 'DecodePng', 'ExtractJpegShape', 'EncodeJpeg', 'EncodeJpegVariableQuality', 'EncodePng',
]);

/** Of other families: those that compute there. */
const SINGLE = new Set([
  'Assert', 'DynamicPartition', 'DynamicStitch', 'ParallelDynamicStitch', 'DecodeRaw', 'DecodePaddedRaw', 'StringToNumber', 'AudioSpectrogram', 'Mfcc', 'CTCGreedyDecoder',
  'CTCBeamSearchDecoder', '_Arg', '_Retval',
]);
const SINGLE_BEGINNINGS = /^(TensorArray|Stack)/;

export function isAllowed(operation: string): boolean {
  if (SINGLE.has(operation)) return true;
  const info = operationInfo(operation);
  if (info === undefined || EXCEPTIONS.has(operation)) return false;
  return FAMILIES.has(info.family) || (info.family === 'data_flow' && SINGLE_BEGINNINGS.test(operation));
}

/** A node that may not run, and where it stands. */
export interface Forbidden {
  operation: string;
  /** Name of the node; within a function, `function: node`. */
  node: string;
}

/**
 * Nodes of a graph, bodies of its functions included, that are neither on the list nor allowed by a person; one for each operation.
 * @param allowed Names of operations that a person allows beside the list.
 */
export function forbiddenNodes(graph: GraphMessage, allowed: readonly string[] = []): Forbidden[] {
  const functions = graph.library?.function ?? [];
  const own = new Set([...functions.map(({ signature }) => signature.name), ...allowed]);
  const found = new Map<string, Forbidden>();
  const look = (node: NodeMessage, where: string) => {
    if (!own.has(node.op) && !isAllowed(node.op) && !found.has(node.op)) found.set(node.op, { operation: node.op, node: `${where}${node.name}` });
  };
  graph.node.forEach((node) => look(node, ''));
  functions.forEach((body: FunctionMessage) => (body.nodeDef ?? []).forEach((node) => look(node, `${body.signature.name}: `)));
  return [...found.values()];
}

/** Functions that a node calls, by name. */
export function calledFunctions(node: NodeMessage, functions: ReadonlyMap<string, FunctionMessage>): string[] {
  const called = functionAttributes(node).map(({ name }) => name);
  return functions.has(node.op) ? [...called, node.op] : called;
}
