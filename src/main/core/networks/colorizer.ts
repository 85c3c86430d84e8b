import {
  add,
  assign,
  concat,
  divide,
  followGradients,
  gradients,
  Graph,
  hardCrossEntropy,
  identity,
  intVector,
  constant,
  matrixProduct,
  mean,
  minimize,
  moveAverages,
  multiply,
  parameterCount,
  optionalPlaceholder,
  penalize,
  placeholder,
  readVariable,
  reshape,
  scale,
  shapeOf,
  slice,
  softCrossEntropy,
  softmax,
  stateSignatures,
  GLOBAL_STEP,
  type DType,
  type Mode,
  type Node,
  type Optimizer,
  type Penalty,
  type Precision,
  type Shape,
  type Signature,
  type StateSignatures,
  type Tensor,
  type Variable,
} from '../graph/index.js';
import { type Architecture, type NetworkInput, type NetworkOptions } from './architecture.js';
import { fast } from './fast.js';
import { pyramid } from './pyramid.js';
import { seed } from './seed.js';
import { zhang } from './zhang.js';

const ARCHITECTURES = { pyramid, fast, seed, zhang };

export type ArchitectureName = keyof typeof ARCHITECTURES;

/** a, b, and whether there is a hint. */
const HINT_CHANNELS = 3;

/** What the truth of a pixel is given as: the index of one bin, or shares of several. */
export type TargetEncoding = 'hard' | 'soft';

export interface ColorizerOptions {
  architecture: ArchitectureName;
  /** Number of bins Q. */
  bins: number;
  /** Colour of each bin: Q pairs (a, b). */
  binColours: Float32Array;
  encoding: TargetEncoding;
  /** Side of the square training crops, in pixels. */
  patch: number;
  /** Crops in a training step; any number where absent. A fixed number lets TensorFlow plan ahead. */
  batch?: number;
  /** Factor on the filters of inner layers, 1 where absent. */
  width?: number;
  /** Share of activations dropped in training, none where absent. */
  dropout?: number;
  /** Whether the network takes colour hints, where its architecture can; not where absent. */
  hints?: boolean;
  /** What convolutions of a training step compute in, float32 where absent; in use they always compute in float32. */
  precision?: Precision;
  optimizer: Optimizer;
  /** Memory of the moving averages of all variables, with which the network is used; used as the variables are where absent or 0. */
  averaging?: number;
  /** Cost of large weights (filters and matrices, not biases or scales). */
  penalty?: Penalty;
}

/** Names of a colorizer's signatures; `Colorizer.signatures` says what each takes and gives. */
export type ColorizerSignature = 'train' | 'evaluate' | 'predict' | 'decode' | 'anneal' | keyof StateSignatures;

/** What is known of a colorizer's graph, whatever its signatures. */
interface Built {
  graph: Graph;
  /** Trainable numbers. */
  parameters: number;
  outputStride: number;
  multiple: number;
  border: number;
  /** Whether it looks at colour hints. */
  takesHints: boolean;
  /** Side of the answer for a side of the input. */
  gridSize(side: number): number;
}

/** A network for colorizing as a graph to open a session on. */
export interface ColorizerGraph extends Built {
  /**
   * - train: lightness float32 [B, P, P, 1] raw L, hints float32 [B, P, P, 3] where it takes some, target (int32 [B, h, w] bins, or float32 [B, h, w, Q] shares), weight float32 [B, h, w],
   *   rate float32, random int32 [2] -> loss, penalty float32, step int32. One step: forward, backward, update, running averages.
   * - evaluate: lightness, target, weight -> loss, in the form for use.
   * - predict: lightness float32 [B, H, W, 1] of any size that `multiple` divides, and hints float32 [B, H, W, 3] where there are some -> logits float32 [B, h, w, Q].
   * - decode: lightness, hints, temperature float32 -> ab float32 [B, h, w, 2], the annealed mean of Zhang et al. 2016, eq. 5.
   * - anneal: logits, temperature -> ab: the same nodes, fed with scores that were kept.
   * - initialize, save, restore: see StateSignatures.
   *
   * loss = Σ weight · crossEntropy / (B·h·w). What is minimized is loss + penalty.
   */
  signatures: Readonly<Record<ColorizerSignature, Signature>>;
}

/** The same network in the form for several workers, whose variables and checkpoints are the same: a step is taken in two halves. */
export interface SharedColorizerGraph extends Built {
  /**
   * - differentiate: as `train` without a rate -> loss, penalty, `gradient/VARIABLE` of each trainable variable and `average/VARIABLE`, each running average as this worker's
   *   share of the batch moves it.
   * - apply: rate float32, and the mean over all workers of each `gradient/...` and `average/...` -> step int32: the update.
   * - the others as in ColorizerGraph.
   */
  signatures: Readonly<Record<SharedSignature, Signature>>;
}

type SharedSignature = Exclude<ColorizerSignature, 'train'> | 'differentiate' | 'apply';

/** Builds a colorizer: its training and its use share the variables. */
export function buildColorizer(options: ColorizerOptions): ColorizerGraph {
  return build(options, (lesson) => ({ train: wholeStep(lesson, options) }));
}

/** Builds a colorizer that several workers train together. @param options Their `batch` is that of one worker. */
export function buildSharedColorizer(options: ColorizerOptions): SharedColorizerGraph {
  return build(options, (lesson) => halvedStep(lesson, options));
}

/** @param steps Makes the signatures that train. */
function build<Steps extends object>(options: ColorizerOptions, steps: (lesson: Lesson) => Steps) {
  const { architecture: name, bins, width = 1, dropout = 0 } = options;
  const architecture: Architecture = ARCHITECTURES[name];
  const network: NetworkOptions = { bins, width, dropout };
  const graph = new Graph();
  const input = inputForUse(graph, options);
  const layers = () => architecture.layers(input, network, { training: false });
  const logits = identity(options.averaging ? graph.variables.withAverages(layers) : layers(), 'logits');
  const use = {
    predict: { inputs: { ...input }, outputs: { logits } },
    ...decoding(input, logits, options),
    evaluate: evaluation(input.lightness, logits, options.encoding),
  };
  const parameters = parameterCount(graph);
  const training = graph.inPrecision(options.precision ?? 'float32', () => graph.scope('train', () => steps(lesson(graph, architecture, network, options))));
  return {
    graph,
    signatures: { ...training, ...use, ...stateSignatures(graph) },
    parameters,
    ...inputGeometry(name),
    takesHints: takesHints(options),
    gridSize: (side: number) => gridSize(architecture, side),
  };
}

/** Whether a network built so looks at colour hints. */
function takesHints({ architecture, hints = false }: ColorizerOptions): boolean {
  return hints && ARCHITECTURES[architecture].takesHints;
}

/** Lightness, and hints that are none where none are fed. */
function inputForUse(graph: Graph, options: ColorizerOptions): NetworkInput {
  const lightness = placeholder(graph, 'lightness', 'float32', [null, null, null, 1]);
  if (!takesHints(options)) return { lightness };
  const nothing = scale(lightness, 0, 'no_hint');
  return { lightness, hints: optionalPlaceholder(concat(Array<Tensor>(HINT_CHANNELS).fill(nothing), 3, 'no_hints'), 'hints') };
}

/** How the sides of input and answer belong together, known without building anything. */
export function inputGeometry(name: ArchitectureName): Pick<Architecture, 'outputStride' | 'multiple' | 'border'> {
  const { outputStride, multiple, border } = ARCHITECTURES[name];
  return { outputStride, multiple, border };
}

function gridSize({ border, outputStride }: Architecture, side: number): number {
  return Math.floor((side - 2 * border) / outputStride);
}

/** The forward pass of a training step. */
interface Lesson {
  graph: Graph;
  inputs: Readonly<Record<string, Tensor>>;
  loss: Tensor;
  penalty: Tensor;
  /** What is minimized. */
  total: Tensor;
  /** What has to run with each step: updates of running averages. */
  updates: readonly Node[];
}

function lesson(graph: Graph, architecture: Architecture, network: NetworkOptions, options: ColorizerOptions): Lesson {
  const { batch = null, patch, encoding, penalty: penaltyKind = { kind: 'none' } } = options;
  const lightness = placeholder(graph, 'lightness', 'float32', [batch, patch, patch, 1]);
  const hints = takesHints(options) ? { hints: placeholder(graph, 'hints', 'float32', [batch, patch, patch, HINT_CHANNELS]) } : {};
  const input: NetworkInput = { lightness, ...hints };
  const random = placeholder(graph, 'random', 'int32', [2]);
  const mode: Mode = { training: true, random, updates: [] };
  const { loss, target, weight } = weightedLoss(architecture.layers(input, network, mode), encoding);
  const weights = graph.variables.trainable.filter((variable) => variable.name.endsWith('/weights'));
  const penalty = penalize(graph, penaltyKind, weights);
  const total = penaltyKind.kind === 'none' ? loss : add(loss, penalty, 'total');
  return { graph, inputs: { ...input, target, weight, random }, loss, penalty, total, updates: mode.updates };
}

type StepOptions = Pick<ColorizerOptions, 'optimizer' | 'averaging'>;

function wholeStep({ graph, inputs, loss, penalty, total, updates: moved }: Lesson, { optimizer, averaging }: StepOptions): Signature {
  const rate = placeholder(graph, 'rate', 'float32', []);
  const updates = withAverages(graph, averaging, [...minimize({ loss: total, variables: graph.variables.trainable, rate, optimizer }), ...moved]);
  const step = readVariable(graph.variables.named(GLOBAL_STEP).handle, 'step', updates);
  return {
    inputs: { ...inputs, rate },
    outputs: { loss: identity(loss, 'loss', updates), penalty: identity(penalty, 'penalty_value'), step },
  };
}

/** What a step changes, and the averages after it. */
function withAverages(graph: Graph, averaging: number | undefined, updates: readonly Node[]): readonly Node[] {
  return averaging ? [...updates, ...moveAverages(graph, averaging, updates)] : updates;
}

function halvedStep(lesson: Lesson, options: StepOptions): Record<'differentiate' | 'apply', Signature> {
  const { graph, inputs, loss, penalty, total, updates } = lesson;
  const { all, trainable, averaged } = graph.variables;
  const own = new Set(averaged.map(({ average }) => average));
  // Running averages of normalization; the optimizer has made none of its own yet.
  const averages = all.filter((variable) => !variable.trainable && !own.has(variable));
  const flows = gradients(total, trainable.map(({ value }) => value));
  const moved = averages.map(({ name, handle }) => readVariable(handle, `moved/${name}`, [...updates]));
  const outputs = { loss: identity(loss, 'loss'), penalty: identity(penalty, 'penalty_value'), ...named('gradient', trainable, flows), ...named('average', averages, moved) };
  return { differentiate: { inputs, outputs }, apply: graph.scope('apply', () => application(graph, trainable, averages, options)) };
}

function application(graph: Graph, trainable: readonly Variable[], averages: readonly Variable[], { optimizer, averaging }: StepOptions): Signature {
  const rate = placeholder(graph, 'rate', 'float32', []);
  const given = (kind: string, variables: readonly Variable[]) => variables.map(({ name, shape }) => placeholder(graph, `${kind}/${name}`, 'float32', shape));
  const flows = given('gradient', trainable);
  const means = given('average', averages);
  const updates = withAverages(graph, averaging, [...followGradients({ variables: trainable, flows, after: [], rate, optimizer }), ...averages.map(({ handle }, i) => assign(handle, means[i]))]);
  return {
    inputs: { rate, ...named('gradient', trainable, flows), ...named('average', averages, means) },
    outputs: { step: readVariable(graph.variables.named(GLOBAL_STEP).handle, 'step', updates) },
  };
}

/** Tensors of variables under names that tell both: `gradient/conv3/weights`. */
function named(kind: string, variables: readonly Variable[], tensors: readonly Tensor[]): Record<string, Tensor> {
  return Object.fromEntries(variables.map(({ name }, i) => [`${kind}/${name}`, tensors[i]]));
}

function evaluation(lightness: Tensor, logits: Tensor, encoding: TargetEncoding): Signature {
  return lightness.graph.scope('evaluate', () => {
    const { loss, target, weight } = weightedLoss(logits, encoding);
    return { inputs: { lightness, target, weight }, outputs: { loss } };
  });
}

/** Mean over places of weight · cross-entropy, with the placeholders for target and weight. logits float32 [B, h, w, Q] */
function weightedLoss(logits: Tensor, encoding: TargetEncoding): { loss: Tensor; target: Tensor; weight: Tensor } {
  const { graph, shape } = logits;
  const places: Shape = shape.slice(0, 3);
  const bins = shape[3] as number;
  const [dtype, targetShape]: [DType, Shape] = encoding === 'hard' ? ['int32', places] : ['float32', shape];
  const target = placeholder(graph, 'target', dtype, targetShape);
  const weight = placeholder(graph, 'weight', 'float32', places);
  const flat = reshape(logits, [-1, bins]); // [B·h·w, Q]
  const entropy = encoding === 'hard' ? hardCrossEntropy(flat, reshape(target, [-1])) : softCrossEntropy(flat, reshape(target, [-1, bins]));
  return { loss: mean(multiply(entropy, reshape(weight, [-1])), {}, 'weighted_loss'), target, weight };
}

function decoding(input: NetworkInput, logits: Tensor, { bins, binColours }: ColorizerOptions): Record<'decode' | 'anneal', Signature> {
  const { graph } = logits;
  const temperature = placeholder(graph, 'temperature', 'float32', []);
  const distribution = softmax(divide(logits, temperature, 'annealed'), 'distribution'); // [B, h, w, Q]
  const colours = constant(graph, binColours, [bins, 2], 'bin_colours');
  const means = matrixProduct(reshape(distribution, [-1, bins]), colours, {}, 'mean_colours'); // [B·h·w, 2]
  const places = slice(shapeOf(logits), [0], [3]);
  const ab = reshape(means, concat([places, intVector(graph, [2])], 0), 'ab'); // [B, h, w, 2]
  return {
    decode: { inputs: { ...input, temperature }, outputs: { ab } },
    anneal: { inputs: { logits, temperature }, outputs: { ab } },
  };
}
