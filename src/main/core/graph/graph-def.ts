import type { Attribute, ConstantValue } from './attribute.js';
import { dtypeNumber } from './dtype.js';
import type { Graph, Node, Tensor } from './graph.js';
import { graphCodec, type AttributeMessage, type GraphMessage, type NodeMessage, type ShapeMessage, type TensorMessage } from './schema.js';
import type { Shape } from './shape.js';

/** Version of TensorFlow's graph format that our operations follow: that of TensorFlow 2.9, the oldest engine in use. */
const PRODUCER = 1087;

/** A graph as TensorFlow's GraphDef message. */
export function toGraphDef(graph: Graph): GraphMessage {
  return { node: graph.nodes.map(nodeMessage), versions: { producer: PRODUCER } };
}

/** GraphDef in its binary form, the content of a `.pb` file. */
export function encodeGraphDef(graph: Graph | GraphMessage): Uint8Array {
  return graphCodec.encode('nodes' in graph ? toGraphDef(graph) : graph);
}

/** Reads the binary form of a GraphDef. @throws Error where the bytes are none. */
export function decodeGraphDef(bytes: Uint8Array): GraphMessage {
  return graphCodec.decode(bytes);
}

function nodeMessage(node: Node): NodeMessage {
  return {
    name: node.name,
    op: node.operation,
    input: [...node.inputs.map(inputName), ...node.controls.map((control) => `^${control.name}`)],
    attr: Object.fromEntries(Object.entries(node.attributes).map(([name, value]) => [name, attributeMessage(value)])),
  };
}

/** GraphDef writes the first output of a node without its number. */
function inputName({ node, index }: Tensor): string {
  return index === 0 ? node.name : `${node.name}:${index}`;
}

function attributeMessage(attribute: Attribute): AttributeMessage {
  switch (attribute.kind) {
    case 'int':
      return { i: attribute.value };
    case 'float':
      return { f: attribute.value };
    case 'bool':
      return { b: attribute.value };
    case 'string':
      return { s: Buffer.from(attribute.value) };
    case 'type':
      return { type: dtypeNumber(attribute.value) };
    case 'shape':
      return { shape: shapeMessage(attribute.value) };
    case 'tensor':
      return { tensor: tensorMessage(attribute.value) };
    case 'ints':
      return { list: { i: [...attribute.value] } };
    case 'types':
      return { list: { type: attribute.value.map(dtypeNumber) } };
  }
}

/** Sizes that are not known are -1 in TensorFlow's messages. */
export function shapeMessage(shape: Shape): ShapeMessage {
  return { dim: shape.map((size) => ({ size: size ?? -1 })) };
}

function tensorMessage({ dtype, shape, values }: ConstantValue): TensorMessage {
  const message = { dtype: dtypeNumber(dtype), tensorShape: shapeMessage(shape) };
  if (!ArrayBuffer.isView(values)) return { ...message, stringVal: values.map((value) => Buffer.from(value)) };
  return { ...message, tensorContent: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
}
