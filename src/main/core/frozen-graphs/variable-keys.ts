/**
 * Under which name a checkpoint keeps the values of each variable. The graph's own nodes for restoring say it best; then what came with
 * the graph (.meta); then the variable's own name; then the object graph that TensorFlow 2 puts into its checkpoints.
 */
import type { CheckpointEntry, CheckpointReader } from '../checkpoints/checkpoint-reader.js';
import type { Slice } from '../checkpoints/slice-key.js';
import { kindOf, tensorAttribute, attributesOf } from '../graph-files/attributes.js';
import { decodeMessage } from '../graph-files/message-file.js';
import { messageType, numberOf, type FunctionMessage, type GraphMessage, type MetaGraphMessage, type NodeMessage, type VariableMessage } from '../graph/schema.js';
import { functionsOf } from './functions.js';
import { parseReference } from './reference.js';
import { isVariable, variableFacts } from './variable-nodes.js';

/** Where the values of a variable lie. */
export interface VariableKey {
  entry: CheckpointEntry;
  /** The part of a partitioned tensor that it is. */
  slice?: Slice;
}

/** A name in a checkpoint, maybe with the part that is meant. */
interface Claim {
  key: string;
  slice?: Slice;
}

export class VariableKeys {
  private constructor(
    private readonly reader: CheckpointReader,
    private readonly restored: ReadonlyMap<string, Claim[]>,
    private readonly described: ReadonlyMap<string, Claim>,
    private readonly objects: ReadonlyMap<string, string>,
  ) {}

  static async of(graph: GraphMessage, meta: MetaGraphMessage | undefined, reader: CheckpointReader): Promise<VariableKeys> {
    return new VariableKeys(reader, restoredVariables(graph), describedVariables(meta), await objectKeys(reader));
  }

  /** Where a variable's values lie; undefined where the checkpoint has none that it could be. */
  find(node: NodeMessage): VariableKey | undefined {
    const { sharedName } = variableFacts(node);
    const claims = [...(this.restored.get(node.name) ?? []), this.described.get(node.name), { key: sharedName }, { key: node.name }, this.object(sharedName), this.object(node.name)];
    for (const claim of claims) {
      const entry = claim && this.reader.find(claim.key);
      if (entry) return this.whole(entry, claim.slice);
    }
    return this.part(node.name);
  }

  private object(name: string): Claim | undefined {
    const key = this.objects.get(name);
    return key === undefined ? undefined : { key };
  }

  /** A part is asked for as such only where the checkpoint keeps it so. */
  private whole(entry: CheckpointEntry, slice: Slice | undefined): VariableKey {
    return slice && entry.slices.length ? { entry, slice: kept(entry, slice) } : { entry };
  }

  /** `w/part_1` is the second part of `w`. */
  private part(name: string): VariableKey | undefined {
    const [, key, number] = /^(.+)\/part_(\d+)$/.exec(name) ?? [];
    const entry = key === undefined ? undefined : this.reader.find(key);
    const slice = entry && [...entry.slices].sort(byStart)[Number(number)];
    return entry && slice && { entry, slice };
  }
}

/** The same part as the checkpoint writes it: a whole axis can be given by its length, too. */
function kept(entry: CheckpointEntry, slice: Slice): Slice {
  const full = (part: Slice) => part.map(({ start, length }, axis) => `${start}+${length < 0 ? entry.shape[axis] : length}`).join();
  return entry.slices.find((part) => full(part) === full(slice)) ?? slice;
}

function byStart(a: Slice, b: Slice): number {
  const axis = a.findIndex(({ start }, i) => start !== b[i].start);
  return axis < 0 ? 0 : a[axis].start - b[axis].start;
}

/** What the collections of a .meta file say of its variables, by the variable's node. */
function describedVariables(meta: MetaGraphMessage | undefined): Map<string, Claim> {
  const claims = new Map<string, Claim>();
  for (const { bytesList } of Object.values(meta?.collectionDef ?? {})) {
    for (const bytes of bytesList?.value ?? []) {
      const described = variableOf(bytes);
      const info = described?.saveSliceInfoDef;
      if (!described?.variableName || !info?.fullName) continue;
      const slice = (info.varOffset ?? []).map((start, axis) => ({ start: numberOf(start), length: numberOf(info.varShape?.[axis] ?? -1) }));
      claims.set(parseReference(described.variableName).node, { key: info.fullName, slice });
    }
  }
  return claims;
}

/** Collections hold other messages, too. */
function variableOf(bytes: Uint8Array): VariableMessage | undefined {
  try {
    return decodeMessage(messageType('VariableDef'), Buffer.from(bytes));
  } catch {
    return undefined;
  }
}

/** The objects that TensorFlow 2 describes in its checkpoints: full name of a variable -> key. */
async function objectKeys(reader: CheckpointReader): Promise<Map<string, string>> {
  const entry = reader.find('_CHECKPOINTABLE_OBJECT_GRAPH');
  if (!entry) return new Map();
  const bytes = (await reader.readStrings(entry)).at(0);
  if (bytes === undefined) return new Map();
  const { nodes = [] } = decodeMessage<{ nodes?: { attributes?: { fullName: string; checkpointKey: string }[] }[] }>(messageType('TrackableObjectGraph'), bytes);
  return new Map(nodes.flatMap(({ attributes = [] }) => attributes.map(({ fullName, checkpointKey }): [string, string] => [fullName, checkpointKey])));
}

/* The graph's own nodes for restoring. */

/** A place where nodes stand: the graph itself or the body of a function, with what its arguments are outside. */
interface Place {
  nodes: ReadonlyMap<string, NodeMessage>;
  outside(argument: string): string | undefined;
}

/** Variable's node -> what RestoreV2 reads for it. Several savers give several claims. */
function restoredVariables(graph: GraphMessage): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>();
  for (const place of placesOf(graph)) {
    for (const node of place.nodes.values()) {
      if (node.op !== 'Assign' && node.op !== 'AssignVariableOp') continue;
      const [target, value] = (node.input ?? []).map(parseReference);
      const variable = target && variableAt(place, target.node);
      const claim = value && claimAt(place, value.node, value.index);
      if (variable !== undefined && claim) claims.set(variable, [...(claims.get(variable) ?? []), claim]);
    }
  }
  return claims;
}

function placesOf(graph: GraphMessage): Place[] {
  const functions = functionsOf(graph);
  const main: Place = { nodes: byName(graph.node), outside: () => undefined };
  const calls = graph.node.flatMap((node) => {
    const body = functions.get(node.op) ?? functions.get(attributesOf(node)['f']?.func?.name ?? '');
    return body ? [bodyPlace(body, node, main)] : [];
  });
  return [main, ...calls];
}

function bodyPlace(body: FunctionMessage, call: NodeMessage, main: Place): Place {
  const names = (body.signature.inputArg ?? []).map(({ name }) => name);
  return {
    nodes: byName(body.nodeDef ?? []),
    outside: (argument) => {
      const input = call.input?.[names.indexOf(argument)];
      return input === undefined ? undefined : variableAt(main, parseReference(input).node);
    },
  };
}

function byName(nodes: readonly NodeMessage[]): Map<string, NodeMessage> {
  return new Map(nodes.map((node) => [node.name, node]));
}

function variableAt(place: Place, name: string): string | undefined {
  const node = place.nodes.get(name);
  if (node === undefined) return place.outside(name);
  return isVariable(node) ? node.name : undefined;
}

/** What stands behind a value that is assigned: an output of RestoreV2, maybe passed on. */
function claimAt(place: Place, name: string, index: number, depth = 0): Claim | undefined {
  const node = place.nodes.get(name);
  const input = node?.input?.[0];
  if (node === undefined || depth > 8) return undefined;
  if ((node.op === 'Identity' || node.op === 'Reshape') && input !== undefined) {
    const { node: from, index: at } = parseReference(input);
    return claimAt(place, from, at, depth + 1);
  }
  if (node.op !== 'RestoreV2') return undefined;
  const [names, specs] = [1, 2].map((at) => constantTexts(place.nodes.get(parseReference(node.input?.[at] ?? '').node)));
  return names[index] === undefined ? undefined : { key: names[index], slice: parseSlice(specs[index] ?? '') };
}

function constantTexts(node: NodeMessage | undefined): string[] {
  const tensor = node && kindOf(attributesOf(node)['value'] ?? {}) === 'tensor' ? tensorAttribute(node, 'value') : undefined;
  return (tensor?.stringVal ?? []).map((bytes) => Buffer.from(bytes).toString('utf8'));
}

/** `6 4 0,2:0,4`: the sizes of the whole, then begin and length along each axis; `-` for a whole axis. */
function parseSlice(spec: string): Slice | undefined {
  const last = spec.trim().split(' ').at(-1);
  if (!last || !/[,\-:]/.test(last)) return undefined;
  return last.split(':').map((extent) => {
    const [start, length] = extent === '-' ? [0, -1] : extent.split(',').map(Number);
    return { start, length };
  });
}
