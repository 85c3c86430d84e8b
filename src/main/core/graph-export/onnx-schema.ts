/** The part of ONNX's protocol buffers that is written (github.com/onnx/onnx, onnx/onnx.proto, names and field numbers). */
import protobuf from 'protobufjs';

const { root } = protobuf.parse(`
  syntax = "proto3";
  message AttributeProto {
    string name = 1; float f = 2; int64 i = 3; bytes s = 4; repeated float floats = 7 [packed = true]; repeated int64 ints = 8 [packed = true]; int32 type = 20;
  }
  message ValueInfoProto { string name = 1; TypeProto type = 2; }
  message TypeProto { message Tensor { int32 elem_type = 1; TensorShapeProto shape = 2; } Tensor tensor_type = 1; }
  message TensorShapeProto { message Dimension { oneof value { int64 dim_value = 1; string dim_param = 2; } } repeated Dimension dim = 1; }
  message NodeProto { repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4; repeated AttributeProto attribute = 5; }
  message TensorProto { repeated int64 dims = 1 [packed = true]; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
  message GraphProto {
    repeated NodeProto node = 1; string name = 2; repeated TensorProto initializer = 5; repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12;
  }
  message OperatorSetIdProto { string domain = 1; int64 version = 2; }
  message ModelProto {
    int64 ir_version = 1; string producer_name = 2; string producer_version = 3; GraphProto graph = 7; repeated OperatorSetIdProto opset_import = 8;
  }
`, { keepCase: true });

const Model = root.lookupType('ModelProto');

/** Numbers of element types (onnx.proto, TensorProto.DataType). */
export const ONNX_TYPE = { float: 1, int32: 6, int64: 7 } as const;

export interface OnnxAttribute {
  name: string;
  i?: number;
  f?: number;
  s?: Uint8Array;
  ints?: readonly number[];
  type: number;
}
export interface OnnxNode {
  input: readonly string[];
  output: readonly string[];
  name: string;
  op_type: string;
  attribute: OnnxAttribute[];
}
export interface OnnxTensor {
  name: string;
  dims: readonly number[];
  data_type: number;
  raw_data: Uint8Array;
}
export interface OnnxGraph {
  name: string;
  node: OnnxNode[];
  initializer: OnnxTensor[];
  input: object[];
  output: object[];
}

/** Operations are meant as in this version of ONNX's set. */
export const OPSET = 17;
/** Version of the file format that came with that set. */
const IR_VERSION = 8;

export function encodeOnnx(graph: OnnxGraph): Buffer {
  return Model.encode({ ir_version: IR_VERSION, producer_name: 'Chromabench', graph, opset_import: [{ domain: '', version: OPSET }] }).finish() as Buffer;
}

/** A tensor that goes in or comes out. Sizes that are not known get a name. */
export function valueInfo(name: string, sizes: readonly (number | string)[]): object {
  const dim = sizes.map((size) => (typeof size === 'number' ? { dim_value: size } : { dim_param: size }));
  return { name, type: { tensor_type: { elem_type: ONNX_TYPE.float, shape: { dim } } } };
}

export const attribute = {
  int: (name: string, i: number): OnnxAttribute => ({ name, i, type: 2 }),
  float: (name: string, f: number): OnnxAttribute => ({ name, f, type: 1 }),
  text: (name: string, s: string): OnnxAttribute => ({ name, s: Buffer.from(s), type: 3 }),
  ints: (name: string, ints: readonly number[]): OnnxAttribute => ({ name, ints, type: 7 }),
};
