/** How a frozen graph becomes a TensorFlow Lite model, for telephones: the command for TensorFlow's own converter, and what it would refuse. */
import type { GraphMessage } from '../graph/schema.js';
import type { Shape } from '../graph/index.js';
import type { LoaderFacts } from './loaders.js';
import { everyNode } from './summary.js';

/** Operations that the converter turns into TensorFlow Lite's built-in ones (tensorflow.org/lite/guide/op_select_allowlist names the others). */
const BUILT_IN = new Set((
  'Abs Add AddN AddV2 All Any ArgMax ArgMin AvgPool BatchMatMul BatchMatMulV2 BatchToSpaceND BiasAdd BroadcastTo Cast Ceil Concat ConcatV2 Const Conv2D Conv2DBackpropInput Conv3D Cos Cumsum ' +
  'DepthToSpace DepthwiseConv2dNative Dequantize Div Elu Equal Exp ExpandDims FakeQuantWithMinMaxArgs FakeQuantWithMinMaxVars Fill Floor FloorDiv FloorMod FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 ' +
  'Gather GatherNd GatherV2 Greater GreaterEqual Identity IdentityN If LeakyRelu Less LessEqual LRN Log LogSoftmax LogicalAnd LogicalNot LogicalOr MatMul Max MaxPool Maximum Mean Min Minimum MirrorPad Mul Neg ' +
  'NoOp NotEqual OneHot Pack Pad PadV2 PartitionedCall Placeholder PlaceholderWithDefault Pow Prod Range Rank RealDiv Relu Relu6 Reshape ResizeBilinear ResizeNearestNeighbor ReverseSequence ReverseV2 Round Rsqrt ScatterNd ' +
  'Select SelectV2 Shape Sigmoid Sign Sin Size Slice Softmax SpaceToBatchND SpaceToDepth Split SplitV Sqrt Square SquaredDifference Squeeze StatefulPartitionedCall StatelessIf StatelessWhile StopGradient StridedSlice Sub Sum ' +
  'Tanh Tile TopKV2 Transpose Unique Unpack Where While ZerosLike OnesLike Softplus'
).split(' '));

export interface LiteAdvice {
  /** To be run where TensorFlow 2 is installed, in the folder of the frozen file. */
  command: string;
  /** Operations that the built-in ones do not cover; with TensorFlow's own kernels added they go, too. */
  refused: string[];
}

/** @param picture Sides for inputs that take any: a TensorFlow Lite model has them fixed. */
export function liteAdvice(graph: GraphMessage, { file, inputs, outputs }: LoaderFacts, picture = 256): LiteAdvice {
  const refused = [...new Set([...everyNode(graph)].map(({ op }) => op))].filter((op) => !BUILT_IN.has(op) && !graph.library?.function?.some(({ signature }) => signature.name === op));
  const sizes = (shape: Shape | undefined) => (shape ?? []).map((size, axis) => size ?? (axis === 0 ? 1 : picture)).join(',');
  const words = [
    'python -m tensorflow.lite.python.tflite_convert --enable_v1_converter',
    `--graph_def_file=${quoted(file)}`,
    `--input_arrays=${quoted(inputs.map(({ name }) => name).join(','))}`,
    `--input_shapes=${inputs.map(({ shape }) => sizes(shape)).join(':')}`,
    `--output_arrays=${quoted(outputs.map(({ name }) => name).join(','))}`,
    `--output_file=${quoted(file.replace(/\.\w+$/, '.tflite'))}`,
    ...(refused.length ? ['--target_ops=TFLITE_BUILTINS,SELECT_TF_OPS'] : []),
  ];
  return { command: words.join(' '), refused };
}

function quoted(text: string): string {
  return /^[\w./,:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
