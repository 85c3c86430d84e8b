/**
 * The engine hands over float32, int32, bool and strings only. Values of other types are carried in one of these, and turned into the real
 * type by nodes that are added to the graph.
 */
import type { DType } from '../graph/dtype.js';
import { TYPE, typeName } from '../graph-files/data-types.js';
import { UserError } from '../errors.js';

export type CarrierType = Extract<DType, 'float32' | 'int32' | 'bool' | 'string'>;

export interface Carrier {
  type: CarrierType;
  /** `cast`: rounded where it does not fit; `bits`: two int32 for each value, the lower half first. */
  by: 'itself' | 'cast' | 'bits';
}

const FLOATS = new Set<number>([TYPE.float16, TYPE.bfloat16]);
const SMALL = new Set<number>([TYPE.uint8, TYPE.int8, TYPE.int16, TYPE.uint16]);
const WIDE = new Set<number>([TYPE.int64, TYPE.uint64, TYPE.float64]);
const PLAIN: Readonly<Record<number, CarrierType>> = { [TYPE.float32]: 'float32', [TYPE.int32]: 'int32', [TYPE.bool]: 'bool', [TYPE.string]: 'string' };

/** How values of a type go into and come out of a graph. @param name For the message. @throws UserError for types without values of their own. */
export function carrierOf(type: number, name: string): Carrier {
  if (PLAIN[type]) return { type: PLAIN[type], by: 'itself' };
  if (FLOATS.has(type)) return { type: 'float32', by: 'cast' };
  if (SMALL.has(type)) return { type: 'int32', by: 'cast' };
  if (WIDE.has(type)) return { type: 'int32', by: 'bits' };
  throw new UserError(`${name} is of type ${typeName(type)}, which can neither be fed nor fetched. Choose a node with numbers.`);
}
