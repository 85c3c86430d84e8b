/** Arrays in NumPy's file format (numpy/lib/format.py), versions 1 to 3: read in C order, written little-endian. */
import { UserError } from '../errors.js';
import { fromBytes } from '../graph-files/constant.js';
import { bytesOfElement, TYPE } from '../graph-files/data-types.js';

export interface NumberArray {
  shape: readonly number[];
  values: Float32Array | Float64Array | Int32Array | Uint8Array | BigInt64Array | BigUint64Array;
}

const MAGIC = '\u0093NUMPY';
const TYPES: Readonly<Record<string, number>> = {
  '<f4': TYPE.float32, '<f8': TYPE.float64, '<f2': TYPE.float16, '<i4': TYPE.int32, '<i8': TYPE.int64, '<i2': TYPE.int16, '|i1': TYPE.int8, '|u1': TYPE.uint8, '<u2': TYPE.uint16, '<u4': TYPE.uint32,
  '<u8': TYPE.uint64, '|b1': TYPE.bool,
};

/** @param name Of the file, for messages. @throws UserError where it is no such file, or holds what cannot be fed. */
export function readNpy(bytes: Buffer, name: string): NumberArray {
  if (bytes.subarray(0, 6).toString('latin1') !== MAGIC || bytes.length < 10) throw new UserError(`${name} is no .npy file. Write it with numpy.save.`);
  const long = bytes[6] >= 2;
  const begin = long ? 12 : 10;
  const end = begin + (long && bytes.length >= 12 ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  if (end > bytes.length) throw new UserError(`${name} breaks off in its header. Save it again.`);
  const { type, shape } = parseHeader(bytes.subarray(begin, end).toString('latin1'), name);
  const count = shape.reduce((product, size) => product * size, 1);
  const wanted = count * (bytesOfElement(type) as number);
  if (bytes.length - end < wanted) throw new UserError(`${name} breaks off: its shape asks for ${wanted} bytes of values, ${bytes.length - end} are there. Save it again.`);
  const data = bytes.subarray(end, end + wanted);
  if (type === TYPE.int64) return { shape, values: BigInt64Array.from({ length: count }, (_, i) => data.readBigInt64LE(8 * i)) };
  if (type === TYPE.uint64) return { shape, values: BigUint64Array.from({ length: count }, (_, i) => data.readBigUInt64LE(8 * i)) };
  return { shape, values: fromBytes(data, type, count) };
}

function parseHeader(header: string, name: string): { type: number; shape: number[] } {
  const description = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? '';
  const sizes = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (sizes === undefined) throw new UserError(`${name} has no header that can be read. Write it with numpy.save.`);
  if (/'fortran_order':\s*True/.test(header)) throw new UserError(`${name} is in Fortran's order. Save numpy.ascontiguousarray of it.`);
  const type = TYPES[description.replace(/^[=|]/, (sign) => (sign === '=' ? '<' : sign))];
  if (type === undefined) throw new UserError(`${name} holds values of the kind ${description || 'unknown'}, which cannot be fed. Save it as float32.`);
  return { type, shape: sizes.split(',').map((size) => size.trim()).filter(Boolean).map(Number) };
}

/** The content of a .npy file, version 1. */
export function npyBytes({ shape, values }: NumberArray, bool = false): Buffer {
  const description = bool ? '|b1' : descriptionOf(values);
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${description}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const padded = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + '\n';
  const head = Buffer.alloc(10);
  head.write(MAGIC, 'latin1');
  head[6] = 1;
  head.writeUInt16LE(padded.length, 8);
  return Buffer.concat([head, Buffer.from(padded, 'latin1'), Buffer.from(values.buffer, values.byteOffset, values.byteLength)]);
}

function descriptionOf(values: NumberArray['values']): string {
  if (values instanceof Float32Array) return '<f4';
  if (values instanceof Float64Array) return '<f8';
  if (values instanceof Int32Array) return '<i4';
  if (values instanceof BigInt64Array) return '<i8';
  return values instanceof BigUint64Array ? '<u8' : '|u1';
}
