/** Values that a graph holds itself: the bytes of a TensorProto, whichever of its ways they are written in. */
import { numberOf, type Integer, type TensorMessage } from '../graph/schema.js';
import { shapeOf } from './attributes.js';
import { bytesOfElement, TYPE, typeName } from './data-types.js';

/** Sizes of a constant; of one that says none, a scalar's. */
export function constantShape({ tensorShape }: TensorMessage): number[] {
  return (tensorShape ? shapeOf(tensorShape) ?? [] : []).map((size) => size ?? 0);
}

export function elementCountOf(tensor: TensorMessage): number {
  return constantShape(tensor).reduce((product, size) => product * size, 1);
}

/** Bytes that the values take when the graph runs; undefined for strings and the like. */
export function constantBytes(tensor: TensorMessage): number | undefined {
  const size = bytesOfElement(tensor.dtype);
  return size === undefined ? undefined : size * elementCountOf(tensor);
}

/** Values of a constant where they lie, not spelled out. */
export interface ConstantValues {
  count: number;
  /** Values that the file holds, at most `count`: all from this place on are the same. */
  held: number;
  /** Value at a place of the row-major order. */
  at(index: number): number;
}

/** @throws RangeError for types without numbers, for fewer bytes than values, and for shapes beyond all counting. */
export function constantValues(tensor: TensorMessage): ConstantValues {
  const count = elementCountOf(tensor);
  if (!Number.isSafeInteger(count)) throw new RangeError(`${count} values are more than can be counted`);
  const { tensorContent } = tensor;
  if (tensorContent?.length) return { count, held: count, at: bytesReader(tensorContent, tensor.dtype, count) };
  const listed = listedValues(tensor);
  const held = Math.min(listed.length, count);
  const rest = listed.at(-1) ?? 0;
  return { count, held, at: (index) => (index < held ? listed[index] : rest) };
}

/** Values that lie as row-major little-endian bytes. @throws RangeError as constantValues does. */
export function valuesOfBytes(bytes: Uint8Array, type: number, shape: readonly number[]): ConstantValues {
  const count = shape.reduce((product, size) => product * size, 1);
  return { count, held: count, at: bytesReader(bytes, type, count) };
}

function bytesReader(content: Uint8Array, type: number, count: number): (index: number) => number {
  const { size, read } = readerOf(type);
  refuseFewer(content, size, count, type);
  const view = viewOf(content);
  return (index) => read(view, index * size);
}

function readerOf(type: number): { size: number; read: (view: DataView, at: number) => number } {
  const size = bytesOfElement(type);
  const read = READERS[type];
  if (size === undefined || read === undefined) throw new RangeError(`${typeName(type)} values are not shown as numbers`);
  return { size, read };
}

/** Engines read a view of bytes much faster than a buffer. */
function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function refuseFewer(bytes: Uint8Array, size: number, count: number, type: number): void {
  if (bytes.length < size * count) throw new RangeError(`${bytes.length} bytes hold fewer than ${count} values of ${typeName(type)}`);
}

/** Elements that are spelled out of a constant that claims more than it holds: the last value fills the rest. */
const MOST = 2 ** 28;

/**
 * The values as numbers, row-major. @throws RangeError for types without numbers, and for constants that claim too much.
 * Numbers of 64 bits are rounded to JavaScript's.
 */
export function constantNumbers(tensor: TensorMessage): Float32Array | Float64Array | Int32Array {
  const count = elementCountOf(tensor);
  if (count > MOST) throw new RangeError(`${count} values are more than are looked at`);
  const { tensorContent } = tensor;
  if (tensorContent?.length) return fromBytes(Buffer.from(tensorContent), tensor.dtype, count);
  const listed = listedValues(tensor);
  const values = tensor.dtype === TYPE.float32 ? new Float32Array(count) : tensor.dtype === TYPE.int32 ? new Int32Array(count) : new Float64Array(count);
  values.set(listed.length > count ? listed.slice(0, count) : listed);
  if (listed.length > 0) values.fill(listed[listed.length - 1], Math.min(listed.length, count));
  return values;
}

function listedValues(tensor: TensorMessage): readonly number[] {
  switch (tensor.dtype) {
    case TYPE.float32: return tensor.floatVal ?? [];
    case TYPE.float64: return tensor.doubleVal ?? [];
    case TYPE.int64: return (tensor.int64Val ?? []).map((value: Integer) => numberOf(value));
    case TYPE.uint64: return (tensor.uint64Val ?? []).map((value: Integer) => numberOf(value));
    case TYPE.uint32: return tensor.uint32Val ?? [];
    case TYPE.bool: return (tensor.boolVal ?? []).map(Number);
    case TYPE.float16: return (tensor.halfVal ?? []).map(halfNumber);
    case TYPE.bfloat16: return (tensor.halfVal ?? []).map(brainNumber);
    case TYPE.int32: case TYPE.int16: case TYPE.int8: case TYPE.uint8: case TYPE.uint16: return tensor.intVal ?? [];
    default: throw new RangeError(`${typeName(tensor.dtype)} values are not shown as numbers`);
  }
}

/** Row-major little-endian bytes as numbers. @throws RangeError where they are too few or no numbers. */
export function fromBytes(bytes: Buffer, type: number, count: number): Float32Array | Float64Array | Int32Array {
  const { size, read } = readerOf(type);
  refuseFewer(bytes, size, count, type);
  if (type === TYPE.float32 || type === TYPE.int32) {
    const copy = Uint8Array.from(bytes.subarray(0, size * count)).buffer;
    return type === TYPE.float32 ? new Float32Array(copy) : new Int32Array(copy);
  }
  const view = viewOf(bytes);
  return Float64Array.from({ length: count }, (_, i) => read(view, i * size));
}

const READERS: Readonly<Record<number, (view: DataView, at: number) => number>> = {
  [TYPE.float32]: (view, at) => view.getFloat32(at, true),
  [TYPE.float64]: (view, at) => view.getFloat64(at, true),
  [TYPE.int32]: (view, at) => view.getInt32(at, true),
  [TYPE.uint32]: (view, at) => view.getUint32(at, true),
  [TYPE.int16]: (view, at) => view.getInt16(at, true),
  [TYPE.uint16]: (view, at) => view.getUint16(at, true),
  [TYPE.int8]: (view, at) => view.getInt8(at),
  [TYPE.uint8]: (view, at) => view.getUint8(at),
  [TYPE.bool]: (view, at) => view.getUint8(at),
  [TYPE.int64]: (view, at) => Number(view.getBigInt64(at, true)),
  [TYPE.uint64]: (view, at) => Number(view.getBigUint64(at, true)),
  [TYPE.float16]: (view, at) => halfNumber(view.getUint16(at, true)),
  [TYPE.bfloat16]: (view, at) => brainNumber(view.getUint16(at, true)),
};

/** IEEE 754 half precision. */
function halfNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
function brainNumber(bits: number): number {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(((bits & 0xffff) << 16) >>> 0);
  return bytes.readFloatLE(0);
}
