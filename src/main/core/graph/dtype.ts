/** The element types a graph of ours can hold, by TensorFlow's names in Python. */
export type DType = 'float32' | 'int32' | 'int64' | 'uint8' | 'bool' | 'string' | 'resource';

/** Numbers of TensorFlow's `DataType` enumeration (tensorflow/core/framework/types.proto). */
const NUMBERS: Record<DType, number> = {
  float32: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  int64: 9,
  bool: 10,
  resource: 20,
};

const NAMES = new Map(Object.entries(NUMBERS).map(([name, number]) => [number, name as DType]));

/** TensorFlow's number for an element type, as GraphDef and checkpoints write it. */
export function dtypeNumber(dtype: DType): number {
  return NUMBERS[dtype];
}

/** The element type behind TensorFlow's number. Throws where the number is none of ours. */
export function dtypeOfNumber(number: number): DType {
  const name = NAMES.get(number);
  if (name === undefined) throw new Error(`TensorFlow's data type ${number} is not supported`);
  return name;
}
