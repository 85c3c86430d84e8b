/**
 * A frozen graph as an ONNX model. TensorFlow keeps channels last, ONNX second: around each operation that minds, the axes are turned, and
 * runtimes take out the turns that cancel.
 */
import { UserError } from '../errors.js';
import { attributesOf, boolAttribute, tensorAttribute, textAttribute } from '../graph-files/attributes.js';
import { constantNumbers, constantShape } from '../graph-files/constant.js';
import { TYPE, typeName } from '../graph-files/data-types.js';
import { knownShapes } from '../frozen-graphs/shapes.js';
import { isInput } from '../frozen-graphs/summary.js';
import { parseReference } from '../frozen-graphs/reference.js';
import { numberOf, type GraphMessage, type NodeMessage, type TensorMessage } from '../graph/schema.js';
import { attribute, encodeOnnx, ONNX_TYPE, valueInfo, type OnnxAttribute, type OnnxNode, type OnnxTensor } from './onnx-schema.js';

/** @returns The content of a .onnx file. @throws UserError where an operation has no counterpart here. */
export function onnxModel(graph: GraphMessage, outputs: readonly string[]): Buffer {
  return new OnnxWriter(graph, outputs).model();
}

type Rule = (writer: OnnxWriter, node: NodeMessage, inputs: string[]) => void;

const CHANNELS_SECOND = [0, 3, 1, 2];
const CHANNELS_LAST = [0, 2, 3, 1];
/** Ends a slice at the end, whatever the size. */
const TO_THE_END = 2 ** 31 - 1;

class OnnxWriter {
  readonly nodes: OnnxNode[] = [];
  private readonly tensors: OnnxTensor[] = [];
  private readonly byName: ReadonlyMap<string, NodeMessage>;

  constructor(private readonly graph: GraphMessage, private readonly outputs: readonly string[]) {
    this.byName = new Map(graph.node.map((node) => [node.name, node]));
  }

  model(): Buffer {
    for (const node of this.graph.node) this.write(node);
    const shapes = knownShapes(this.graph);
    const sizes = (name: string, kind: string) => (shapes.get(name) ?? [null, null, null, null]).map((size, axis) => size ?? `${kind}${axis}`);
    const inputs = this.graph.node.filter(isInput).map(({ name }) => valueInfo(name, sizes(name, 'size_')));
    const used = new Set([...this.nodes.flatMap(({ input }) => input), ...this.outputs]);
    const initializer = this.tensors.filter(({ name }) => used.has(name));
    return encodeOnnx({ name: 'network', node: this.nodes, initializer, input: inputs, output: this.outputs.map((name) => valueInfo(name, sizes(name, `${name}_`))) });
  }

  private write(node: NodeMessage): void {
    if (isInput(node)) return;
    if (node.op === 'Const') return this.constant(node.name, tensorAttribute(node, 'value') as TensorMessage);
    const rule = RULES[node.op];
    if (rule === undefined) throw new UserError(`${node.name} (${node.op}) has no counterpart in ONNX that this program knows. Export another format.`);
    const inputs = (node.input ?? []).map(parseReference).filter(({ control }) => !control);
    const later = inputs.find(({ index }) => index > 0);
    if (later) throw new UserError(`${node.name} takes a second output of ${later.node}, which is not exported to ONNX.`);
    rule(this, node, inputs.map(({ node: name }) => name));
  }

  add(type: string, name: string, input: readonly string[], attributes: OnnxAttribute[] = []): string {
    this.nodes.push({ op_type: type, name, input, output: [name], attribute: attributes });
    return name;
  }

  turned(from: string, order: readonly number[], name: string): string {
    return this.add('Transpose', name, [from], [attribute.ints('perm', order)]);
  }

  cast(from: string, name: string, type: number): string {
    return this.add('Cast', name, [from], [attribute.int('to', type)]);
  }

  integers(name: string, values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    this.tensors.push({ name, dims: [values.length], data_type: ONNX_TYPE.int64, raw_data: new Uint8Array(data.buffer) });
    return name;
  }

  floats(name: string, values: Float32Array): string {
    this.tensors.push({ name, dims: [values.length], data_type: ONNX_TYPE.float, raw_data: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) });
    return name;
  }

  /** Values of a constant input. @throws UserError where it is computed. */
  values(node: NodeMessage, name: string): number[] {
    const tensor = tensorAttribute(this.source(name), 'value');
    if (tensor === undefined) throw new UserError(`${node.name} (${node.op}) takes ${name}, which is no constant; it is not exported to ONNX.`);
    return [...constantNumbers(tensor)];
  }

  /** Sizes of a constant input. */
  shape(name: string): readonly number[] {
    const tensor = tensorAttribute(this.source(name), 'value');
    if (tensor === undefined) throw new UserError(`${name} is no constant; it is not exported to ONNX.`);
    return constantShape(tensor);
  }

  /** The node itself, behind what only passes on. */
  private source(name: string): NodeMessage {
    const node = this.byName.get(name) as NodeMessage;
    return node.op === 'Identity' ? this.source(parseReference(node.input?.[0] ?? '').node) : node;
  }

  private constant(name: string, tensor: TensorMessage): void {
    const type = { [TYPE.float32]: ONNX_TYPE.float, [TYPE.int32]: ONNX_TYPE.int32 }[tensor.dtype];
    if (type === undefined) throw new UserError(`${name} is a constant of type ${typeName(tensor.dtype)}, which is not exported to ONNX.`);
    const { buffer, byteOffset, byteLength } = constantNumbers(tensor);
    this.tensors.push({ name, dims: constantShape(tensor), data_type: type, raw_data: new Uint8Array(buffer, byteOffset, byteLength) });
  }
}

/** Operations that are the same in both. */
const SAME: Readonly<Record<string, string>> = {
  Identity: 'Identity', StopGradient: 'Identity', Add: 'Add', AddV2: 'Add', BiasAdd: 'Add', Sub: 'Sub', Mul: 'Mul', RealDiv: 'Div', Maximum: 'Max', Minimum: 'Min', Neg: 'Neg', Abs: 'Abs', Relu: 'Relu',
  Sigmoid: 'Sigmoid', Tanh: 'Tanh', Exp: 'Exp', Log: 'Log', Sqrt: 'Sqrt', Softplus: 'Softplus', MatMul: 'MatMul',
};

const RULES: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(Object.entries(SAME).map(([from, to]): [string, Rule] => [from, (writer, { name }, inputs) => void writer.add(to, name, inputs)])),
  Softmax: (writer, { name }, inputs) => void writer.add('Softmax', name, inputs, [attribute.int('axis', -1)]),
  Shape: (writer, { name }, inputs) => void writer.cast(writer.add('Shape', `${name}/wide`, inputs), name, ONNX_TYPE.int32),
  Reshape: (writer, { name }, [x, shape]) => void writer.add('Reshape', name, [x, writer.cast(shape, `${name}/shape`, ONNX_TYPE.int64)]),
  ConcatV2: (writer, node, inputs) => {
    const [axis] = writer.values(node, inputs[inputs.length - 1]);
    writer.add('Concat', node.name, inputs.slice(0, -1), [attribute.int('axis', axis)]);
  },
  Slice: (writer, node, [x, begin, size]) => {
    const [from, lengths] = [writer.values(node, begin), writer.values(node, size)];
    const ends = from.map((start, axis) => (lengths[axis] < 0 ? TO_THE_END : start + lengths[axis]));
    writer.add('Slice', node.name, [x, writer.integers(`${node.name}/from`, from), writer.integers(`${node.name}/to`, ends)]);
  },
  Mean: (writer, node, [x, axes]) => {
    const keep = attribute.int('keepdims', Number(boolAttribute(node, 'keep_dims') ?? false));
    writer.add('ReduceMean', node.name, [x], [attribute.ints('axes', writer.values(node, axes)), keep]);
  },
  Conv2D: (writer, node, inputs) => convolution(writer, node, inputs),
  Conv2DBackpropInput: (writer, node, inputs) => transposedConvolution(writer, node, inputs),
  FusedBatchNormV3: (writer, node, inputs) => normalization(writer, node, inputs),
  ResizeNearestNeighbor: (writer, node, inputs) => enlargement(writer, node, inputs),
};

function list(node: NodeMessage, name: string): number[] {
  return (attributesOf(node)[name]?.list?.i ?? []).map(numberOf);
}

/** Height and width of a list for all four axes, channels last. */
function spatial([, height, width]: readonly number[]): number[] {
  return [height, width];
}

function convolution(writer: OnnxWriter, node: NodeMessage, [x, filter]: string[]): void {
  const { name } = node;
  const [strides, dilations] = [spatial(list(node, 'strides')), spatial(list(node, 'dilations'))];
  const settings = [attribute.ints('strides', strides), attribute.ints('dilations', dilations), paddingOf(node, writer.shape(filter), strides, dilations)];
  const turned = [writer.turned(x, CHANNELS_SECOND, `${name}/x`), writer.turned(filter, [3, 2, 0, 1], `${name}/filter`)];
  writer.turned(writer.add('Conv', `${name}/turned`, turned, settings), CHANNELS_LAST, name);
}

/** Without strides the margins follow from the filter alone; ONNX Runtime works them out itself only where the filter is not stretched. */
function paddingOf(node: NodeMessage, filter: readonly number[], strides: readonly number[], dilations: readonly number[]): OnnxAttribute {
  if (textAttribute(node, 'padding') !== 'SAME') return attribute.text('auto_pad', 'VALID');
  if (strides.some((stride) => stride !== 1)) return attribute.text('auto_pad', 'SAME_UPPER');
  const margins = dilations.map((dilation, axis) => (filter[axis] - 1) * dilation);
  return attribute.ints('pads', [...margins.map((margin) => Math.floor(margin / 2)), ...margins.map((margin) => Math.ceil(margin / 2))]);
}

/** TensorFlow writes it as the gradient of a convolution; its filter is [height, width, out, in]. */
function transposedConvolution(writer: OnnxWriter, node: NodeMessage, [, filter, x]: string[]): void {
  const { name } = node;
  if (textAttribute(node, 'padding') !== 'SAME') throw new UserError(`${name} is a transposed convolution without padding, which is not exported to ONNX.`);
  const strides = spatial(list(node, 'strides'));
  const settings = [attribute.ints('strides', strides), attribute.text('auto_pad', 'SAME_UPPER')];
  const turned = [writer.turned(x, CHANNELS_SECOND, `${name}/x`), writer.turned(filter, [3, 2, 0, 1], `${name}/filter`)];
  writer.turned(writer.add('ConvTranspose', `${name}/turned`, turned, settings), CHANNELS_LAST, name);
}

/** With running averages it is a factor and an offset a channel. */
function normalization(writer: OnnxWriter, node: NodeMessage, [x, ...parameters]: string[]): void {
  const { name } = node;
  if (boolAttribute(node, 'is_training') !== false) throw new UserError(`${name} normalizes by the batch, as a training does; it is not exported to ONNX.`);
  const [scale, offset, mean, variance] = parameters.map((parameter) => writer.values(node, parameter));
  const epsilon = attributesOf(node)['epsilon']?.f ?? 1e-4;
  const factor = Float32Array.from(scale, (value, i) => value / Math.sqrt(variance[i] + epsilon));
  const shift = Float32Array.from(offset, (value, i) => value - (mean[i] * scale[i]) / Math.sqrt(variance[i] + epsilon));
  writer.add('Add', name, [writer.add('Mul', `${name}/scaled`, [x, writer.floats(`${name}/factor`, factor)]), writer.floats(`${name}/shift`, shift)]);
}

function enlargement(writer: OnnxWriter, node: NodeMessage, [x, size]: string[]): void {
  const { name } = node;
  if (!boolAttribute(node, 'half_pixel_centers')) throw new UserError(`${name} resizes by the corners of pixels, which is not exported to ONNX.`);
  const turned = writer.turned(x, CHANNELS_SECOND, `${name}/x`);
  const whole = writer.add('Shape', `${name}/whole`, [turned]);
  const before = writer.add('Slice', `${name}/before`, [whole, writer.integers(`${name}/0`, [0]), writer.integers(`${name}/2`, [2])]);
  const sizes = writer.add('Concat', `${name}/sizes`, [before, writer.cast(size, `${name}/wide`, ONNX_TYPE.int64)], [attribute.int('axis', 0)]);
  const settings = [attribute.text('mode', 'nearest'), attribute.text('coordinate_transformation_mode', 'half_pixel'), attribute.text('nearest_mode', 'round_prefer_ceil')];
  writer.turned(writer.add('Resize', `${name}/turned`, [turned, '', '', sizes], settings), CHANNELS_LAST, name);
}
