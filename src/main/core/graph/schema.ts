import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';

/** TensorFlow's own protocol buffer definitions, drawn from its .proto files by python/tensorflow-description. */
const DEFINITIONS = fileURLToPath(new URL('../../../../resources/tensorflow/schema.json', import.meta.url));

/* The messages as TypeScript sees them. Fields that are absent have their default value. */

/** A 64-bit integer of a message that was read: exact, where a number would round. */
export interface LongInteger {
  readonly low: number;
  readonly high: number;
  toNumber(): number;
  toString(): string;
}
export type Integer = number | LongInteger;

export interface ShapeMessage {
  dim?: { size: Integer; name?: string }[];
  unknownRank?: boolean;
}
export interface TensorMessage {
  dtype: number;
  tensorShape?: ShapeMessage;
  tensorContent?: Uint8Array;
  halfVal?: number[];
  floatVal?: number[];
  doubleVal?: number[];
  intVal?: number[];
  stringVal?: Uint8Array[];
  scomplexVal?: number[];
  int64Val?: Integer[];
  boolVal?: boolean[];
  dcomplexVal?: number[];
  uint32Val?: number[];
  uint64Val?: Integer[];
  float8Val?: Uint8Array;
}
/** A function by name, with what its attributes are at this place. */
export interface FunctionReference {
  name: string;
  attr?: Record<string, AttributeMessage>;
}
export interface AttributeList {
  s?: Uint8Array[];
  i?: Integer[];
  f?: number[];
  b?: boolean[];
  type?: number[];
  shape?: ShapeMessage[];
  tensor?: TensorMessage[];
  func?: FunctionReference[];
}
export interface AttributeMessage {
  s?: Uint8Array;
  i?: Integer;
  f?: number;
  b?: boolean;
  type?: number;
  shape?: ShapeMessage;
  tensor?: TensorMessage;
  list?: AttributeList;
  func?: FunctionReference;
  placeholder?: string;
}
export interface NodeMessage {
  name: string;
  op: string;
  input?: string[];
  device?: string;
  attr?: Record<string, AttributeMessage>;
}
export interface ArgumentMessage {
  name: string;
  type?: number;
  typeAttr?: string;
  numberAttr?: string;
  typeListAttr?: string;
  isRef?: boolean;
  handleData?: object[];
}
/** A function of a graph's library. Its nodes read `node:output:index` of each other, or the names of its inputs. */
export interface FunctionMessage {
  signature: {
    name: string;
    inputArg?: ArgumentMessage[];
    outputArg?: ArgumentMessage[];
    attr?: { name: string; type: string }[];
    isStateful?: boolean;
    controlOutput?: string[];
  };
  attr?: Record<string, AttributeMessage>;
  argAttr?: Record<string, { attr?: Record<string, AttributeMessage> }>;
  nodeDef?: NodeMessage[];
  ret?: Record<string, string>;
  controlRet?: Record<string, string>;
}
/** TensorFlow's GraphDef. */
export interface GraphMessage {
  node: NodeMessage[];
  library?: { function?: FunctionMessage[]; gradient?: object[] };
  versions?: { producer: number; minConsumer?: number };
}
export interface TensorInfoMessage {
  name: string;
  dtype: number;
  tensorShape: ShapeMessage;
}
export interface SignatureMessage {
  inputs: Record<string, TensorInfoMessage>;
  outputs: Record<string, TensorInfoMessage>;
  methodName: string;
}
/** What a graph's variable is called and where its values lie (tensorflow/core/framework/variable.proto). */
export interface VariableMessage {
  variableName: string;
  snapshotName?: string;
  isResource?: boolean;
  saveSliceInfoDef?: { fullName: string; fullShape?: Integer[]; varOffset?: Integer[]; varShape?: Integer[] };
}
/** A graph with what belongs to it. */
export interface MetaGraphMessage {
  metaInfoDef?: { tags?: string[]; tensorflowVersion?: string };
  graphDef?: GraphMessage;
  saverDef?: object;
  collectionDef?: Record<string, { bytesList?: { value?: Uint8Array[] }; nodeList?: { value?: string[] } }>;
  signatureDef?: Record<string, SignatureMessage>;
  objectGraphDef?: object;
}
/** TensorFlow's SavedModel with its meta graphs. */
export interface SavedModelMessage {
  savedModelSchemaVersion: Integer;
  metaGraphs: MetaGraphMessage[];
}

const root = protobuf.Root.fromJSON(JSON.parse(readFileSync(DEFINITIONS, 'utf8')) as protobuf.INamespace).resolveAll();

/** The definition of a message by its name in TensorFlow: `GraphDef`. */
export function messageType(name: string): protobuf.Type {
  return root.lookupType(`tensorflow.${name}`);
}

/** The number as far as JavaScript's numbers hold it. */
export function numberOf(value: Integer): number {
  return typeof value === 'number' ? value : value.toNumber();
}

/** Encodes a message of one type and reads it back. */
export interface MessageCodec<T> {
  encode(message: T): Uint8Array;
  /** @throws Error where the bytes are not such a message. */
  decode(bytes: Uint8Array): T;
}

function codec<T extends object>(name: string): MessageCodec<T> {
  const type = messageType(name);
  return {
    encode: (message) => type.encode(type.create(message)).finish(),
    decode: (bytes) => type.toObject(type.decode(bytes), { longs: Number, arrays: true, objects: true }) as T,
  };
}

export const graphCodec: MessageCodec<GraphMessage> = codec('GraphDef');
export const savedModelCodec: MessageCodec<SavedModelMessage> = codec('SavedModel');
