/** TensorFlow's element types: their names for people, and how many bytes an element takes. */

export interface DataType {
  /** As Python names it: `float32`. */
  name: string;
  /** Of an element; undefined where elements differ (strings) or are no numbers at all. */
  bytes?: number;
}

const TYPES = new Map<number, DataType>([
  [1, { name: 'float32', bytes: 4 }],
  [2, { name: 'float64', bytes: 8 }],
  [3, { name: 'int32', bytes: 4 }],
  [4, { name: 'uint8', bytes: 1 }],
  [5, { name: 'int16', bytes: 2 }],
  [6, { name: 'int8', bytes: 1 }],
  [7, { name: 'string' }],
  [8, { name: 'complex64', bytes: 8 }],
  [9, { name: 'int64', bytes: 8 }],
  [10, { name: 'bool', bytes: 1 }],
  [11, { name: 'qint8', bytes: 1 }],
  [12, { name: 'quint8', bytes: 1 }],
  [13, { name: 'qint32', bytes: 4 }],
  [14, { name: 'bfloat16', bytes: 2 }],
  [15, { name: 'qint16', bytes: 2 }],
  [16, { name: 'quint16', bytes: 2 }],
  [17, { name: 'uint16', bytes: 2 }],
  [18, { name: 'complex128', bytes: 16 }],
  [19, { name: 'float16', bytes: 2 }],
  [20, { name: 'resource' }],
  [21, { name: 'variant' }],
  [22, { name: 'uint32', bytes: 4 }],
  [23, { name: 'uint64', bytes: 8 }],
  [24, { name: 'float8_e5m2', bytes: 1 }],
  [25, { name: 'float8_e4m3fn', bytes: 1 }],
]);

/** Numbers of types that code asks for by name (tensorflow/core/framework/types.proto). */
export const TYPE = { float32: 1, float64: 2, int32: 3, uint8: 4, int16: 5, int8: 6, string: 7, int64: 9, bool: 10, bfloat16: 14, uint16: 17, float16: 19, resource: 20, variant: 21, uint32: 22, uint64: 23 } as const;

/** References count from here: VariableV2 gives a float32 reference as 101. */
const REFERENCE = 100;

/** The type that a reference refers to; others as they are. */
export function withoutReference(type: number): number {
  return type > REFERENCE ? type - REFERENCE : type;
}

/** Name of a type for people; `type 77` where TensorFlow may know it and this program does not. */
export function typeName(type: number): string {
  const known = TYPES.get(withoutReference(type))?.name;
  return known ?? (type === 0 ? 'unknown' : `type ${type}`);
}

/** Bytes of an element; undefined for strings, resources and unknown types. */
export function bytesOfElement(type: number): number | undefined {
  return TYPES.get(withoutReference(type))?.bytes;
}
