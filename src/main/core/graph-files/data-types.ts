/** TensorFlow's element types: their names for people, and how many bytes an element takes. */

/** Numbers of the types by their names in Python (tensorflow/core/framework/types.proto). */
export const TYPE = {
  float32: 1, float64: 2, int32: 3, uint8: 4, int16: 5, int8: 6, string: 7, complex64: 8, int64: 9, bool: 10, qint8: 11, quint8: 12, qint32: 13, bfloat16: 14,
  qint16: 15, quint16: 16, uint16: 17, complex128: 18, float16: 19, resource: 20, variant: 21, uint32: 22, uint64: 23, float8_e5m2: 24, float8_e4m3fn: 25,
} as const;
type TypeName = keyof typeof TYPE;

const NAMES = new Map<number, TypeName>(Object.entries(TYPE).map(([name, number]) => [number, name as TypeName]));

/** Bytes of an element; where elements differ (strings) or are no numbers at all, undefined. */
const BYTES: Record<TypeName, number | undefined> = {
  float32: 4, float64: 8, int32: 4, uint8: 1, int16: 2, int8: 1, string: undefined, complex64: 8, int64: 8, bool: 1, qint8: 1, quint8: 1, qint32: 4, bfloat16: 2,
  qint16: 2, quint16: 2, uint16: 2, complex128: 16, float16: 2, resource: undefined, variant: undefined, uint32: 4, uint64: 8, float8_e5m2: 1, float8_e4m3fn: 1,
};

/** References count from here: VariableV2 gives a float32 reference as 101. */
const REFERENCE = 100;

/** The type that a reference refers to; others as they are. */
export function withoutReference(type: number): number {
  return type > REFERENCE ? type - REFERENCE : type;
}

/** Name of a type for people; `type 77` where TensorFlow may know it and this program does not. */
export function typeName(type: number): string {
  const known = NAMES.get(withoutReference(type));
  return known ?? (type === 0 ? 'unknown' : `type ${type}`);
}

/** Bytes of an element; undefined for strings, resources and unknown types. */
export function bytesOfElement(type: number): number | undefined {
  const name = NAMES.get(withoutReference(type));
  return name && BYTES[name];
}
