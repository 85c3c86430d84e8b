/**
 * Large constants as files that TensorFlow maps into memory. A constant within a graph is copied each time the graph changes hands inside
 * TensorFlow (read, imported, optimized, put into a tensor): 200 MB become more than a gigabyte.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tensorAttribute } from '../graph-files/attributes.js';
import { constantBytes } from '../graph-files/constant.js';
import { TYPE } from '../graph-files/data-types.js';
import type { GraphMessage, NodeMessage, TensorMessage } from '../graph/schema.js';

/** Smaller ones stay: many operations want their sizes and axes as constants. */
const LARGE = 64 * 1024;
const OWN = 'chromabench_mapped';

/** Tensor whose fetching, once, gives the large constants their values; undefined where there are none. */
export interface MappedGraph {
  graph: GraphMessage;
  ready?: string;
}

/**
 * The same graph with its large constants, those in functions apart, read from files. They go through variables, since operations may write
 * into what nobody else holds, and a mapped file cannot be written to.
 * @param folder Stays for as long as the graph runs.
 */
export async function withMappedConstants(graph: GraphMessage, folder: string): Promise<MappedGraph> {
  const stays = inLoopOf(graph);
  const large = new Map(graph.node.flatMap((node) => {
    const tensor = stays(node) ? undefined : largeConstant(node);
    return tensor === undefined ? [] : [[node, tensor] as const];
  }));
  if (large.size === 0) return { graph };
  const [added, assigned]: NodeMessage[][] = [[], []];
  for (const tensor of large.values()) {
    const { nodes, assignment } = await mappedVariable(tensor, assigned.length, folder);
    added.push(...nodes, assignment);
    assigned.push(assignment);
  }
  const names = new Map([...large.keys()].map((node, i) => [node, variableName(i)]));
  const node = graph.node.map((each) => {
    const variable = names.get(each);
    return variable === undefined ? each : { ...each, op: 'ReadVariableOp', input: [variable, ...(each.input ?? [])], attr: { dtype: { type: large.get(each)!.dtype } } };
  });
  const ready: NodeMessage = {
    name: `${OWN}/ready`, op: 'Const', input: assigned.map(({ name }) => `^${name}`),
    attr: { dtype: { type: TYPE.bool }, value: { tensor: { dtype: TYPE.bool, tensorShape: { dim: [] }, boolVal: [true] } } },
  };
  return { graph: { ...graph, node: [...node, ...added, ready] }, ready: `${ready.name}:0` };
}

/** In a graph with loops of TensorFlow 1 a constant that waits for something may stand within one, where no variable from outside can be read. */
function inLoopOf(graph: GraphMessage): (node: NodeMessage) => boolean {
  const hasLoops = graph.node.some(({ op }) => op === 'Enter' || op === 'RefEnter');
  return ({ input = [] }) => hasLoops && input.length > 0;
}

function largeConstant(node: NodeMessage): TensorMessage | undefined {
  const tensor = node.op === 'Const' ? tensorAttribute(node, 'value') : undefined;
  const length = tensor?.tensorContent?.length ?? 0;
  return tensor && length >= LARGE && length === constantBytes(tensor) ? tensor : undefined;
}

function variableName(place: number): string {
  return `${OWN}/variable_${place}`;
}

async function mappedVariable({ dtype, tensorShape = { dim: [] }, tensorContent }: TensorMessage, place: number, folder: string): Promise<{ nodes: NodeMessage[]; assignment: NodeMessage }> {
  const [path, name] = [join(folder, `constant-${place}`), variableName(place)];
  await writeFile(path, tensorContent as Uint8Array);
  const described = { dtype: { type: dtype }, shape: { shape: tensorShape } };
  // What has no inputs TensorFlow computes beforehand and keeps a copy of, but not of memory that it is told to share.
  const file = { memory_region_name: { s: Buffer.from(path) }, _scoped_allocator: { list: { i: [] } } };
  return {
    nodes: [
      { name, op: 'VarHandleOp', input: [], attr: { ...described, shared_name: { s: Buffer.from(name) } } },
      { name: `${name}/file`, op: 'ImmutableConst', input: [], attr: { ...described, ...file } },
    ],
    assignment: { name: `${name}/assign`, op: 'AssignVariableOp', input: [name, `${name}/file`], attr: { dtype: { type: dtype } } },
  };
}
