/** What the engine fetched, in its own type again. */
import { TYPE } from '../graph-files/data-types.js';
import type { Fetched } from '../graph/native-session.js';
import type { NumberArray } from './npy.js';
import type { Port } from './runnable.js';

export type ResultArray = NumberArray | { shape: readonly number[]; values: string[] };

export function arrayOf({ shape, data }: Fetched, { type, carrier }: Port): ResultArray {
  if (Array.isArray(data)) return { shape, values: data };
  if (carrier.by !== 'bits') return { shape, values: data };
  const { buffer, byteOffset, length } = data as Int32Array<ArrayBuffer>;
  const halves = [buffer, byteOffset, length / 2] as const;
  const values = type === TYPE.float64 ? new Float64Array(...halves) : type === TYPE.int64 ? new BigInt64Array(...halves) : new BigUint64Array(...halves);
  return { shape: shape.slice(0, -1), values };
}
