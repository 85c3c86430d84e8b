import type { DType } from './dtype.js';
import type { Shape } from './shape.js';

/** Values of a constant, in row-major order. */
export type TensorValues = Float32Array | Int32Array | Uint8Array | readonly string[];

/** A constant held in the graph itself. */
export interface ConstantValue {
  dtype: DType;
  shape: readonly number[];
  values: TensorValues;
}

/** The kinds of TensorFlow's `AttrValue` that we use, and how TypeScript holds each. */
export interface AttributeValues {
  int: number;
  float: number;
  bool: boolean;
  string: string;
  type: DType;
  shape: Shape;
  tensor: ConstantValue;
  ints: readonly number[];
  types: readonly DType[];
}

export type AttributeKind = keyof AttributeValues;

/** One setting of an operation. */
export type Attribute = { [K in AttributeKind]: { kind: K; value: AttributeValues[K] } }[AttributeKind];

export type Attributes = Readonly<Record<string, Attribute>>;

/** Short constructors, so that operations read like their documentation. */
export const attribute = {
  int: (value: number): Attribute => ({ kind: 'int', value }),
  float: (value: number): Attribute => ({ kind: 'float', value }),
  bool: (value: boolean): Attribute => ({ kind: 'bool', value }),
  string: (value: string): Attribute => ({ kind: 'string', value }),
  type: (value: DType): Attribute => ({ kind: 'type', value }),
  shape: (value: Shape): Attribute => ({ kind: 'shape', value }),
  tensor: (value: ConstantValue): Attribute => ({ kind: 'tensor', value }),
  ints: (value: readonly number[]): Attribute => ({ kind: 'ints', value }),
  types: (value: readonly DType[]): Attribute => ({ kind: 'types', value }),
};

/** The value of an attribute, or `undefined` where there is none of that name and kind. */
export function attributeValue<K extends AttributeKind>(attributes: Attributes, name: string, kind: K): AttributeValues[K] | undefined {
  const found = attributes[name];
  return found?.kind === kind ? (found.value as AttributeValues[K]) : undefined;
}
