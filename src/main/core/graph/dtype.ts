import { TYPE } from '../graph-files/data-types.js';

/** The element types a graph of ours can hold, by TensorFlow's names in Python. */
const DTYPES = ['float32', 'bfloat16', 'int32', 'int64', 'uint8', 'bool', 'string', 'resource'] as const;
export type DType = (typeof DTYPES)[number];

const NAMES = new Map<number, DType>(DTYPES.map((name) => [TYPE[name], name]));

/** TensorFlow's number for an element type, as GraphDef and checkpoints write it. */
export function dtypeNumber(dtype: DType): number {
  return TYPE[dtype];
}

/** The element type behind TensorFlow's number. Throws where the number is none of ours. */
export function dtypeOfNumber(number: number): DType {
  const name = NAMES.get(number);
  if (name === undefined) throw new Error(`TensorFlow's data type ${number} is not supported`);
  return name;
}
