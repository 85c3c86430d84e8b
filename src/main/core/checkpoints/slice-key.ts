/**
 * Keys under which a checkpoint keeps the parts of a partitioned tensor: TensorFlow's order-preserving code of a name and the
 * part's extents (tensorflow/core/util/saved_tensor_slice_util.cc, tensorflow/core/lib/strings/ordered_code.cc).
 */

/** Along each axis where the part begins and how long it is; length -1 for the whole axis. */
export type Slice = readonly { start: number; length: number }[];

/** @returns The key, bytes held as Latin-1. */
export function sliceKey(name: string, slice: Slice): string {
  const text = Buffer.from(name, 'utf8').toString('latin1');
  const escaped = text.replace(/[\0\xff]/g, (byte) => (byte === '\0' ? '\0\xff' : '\xff\0'));
  return `\0${escaped}\0\x01${unsigned(slice.length)}${slice.map(({ start, length }) => signed(start) + signed(length)).join('')}`;
}

/** The number of its bytes, then the bytes, the highest first. */
function unsigned(value: number): string {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return String.fromCharCode(bytes.length, ...bytes);
}

/** As many leading ones as bytes, then the sign-extended number; so that bytes sort as numbers do. */
function signed(value: number): string {
  const magnitude = value < 0 ? -value - 1 : value;
  if (magnitude < 64) return String.fromCharCode((value & 0xff) ^ 0x80);
  const count = Math.ceil((Math.floor(Math.log2(magnitude)) + 2) / 7);
  const code = BigInt.asUintN(8 * count, BigInt(value)) ^ (((1n << BigInt(count)) - 1n) << BigInt(7 * count));
  return Buffer.from(code.toString(16).padStart(2 * count, '0'), 'hex').toString('latin1');
}
