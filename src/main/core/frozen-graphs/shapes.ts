/**
 * Shapes of what nodes give, as far as a file tells them: written down by whoever made the graph, or following from the inputs by the
 * rules of the usual operations. Nothing is run; what does not follow stays unknown.
 */
import { attributesOf, boolAttribute, shapeAttribute, shapeOf, tensorAttribute, textAttribute } from '../graph-files/attributes.js';
import { constantNumbers, constantShape, elementCountOf } from '../graph-files/constant.js';
import { numberOf, type GraphMessage, type NodeMessage } from '../graph/schema.js';
import { broadcastShapes, type Shape } from '../graph/shape.js';
import { parseReference } from './reference.js';
import { isVariable } from './variable-nodes.js';

type Known = Map<string, Shape>;

/** Shape of the first output of every node that has a known one, by the node's name. */
export function knownShapes(graph: GraphMessage): ReadonlyMap<string, Shape> {
  const known: Known = new Map();
  const nodes = new Map(graph.node.map((node) => [node.name, node]));
  // Nodes mostly stand behind their inputs; a second look finds those that do not.
  for (let pass = 0; pass < 2; pass++) {
    for (const node of graph.node) {
      if (known.has(node.name)) continue;
      const shape = writtenDown(node) ?? following(node, known, nodes);
      if (shape) known.set(node.name, shape);
    }
  }
  return known;
}

function writtenDown(node: NodeMessage): Shape | undefined {
  const listed = attributesOf(node)['_output_shapes']?.list?.shape?.[0];
  if (listed) return shapeOf(listed);
  if (node.op === 'Const') return constantOf(node) && constantShape(constantOf(node)!);
  if (isVariable(node) || node.op.startsWith('Placeholder')) return shapeAttribute(node, 'shape');
  return undefined;
}

function constantOf(node: NodeMessage | undefined) {
  return node?.op === 'Const' ? tensorAttribute(node, 'value') : undefined;
}

const LIKE_FIRST = new Set([
  'Identity', 'StopGradient', 'Relu', 'Relu6', 'LeakyRelu', 'Elu', 'Selu', 'Sigmoid', 'Tanh', 'Softplus', 'Softsign', 'Softmax', 'LogSoftmax', 'BiasAdd', 'Exp', 'Log', 'Log1p', 'Neg',
  'Abs', 'Square', 'Sqrt', 'Rsqrt', 'Cast', 'FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3', 'ReadVariableOp', 'PlaceholderWithDefault', 'PreventGradient', 'CheckNumerics', 'Round', 'Floor',
  'Enter', 'Exit', 'Switch', 'RefIdentity', 'ZerosLike', 'OnesLike', 'ClipByValue', 'LRN', 'Assign', 'AssignAdd', 'AssignSub',
]);
const BROADCAST = new Set(['Add', 'AddV2', 'Sub', 'Mul', 'RealDiv', 'Div', 'Maximum', 'Minimum', 'Pow', 'SquaredDifference', 'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal', 'NotEqual', 'LogicalAnd', 'LogicalOr']);
const REDUCTIONS = new Set(['Mean', 'Sum', 'Max', 'Min', 'Prod', 'All', 'Any']);

function following(node: NodeMessage, known: Known, nodes: ReadonlyMap<string, NodeMessage>): Shape | undefined {
  const inputs = (node.input ?? []).map(parseReference).filter(({ control }) => !control);
  const shape = (at: number): Shape | undefined => (inputs[at]?.index === 0 ? known.get(inputs[at].node) : undefined);
  const constant = (at: number): number[] | undefined => smallConstant(constantOf(nodes.get(inputs[at]?.node)));
  if (LIKE_FIRST.has(node.op)) return shape(0);
  if (BROADCAST.has(node.op)) return shape(0) && shape(1) && (broadcastShapes(shape(0)!, shape(1)!) ?? undefined);
  if (REDUCTIONS.has(node.op)) return reduced(shape(0), constant(1), boolAttribute(node, 'keep_dims') ?? false);
  if (node.op === 'MatMul') return product(node, shape(0), shape(1));
  if (node.op === 'Conv2D' || node.op === 'DepthwiseConv2dNative') return convolved(node, shape(0), shape(1));
  if (node.op === 'MaxPool' || node.op === 'AvgPool') return pooled(node, shape(0));
  if (node.op === 'Reshape') return reshaped(shape(0), constant(1));
  if (node.op === 'ArgMax' || node.op === 'ArgMin') return reduced(shape(0), constant(1), false);
  if (node.op === 'ResizeBilinear' || node.op === 'ResizeNearestNeighbor') return resized(shape(0), constant(1));
  return undefined;
}

/** Values of a constant that can be a shape or a list of axes. */
function smallConstant(tensor: ReturnType<typeof constantOf>): number[] | undefined {
  if (!tensor || elementCountOf(tensor) > 16) return undefined;
  try {
    return [...constantNumbers(tensor)];
  } catch {
    return undefined; // no numbers, or fewer than it claims
  }
}

function reduced(shape: Shape | undefined, axes: number[] | undefined, keep: boolean): Shape | undefined {
  if (!shape || !axes) return undefined;
  const gone = new Set(axes.map((axis) => (axis < 0 ? axis + shape.length : axis)));
  return keep ? shape.map((size, axis) => (gone.has(axis) ? 1 : size)) : shape.filter((_, axis) => !gone.has(axis));
}

function product(node: NodeMessage, a: Shape | undefined, b: Shape | undefined): Shape | undefined {
  if (a?.length !== 2 || b?.length !== 2) return undefined;
  return [a[boolAttribute(node, 'transpose_a') ? 1 : 0], b[boolAttribute(node, 'transpose_b') ? 0 : 1]];
}

function listAttribute(node: NodeMessage, name: string): number[] {
  return (attributesOf(node)[name]?.list?.i ?? []).map(numberOf);
}

/** Size along an axis after windows of `size`, `stride` apart. */
function windows(side: number | null, size: number, stride: number, padding: string | undefined): number | null {
  if (side === null) return null;
  return padding === 'SAME' ? Math.ceil(side / stride) : padding === 'VALID' ? Math.ceil((side - size + 1) / stride) : null;
}

function convolved(node: NodeMessage, x: Shape | undefined, filter: Shape | undefined): Shape | undefined {
  if (x?.length !== 4 || filter?.length !== 4 || textAttribute(node, 'data_format') === 'NCHW') return undefined;
  const [strides, dilations, padding] = [listAttribute(node, 'strides'), listAttribute(node, 'dilations'), textAttribute(node, 'padding')];
  const side = (axis: number) => windows(x[axis], ((filter[axis - 1] ?? 1) - 1) * (dilations[axis] ?? 1) + 1, strides[axis] ?? 1, padding);
  const depth = node.op === 'Conv2D' ? filter[3] : filter[2] === null || filter[3] === null ? null : filter[2] * filter[3];
  return [x[0], side(1), side(2), depth];
}

function pooled(node: NodeMessage, x: Shape | undefined): Shape | undefined {
  if (x?.length !== 4 || textAttribute(node, 'data_format') === 'NCHW') return undefined;
  const [sizes, strides, padding] = [listAttribute(node, 'ksize'), listAttribute(node, 'strides'), textAttribute(node, 'padding')];
  return x.map((side, axis) => windows(side, sizes[axis] ?? 1, strides[axis] ?? 1, padding));
}

function reshaped(shape: Shape | undefined, target: number[] | undefined): Shape | undefined {
  if (!target) return undefined;
  const count = shape?.every((size) => size !== null) ? (shape as number[]).reduce((all, size) => all * size, 1) : undefined;
  const rest = target.filter((size) => size !== -1).reduce((all, size) => all * size, 1);
  return target.map((size) => (size !== -1 ? size : count === undefined || rest === 0 ? null : count / rest));
}

function resized(shape: Shape | undefined, size: number[] | undefined): Shape | undefined {
  return shape?.length === 4 ? [shape[0], size?.[0] ?? null, size?.[1] ?? null, shape[3]] : undefined;
}
