/** The networks of the activation laboratory as graphs: the post's dense layers, or small convolutions, with any of the activations. */
import type { ActivationsConfig, Normalization } from '../../../../shared/labs/activations/config.js';
import { LEAKS, PRELU_START, RRELU, RRELU_SLOPE, type ActivationKind } from '../../../../shared/labs/activations/functions.js';
import {
  cast, constantValue, convolutionLayer, denseLayer, elu, encodeGraphDef, equal, gelu, Graph, hardCrossEntropy, identity, largestIndex, leakyRelu,
  maxPool, mean, minimize, normalizationLayer, placeholder, randomizedLeakyRelu, randomlySlopedRelu, relu, reshape, selu, Session, silu, slopedRelu,
  stateSignatures, sum, tanh, type Mode, type Optimizer, type Signature, type Tensor,
} from '../../graph/index.js';
import { batchOf, type ImageSet } from './image-set.js';

export interface NetworkOptions {
  network: ActivationsConfig['network'];
  activation: ActivationKind;
  normalization: Normalization;
  decay: number;
  epsilon: number;
  optimizer: ActivationsConfig['optimizer'];
  /** Of the pictures. */
  height: number;
  width: number;
  channels: number;
  classes: number;
}

type ClassifierSignature = 'initialize' | 'train' | 'evaluate' | 'observe' | 'save' | 'restore';

/** What a test batch gives. */
export interface BatchAnswer {
  /** Sum of the cross-entropies. */
  loss: number;
  /** Classes answered. */
  answers: Int32Array;
}

export class Classifier {
  private constructor(
    private readonly options: NetworkOptions,
    private readonly graph: Graph,
    /** Names of the hidden layers. */
    readonly layers: readonly string[],
    private readonly session: Session<ClassifierSignature>,
  ) {}

  /** Opens a network; it has no weights until `initialize` or `restore`. Whoever opens it closes it. */
  static async open(options: NetworkOptions): Promise<Classifier> {
    const graph = new Graph();
    const { signatures, layers } = classifierSignatures(graph, options);
    return new Classifier(options, graph, layers, await Session.open(graph, signatures));
  }

  graphDef(): Uint8Array {
    return encodeGraphDef(this.graph);
  }

  /** Starting weights; the same for the same seed, whatever the activation. */
  initialize(seed: number): void {
    this.session.run('initialize', { seed: [seed, 0] });
  }

  /** One step. @param step Steps taken before it. */
  train(set: ImageSet, indices: ArrayLike<number>, rate: number, seed: number, step: number): { loss: number; correct: number } {
    // At first the running averages are the plain mean of all batches so far, so that a short training has sound ones, too.
    const share = Math.max(1 - this.options.decay, 1 / (step + 1));
    const { loss, correct } = this.session.run('train', { ...this.feeds(set, indices), rate, random: [seed, step], share });
    return { loss: Number(loss.data[0]), correct: Number(correct.data[0]) };
  }

  /** Answers in the form for use. */
  evaluate(set: ImageSet, indices: ArrayLike<number>): BatchAnswer {
    const { loss, answers } = this.session.run('evaluate', this.feeds(set, indices));
    return { loss: Number(loss.data[0]), answers: answers.data as Int32Array };
  }

  /** Outputs of every hidden layer in the form for use. @returns Float32Array [pictures, ..., units] of each layer */
  observe(set: ImageSet, indices: ArrayLike<number>): { values: Float32Array; units: number }[] {
    const { pixels } = this.feeds(set, indices);
    const seen = this.session.run('observe', { pixels });
    return this.layers.map((name) => ({ values: seen[name].data as Float32Array, units: seen[name].shape[seen[name].shape.length - 1] }));
  }

  /** PReLU's slopes, the mean of each layer; none of other activations. */
  slopes(): number[] {
    const values = this.session.readVariables((name) => name.endsWith('/slope') && !name.startsWith('optimizer/'));
    return [...values.values()].map(({ data }) => (data as Float32Array).reduce((total, v) => total + v, 0) / data.length);
  }

  save(prefix: string): void {
    this.session.run('save', { prefix });
  }

  restore(prefix: string): void {
    this.session.run('restore', { prefix });
  }

  close(): void {
    this.session.close();
  }

  private feeds(set: ImageSet, indices: ArrayLike<number>) {
    const { pixels, labels } = batchOf(set, indices);
    const { height, width, channels } = this.options;
    return { pixels: { data: pixels, shape: [indices.length, height, width, channels] }, labels: { data: labels, shape: [indices.length] } };
  }
}

function classifierSignatures(graph: Graph, options: NetworkOptions): { signatures: Record<ClassifierSignature, Signature>; layers: string[] } {
  const { height, width, channels, optimizer } = options;
  const pixels = placeholder(graph, 'pixels', 'float32', [null, height, width, channels]);
  const labels = placeholder(graph, 'labels', 'int32', [null]);
  const rate = placeholder(graph, 'rate', 'float32', []);
  const random = placeholder(graph, 'random', 'int32', [2]);
  const share = placeholder(graph, 'share', 'float32', []);

  const mode = { training: true as const, random, updates: [], share };
  const { logits } = graph.scope('train', () => forward(pixels, options, mode));
  const loss = mean(hardCrossEntropy(logits, labels), {}, 'loss');
  const steps = [...minimize({ loss, variables: graph.variables.trainable, rate, optimizer: optimizerOf(optimizer) }), ...mode.updates];
  const right = sum(cast(equal(largestIndex(logits), labels), 'float32'), {}, 'correct');

  const use = graph.scope('use', () => forward(pixels, options, { training: false }));
  return {
    layers: Object.keys(use.layers),
    signatures: {
      train: { inputs: { pixels, labels, rate, random, share }, outputs: { loss: identity(loss, 'told', steps), correct: identity(right, 'told', steps) } },
      evaluate: { inputs: { pixels, labels }, outputs: { loss: sum(hardCrossEntropy(use.logits, labels), {}, 'loss'), answers: largestIndex(use.logits) } },
      observe: { inputs: { pixels }, outputs: use.layers },
      ...stateSignatures(graph),
    },
  };
}

function optimizerOf({ kind, momentum }: ActivationsConfig['optimizer']): Optimizer {
  return kind === 'momentum' ? { kind, momentum } : { kind };
}

type LabMode = Mode & { share?: Tensor };

/** pixels float32 [batch, height, width, channels] in 0..1. @returns logits [batch, classes], and the output of each hidden layer */
function forward(pixels: Tensor, options: NetworkOptions, mode: LabMode): { logits: Tensor; layers: Record<string, Tensor> } {
  const layers: Record<string, Tensor> = {};
  const hidden = (x: Tensor, name: string) => (layers[name] = activated(normalized(x, name, options, mode), name, options.activation, mode));
  const { kind, hidden: sizes, filters, units } = options.network;
  // A normalization has its own offset, so that a bias before it would do nothing.
  const bias = options.normalization === 'without';
  let x = pixels;
  if (kind === 'convolutional') {
    filters.forEach((count, k) => {
      x = maxPool(hidden(convolutionLayer(x, { name: `conv${k + 1}`, filters: count, bias }), `conv${k + 1}`), 2, 2, 'SAME');
    });
  }
  x = flattened(x);
  (kind === 'convolutional' ? [units] : sizes).forEach((count, k) => {
    x = hidden(denseLayer(x, { name: `dense${k + 1}`, units: count, bias }), `dense${k + 1}`);
  });
  return { logits: denseLayer(x, { name: 'scores', units: options.classes }), layers };
}

function flattened(x: Tensor): Tensor {
  const size = x.shape.slice(1).reduce<number>((product, side) => product * (side ?? 1), 1);
  return reshape(x, [-1, size]);
}

function normalized(x: Tensor, name: string, { normalization, decay, epsilon }: NetworkOptions, mode: LabMode): Tensor {
  if (normalization === 'without') return x;
  const layer = { name, decay, epsilon, share: mode.share };
  if (x.shape.length === 4) return normalizationLayer(x, layer, mode);
  const units = x.shape[1] ?? 0;
  return reshape(normalizationLayer(reshape(x, [-1, 1, 1, units]), layer, mode), [-1, units]);
}

function activated(x: Tensor, name: string, kind: ActivationKind, mode: LabMode): Tensor {
  return x.graph.scope(name, () => activatedInScope(x, name, kind, mode));
}

function activatedInScope(x: Tensor, name: string, kind: ActivationKind, mode: LabMode): Tensor {
  switch (kind) {
    case 'relu':
      return relu(x);
    case 'lrelu':
    case 'lrelu-100':
      return leakyRelu(x, 1 / LEAKS[kind]);
    case 'prelu':
    case 'prelu-channel':
      return learntSlope(x, name, kind === 'prelu' ? 1 : (x.shape[x.shape.length - 1] ?? 1));
    case 'rrelu':
      return mode.training ? randomizedLeakyRelu(x, RRELU.low, RRELU.high, mode.random, name) : leakyRelu(x, 1 / RRELU.test);
    case 'rrelu-slope':
      return mode.training ? randomlySlopedRelu(x, RRELU_SLOPE.low, RRELU_SLOPE.high, mode.random, name) : leakyRelu(x, RRELU_SLOPE.test);
    case 'none':
      return x;
    case 'elu':
      return elu(x);
    case 'selu':
      return selu(x);
    case 'gelu':
      return gelu(x);
    case 'silu':
      return silu(x);
    case 'tanh':
      return tanh(x);
  }
}

/** PReLU with so many slopes: one for the layer, or one a channel. */
function learntSlope(x: Tensor, name: string, slopes: number): Tensor {
  const slope = x.graph.variables.share({ name: `${name}/slope`, shape: [slopes], initializer: constantValue(PRELU_START) });
  return slopedRelu(x, slope.value);
}

