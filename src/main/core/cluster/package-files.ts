/** Values as the files that the Python side reads. */
import { LAB_CURVE } from '../../../shared/colour/lab.js';
import { LINEAR_OF_BYTE } from '../../../shared/colour/srgb.js';

/** The tables that colours are worked out by, the same numbers as here. */
export function colourTables(): Uint8Array {
  return bytesOf(Float64Array.from([...LINEAR_OF_BYTE, ...LAB_CURVE]));
}

export function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** Little endian, as every machine that this runs on has it. */
export function bytesOf(values: Float32Array | Float64Array | Int16Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
