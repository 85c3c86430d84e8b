import protobuf from 'protobufjs';

/**
 * The part of TensorFlow's protocol buffers that graphs, SavedModels and their signatures need, with TensorFlow's names and
 * field numbers (tensorflow/core/framework/{graph,node_def,attr_value,tensor,tensor_shape,versions,function,op_def}.proto,
 * tensorflow/core/protobuf/{saved_model,meta_graph}.proto). Unknown fields of a file that is read are skipped.
 */
const SCHEMA = `
syntax = "proto3";
package tensorflow;

message TensorShapeProto {
  message Dim { int64 size = 1; string name = 2; }
  repeated Dim dim = 2;
  bool unknown_rank = 3;
}
message TensorProto {
  int32 dtype = 1;
  TensorShapeProto tensor_shape = 2;
  bytes tensor_content = 4;
  repeated float float_val = 5 [packed = true];
  repeated double double_val = 6 [packed = true];
  repeated int32 int_val = 7 [packed = true];
  repeated bytes string_val = 8;
  repeated int64 int64_val = 10 [packed = true];
  repeated bool bool_val = 11 [packed = true];
}
message AttrValue {
  message ListValue {
    repeated bytes s = 2;
    repeated int64 i = 3 [packed = true];
    repeated float f = 4 [packed = true];
    repeated bool b = 5 [packed = true];
    repeated int32 type = 6 [packed = true];
    repeated TensorShapeProto shape = 7;
    repeated TensorProto tensor = 8;
    repeated NameAttrList func = 9;
  }
  oneof value {
    bytes s = 2;
    int64 i = 3;
    float f = 4;
    bool b = 5;
    int32 type = 6;
    TensorShapeProto shape = 7;
    TensorProto tensor = 8;
    ListValue list = 1;
    NameAttrList func = 10;
    string placeholder = 9;
  }
}
message NameAttrList { string name = 1; map<string, AttrValue> attr = 2; }
message NodeDef {
  string name = 1;
  string op = 2;
  repeated string input = 3;
  string device = 4;
  map<string, AttrValue> attr = 5;
}
message VersionDef { int32 producer = 1; int32 min_consumer = 2; repeated int32 bad_consumers = 3 [packed = true]; }
message OpDef {
  message ArgDef {
    string name = 1; string description = 2; int32 type = 3; string type_attr = 4;
    string number_attr = 5; string type_list_attr = 6; bool is_ref = 16;
  }
  message AttrDef {
    string name = 1; string type = 2; AttrValue default_value = 3; string description = 4;
    bool has_minimum = 5; int64 minimum = 6; AttrValue allowed_values = 7;
  }
  string name = 1;
  repeated ArgDef input_arg = 2;
  repeated ArgDef output_arg = 3;
  repeated AttrDef attr = 4;
  bool is_stateful = 17;
  repeated string control_output = 20;
}
message FunctionDef {
  OpDef signature = 1;
  repeated NodeDef node_def = 3;
  map<string, string> ret = 4;
  map<string, AttrValue> attr = 5;
  map<string, string> control_ret = 6;
}
message GradientDef { string function_name = 1; string gradient_func = 2; }
message FunctionDefLibrary { repeated FunctionDef function = 1; repeated GradientDef gradient = 2; }
message GraphDef {
  repeated NodeDef node = 1;
  FunctionDefLibrary library = 2;
  VersionDef versions = 4;
}
message TensorInfo { string name = 1; int32 dtype = 2; TensorShapeProto tensor_shape = 3; }
message SignatureDef {
  map<string, TensorInfo> inputs = 1;
  map<string, TensorInfo> outputs = 2;
  string method_name = 3;
}
message MetaGraphDef {
  message MetaInfoDef { string meta_graph_version = 1; repeated string tags = 4; string tensorflow_version = 5; }
  MetaInfoDef meta_info_def = 1;
  GraphDef graph_def = 2;
  map<string, SignatureDef> signature_def = 5;
}
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraphDef meta_graphs = 2; }
`;

/* The messages as TypeScript sees them. Fields that are absent have their default value. */

export interface ShapeMessage {
  dim?: { size: number }[];
  unknownRank?: boolean;
}
export interface TensorMessage {
  dtype: number;
  tensorShape: ShapeMessage;
  tensorContent?: Uint8Array;
  floatVal?: number[];
  intVal?: number[];
  stringVal?: Uint8Array[];
  int64Val?: number[];
  boolVal?: boolean[];
}
export interface AttributeMessage {
  s?: Uint8Array;
  i?: number;
  f?: number;
  b?: boolean;
  type?: number;
  shape?: ShapeMessage;
  tensor?: TensorMessage;
  list?: { s?: Uint8Array[]; i?: number[]; f?: number[]; b?: boolean[]; type?: number[]; shape?: ShapeMessage[]; tensor?: TensorMessage[] };
}
export interface NodeMessage {
  name: string;
  op: string;
  input?: string[];
  device?: string;
  attr?: Record<string, AttributeMessage>;
}
/** TensorFlow's GraphDef. */
export interface GraphMessage {
  node: NodeMessage[];
  library?: object;
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
/** TensorFlow's SavedModel with its meta graphs. */
export interface SavedModelMessage {
  savedModelSchemaVersion: number;
  metaGraphs: {
    metaInfoDef: { tags: string[] };
    graphDef: GraphMessage;
    signatureDef: Record<string, SignatureMessage>;
  }[];
}

const root = protobuf.parse(SCHEMA).root;

/** Encodes a message of one type and reads it back. */
export interface MessageCodec<T> {
  encode(message: T): Uint8Array;
  /** @throws Error where the bytes are not such a message. */
  decode(bytes: Uint8Array): T;
}

function codec<T extends object>(name: string): MessageCodec<T> {
  const type = root.lookupType(`tensorflow.${name}`);
  return {
    encode: (message) => type.encode(type.create(message)).finish(),
    decode: (bytes) => type.toObject(type.decode(bytes), { longs: Number, arrays: true, objects: true }) as T,
  };
}

export const graphCodec: MessageCodec<GraphMessage> = codec('GraphDef');
export const savedModelCodec: MessageCodec<SavedModelMessage> = codec('SavedModel');
