/** A graph made ready to be fed and fetched through the engine, whatever types its tensors have. */
import { UserError } from '../errors.js';
import { formatReference, parseReference } from '../frozen-graphs/reference.js';
import { functionsOf } from '../frozen-graphs/functions.js';
import { refuseUnknown } from '../frozen-graphs/node-details.js';
import { TYPE, withoutReference } from '../graph-files/data-types.js';
import { outputTypes } from '../graph-operations/argument-types.js';
import { dtypeNumber } from '../graph/dtype.js';
import type { GraphMessage, NodeMessage } from '../graph/schema.js';
import { carrierOf, type Carrier } from './carriers.js';

/** Begins the names of nodes that are added. */
const OWN = 'chromabench_';

/** A tensor that can be fed or fetched. */
export interface Port {
  /** As a person names it: `conv1/relu` or `split:1`. */
  name: string;
  /** TensorFlow's number of its type. */
  type: number;
  carrier: Carrier;
  /** Tensor that the engine feeds or fetches in its place. */
  tensor: string;
}

export interface Runnable {
  graph: GraphMessage;
  feeds: Port[];
  fetches: Port[];
}

/**
 * @param feeds Names of nodes whose first output is fed. @param fetches Tensors to be fetched.
 * @throws UserError where a name is wrong, or a type cannot be carried.
 */
export function makeRunnable(graph: GraphMessage, feeds: readonly string[], fetches: readonly string[]): Runnable {
  const types = new TypeFinder(graph);
  const fed = feeds.map((name, i) => feedPort(name, types.of(name), i));
  const fetched = fetches.map((name, i) => fetchPort(name, types.of(name), i));
  const byNode = new Map(fed.map((port) => [parseReference(port.name).node, port]));
  const nodes = graph.node.flatMap((node) => {
    const port = byNode.get(node.name);
    return port ? feedNodes(node, port) : [node];
  });
  return { graph: { ...graph, node: [...nodes, ...fetched.flatMap(fetchNodes)] }, feeds: fed, fetches: fetched };
}

/** Types of tensors by name. */
class TypeFinder {
  private readonly nodes: ReadonlyMap<string, NodeMessage>;

  constructor(private readonly graph: GraphMessage) {
    this.nodes = new Map(graph.node.map((node) => [node.name, node]));
  }

  of(name: string): number {
    const { node: nodeName, index } = parseReference(name);
    const node = this.nodes.get(nodeName);
    if (node === undefined) refuseUnknown(nodeName, this.graph.node);
    const types = outputTypes(node, functionsOf(this.graph));
    if (types === undefined) throw new UserError(`${nodeName} is of the operation ${node.op}, which is not known here: it can neither be fed nor fetched.`);
    if (types[index] === undefined) throw new UserError(`${nodeName} (${node.op}) has ${types.length} outputs; there is no ${name}.`);
    return withoutReference(types[index].type);
  }
}

function feedPort(name: string, type: number, place: number): Port {
  const carrier = carrierOf(type, name);
  return { name, type, carrier, tensor: carrier.by === 'itself' ? `${parseReference(name).node}:0` : `${OWN}feed_${place}:0` };
}

function fetchPort(name: string, type: number, place: number): Port {
  return { name, type, carrier: carrierOf(type, name), tensor: `${OWN}fetch_${place}:0` };
}

/** The node gives what is fed instead of what it would compute. */
function feedNodes({ name }: NodeMessage, { type, carrier, tensor }: Port): NodeMessage[] {
  const placeholder = (called: string): NodeMessage => ({
    name: called, op: 'Placeholder', input: [], attr: { dtype: { type: dtypeNumber(carrier.type) }, shape: { shape: { unknownRank: true } } },
  });
  if (carrier.by === 'itself') return [placeholder(name)];
  const source = parseReference(tensor).node;
  return [placeholder(source), converted(name, source, dtypeNumber(carrier.type), type, carrier)];
}

function fetchNodes({ name, type, carrier, tensor }: Port): NodeMessage[] {
  const source = formatReference(parseReference(name));
  const { node } = parseReference(tensor);
  if (carrier.by === 'itself') return [{ name: node, op: 'Identity', input: [source], attr: { T: { type } } }];
  return [converted(node, source, type, dtypeNumber(carrier.type), carrier)];
}

function converted(name: string, from: string, source: number, target: number, { by }: Carrier): NodeMessage {
  if (by === 'bits') return { name, op: 'Bitcast', input: [from], attr: { T: { type: source }, type: { type: target } } };
  return { name, op: 'Cast', input: [from], attr: { SrcT: { type: source }, DstT: { type: target }, Truncate: { b: false } } };
}

/** Where a variable's values lie in a checkpoint. */
export interface Restored {
  node: NodeMessage;
  key: string;
  /** `6 4 0,2:0,4`; empty for the whole. */
  part: string;
  type: number;
}

/** Tensor whose fetching sets the variables; strings are fed to none. */
export const RESTORED = `${OWN}restored:0`;

/** Adds nodes that set variables from a checkpoint, by TensorFlow's own reader. */
export function withRestore(graph: GraphMessage, variables: readonly Restored[], prefix: string): GraphMessage {
  const name = (last: string) => `${OWN}restore/${last}`;
  const strings = (last: string, values: readonly string[], shape: number[]): NodeMessage => ({
    name: name(last), op: 'Const', input: [],
    attr: { dtype: { type: TYPE.string }, value: { tensor: { dtype: TYPE.string, tensorShape: { dim: shape.map((size) => ({ size })) }, stringVal: values.map((value) => Buffer.from(value)) } } },
  });
  const count = [variables.length];
  const read: NodeMessage = {
    name: name('read'), op: 'RestoreV2', input: [name('prefix'), name('keys'), name('parts')], attr: { dtypes: { list: { type: variables.map(({ type }) => type) } } },
  };
  const there = new Set(graph.node.map((node) => node.name));
  const added = variables.filter(({ node }) => !there.has(node.name)).map(({ node }) => node);
  const sources = [strings('prefix', [prefix], []), strings('keys', variables.map(({ key }) => key), count), strings('parts', variables.map(({ part }) => part), count), read];
  const assignments = variables.map(({ node, type }, i) => assignment(`${name('assign')}_${i}`, node, formatReference({ node: read.name, index: i, control: false }), type));
  const done: NodeMessage = {
    name: parseReference(RESTORED).node, op: 'Const', input: assignments.map((node) => `^${node.name}`),
    attr: { dtype: { type: TYPE.bool }, value: { tensor: { dtype: TYPE.bool, tensorShape: { dim: [] }, boolVal: [true] } } },
  };
  return { ...graph, node: [...graph.node, ...added, ...sources, ...assignments, done] };
}

function assignment(name: string, variable: NodeMessage, value: string, type: number): NodeMessage {
  const input = [variable.name, value];
  if (variable.op === 'VarHandleOp') return { name, op: 'AssignVariableOp', input, attr: { dtype: { type } } };
  return { name, op: 'Assign', input, attr: { T: { type }, use_locking: { b: true }, validate_shape: { b: true } } };
}
