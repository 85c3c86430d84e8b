/** Reading the attributes of nodes that came from a file: absent ones, and ones of another kind, are undefined. */
import { numberOf, type AttributeMessage, type ShapeMessage, type TensorMessage } from '../graph/schema.js';
import type { Shape } from '../graph/index.js';

type Attributed = { attr?: Record<string, AttributeMessage> };
type Kind = 's' | 'i' | 'f' | 'b' | 'type' | 'shape' | 'tensor' | 'list' | 'func' | 'placeholder';
const KINDS: readonly Kind[] = ['s', 'i', 'f', 'b', 'type', 'shape', 'tensor', 'list', 'func', 'placeholder'];

/** Which of its values an attribute holds; undefined where it is empty. */
export function kindOf(attribute: AttributeMessage): Kind | undefined {
  return KINDS.find((kind) => Object.hasOwn(attribute, kind) && attribute[kind] !== undefined && attribute[kind] !== null);
}

function held<K extends Kind>(node: Attributed, name: string, kind: K): AttributeMessage[K] | undefined {
  const attribute = attributesOf(node)[name];
  return attribute !== undefined && kindOf(attribute) === kind ? attribute[kind] : undefined;
}

/** All attributes by name, own ones only. */
export function attributesOf(node: Attributed): Record<string, AttributeMessage> {
  return node.attr ?? {};
}

export function typeAttribute(node: Attributed, name: string): number | undefined {
  return held(node, name, 'type');
}

export function typesAttribute(node: Attributed, name: string): readonly number[] | undefined {
  const list = held(node, name, 'list');
  return list && [...(list.type ?? [])];
}

export function intAttribute(node: Attributed, name: string): number | undefined {
  const value = held(node, name, 'i');
  return value === undefined ? undefined : numberOf(value);
}

export function boolAttribute(node: Attributed, name: string): boolean | undefined {
  return held(node, name, 'b');
}

export function textAttribute(node: Attributed, name: string): string | undefined {
  const bytes = held(node, name, 's');
  return bytes && Buffer.from(bytes).toString('utf8');
}

export function shapeAttribute(node: Attributed, name: string): Shape | undefined {
  const shape = held(node, name, 'shape');
  return shape && shapeOf(shape);
}

export function tensorAttribute(node: Attributed, name: string): TensorMessage | undefined {
  return held(node, name, 'tensor');
}

/** Names of the functions that a node calls by its attributes, with the attribute's name: `then_branch`. */
export function functionAttributes(node: Attributed): { attribute: string; name: string }[] {
  return Object.entries(attributesOf(node)).flatMap(([attribute, value]) => {
    if (kindOf(value) === 'func') return [{ attribute, name: value.func!.name }];
    if (kindOf(value) === 'list') return (value.list!.func ?? []).map(({ name }) => ({ attribute, name }));
    return [];
  });
}

/** The sizes of a shape, null where one is not known; undefined where not even their number is. */
export function shapeOf(shape: ShapeMessage): Shape | undefined {
  if (shape.unknownRank) return undefined;
  return (shape.dim ?? []).map(({ size }) => {
    const value = numberOf(size);
    return value < 0 ? null : value;
  });
}
