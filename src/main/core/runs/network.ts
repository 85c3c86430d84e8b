/** A run's network, open in TensorFlow: what a configuration and its bins stand for, and the calls that a training and a colorizer make. */
import type { TrainingConfig } from '../../../shared/run/config.js';
import type { PriorFile } from '../../../shared/run/files.js';
import { chosenEngine, encodeGraphDef, Session, type Feed, type Optimizer, type Penalty, type Precision } from '../graph/index.js';
import { hasBfloat16 } from '../processor.js';
import { buildColorizer, type ColorizerGraph, type ColorizerOptions, type ColorizerSignature } from '../networks/index.js';

/** Squares or pictures of one size, as a network looks at them. */
export interface NetworkBatch {
  count: number;
  height: number;
  width: number;
  /** L 0..100. Float32Array [count, height, width] */
  lightness: Float32Array;
  /** a, b, and 1 where there is a hint; none where absent. Float32Array [count, height, width, 3] */
  hints?: Float32Array;
}

/** What the network is taught or measured by; see Batch. */
export interface Lesson {
  count: number;
  lightness: Float32Array;
  hints?: Float32Array;
  target: Int32Array | Float32Array;
  weight: Float32Array;
}

/** Kernels of a layer. */
export interface LayerFilters {
  layer: string;
  /** [height, width, in, out] */
  shape: readonly number[];
  values: Float32Array;
}

/** TensorFlow divides scores by the temperature: 0 stands for the likeliest bin and is taken as this. */
const LOWEST_TEMPERATURE = 1e-3;
const WEIGHTS = '/weights';

/** The graph that a configuration stands for. @param patch Side of the training pieces. */
export function networkGraph(config: TrainingConfig, { bins }: Pick<PriorFile, 'bins'>, patch: number): ColorizerGraph {
  return networkGraphOf(config, Float32Array.from(bins.flatMap(({ a, b }) => [a, b])), patch);
}

/** The same, of bins that may have no colours yet. @param binColours Float32Array [Q, 2] */
export function networkGraphOf(config: TrainingConfig, binColours: Float32Array, patch: number): ColorizerGraph {
  return buildColorizer(colorizerOptions(config, binColours, patch));
}

/** What a configuration asks of the network. @param binColours Float32Array [Q, 2] */
export function colorizerOptions(config: TrainingConfig, binColours: Float32Array, patch: number): ColorizerOptions {
  return {
    ...config.network, patch, binColours,
    bins: binColours.length / 2,
    batch: config.patches.batch,
    encoding: config.encoding.kind === 'hard' ? 'hard' : 'soft',
    precision: precisionOf(config.network),
    optimizer: optimizerOf(config.optimizer),
    averaging: config.optimizer.averaging,
    penalty: penaltyOf(config.penalty),
  };
}

/** Elsewhere bfloat16 is computed by slow detours, if at all; an engine for GPUs goes by another processor. */
function precisionOf({ precision }: TrainingConfig['network']): Precision {
  return precision === 'bfloat16' && chosenEngine() === 'cpu' && hasBfloat16() ? 'bfloat16' : 'float32';
}

export function optimizerOf({ kind, momentum, beta1, beta2, epsilon, weightDecay }: TrainingConfig['optimizer']): Optimizer {
  switch (kind) {
    case 'sgd':
      return { kind, weightDecay };
    case 'momentum':
      return { kind, momentum, weightDecay };
    case 'adam':
    case 'adamw':
      return { kind, beta1, beta2, epsilon, weightDecay };
  }
}

export function penaltyOf({ kind, strength, mix }: TrainingConfig['penalty']): Penalty {
  return kind === 'none' ? { kind } : kind === 'elastic' ? { kind, strength, mix } : { kind, strength };
}

export class Network {
  private constructor(
    readonly graph: ColorizerGraph,
    /** Number of bins. */
    readonly Q: number,
    private readonly session: Session<ColorizerSignature>,
  ) {}

  /** Opens a network; it has no weights until `initialize` or `restore`. Whoever opens it closes it. */
  static async open(config: TrainingConfig, prior: PriorFile, patch: number): Promise<Network> {
    const graph = networkGraph(config, prior, patch);
    return new Network(graph, prior.bins.length, await Session.open(graph.graph, graph.signatures));
  }

  /** The structure as TensorFlow's GraphDef. */
  graphDef(): Uint8Array {
    return encodeGraphDef(this.graph.graph);
  }

  /** Starting weights, and an optimizer that remembers nothing; the same for the same seed. */
  initialize(seed: number): void {
    this.session.run('initialize', { seed: [seed, 0] });
  }

  /** One step of training. */
  train(lesson: Lesson, rate: number, seed: number, step: number): { loss: number; penalty: number } {
    const { loss, penalty } = this.session.run('train', { ...this.lessonFeeds(lesson), ...this.hintFeed(lesson), rate, random: [seed, step] }, ['loss', 'penalty']);
    return { loss: numberOf(loss.data), penalty: numberOf(penalty.data) };
  }

  /** Mean loss of a batch, without teaching. */
  evaluate(lesson: Lesson): number {
    return numberOf(this.session.run('evaluate', this.lessonFeeds(lesson)).loss.data);
  }

  /**
   * Colours of the answer's cells. Sides have to suit the network (`graph.multiple`).
   * @returns Float32Array [count, h, w, 2]
   */
  decode(batch: NetworkBatch, temperature: number): { ab: Float32Array; height: number; width: number } {
    const feeds = { ...this.inputFeeds(batch), temperature: Math.max(temperature, LOWEST_TEMPERATURE) };
    const { data, shape } = this.session.run('decode', feeds).ab;
    return { ab: data as Float32Array, height: shape[1], width: shape[2] };
  }

  /** Colours of scores that were kept, as `decode` takes them from its own. @param logits Float32Array [count, h, w, Q] @returns Float32Array [count, h, w, 2] */
  anneal(logits: Float32Array, height: number, width: number, temperature: number): Float32Array {
    const scores = { data: logits, shape: [logits.length / (height * width * this.Q), height, width, this.Q] };
    return this.session.run('anneal', { logits: scores, temperature: Math.max(temperature, LOWEST_TEMPERATURE) }).ab.data as Float32Array;
  }

  /** Scores of the answer's cells. @returns Float32Array [count, h, w, Q] */
  logits(batch: NetworkBatch): { logits: Float32Array; height: number; width: number } {
    const { data, shape } = this.session.run('predict', this.inputFeeds(batch)).logits;
    return { logits: data as Float32Array, height: shape[1], width: shape[2] };
  }

  /** Writes weights and optimizer as a TensorFlow checkpoint. @param prefix Path without TensorFlow's endings; its folder exists. */
  save(prefix: string): void {
    this.session.run('save', { prefix });
  }

  restore(prefix: string): void {
    this.session.run('restore', { prefix });
  }

  /** Kernels of every layer as they are used, in the order of the layers. */
  filters(): LayerFilters[] {
    return [...this.eachFilter()];
  }

  /** The same one by one, so that the weights of a large network are never copied all at once. */
  *eachFilter(): Generator<LayerFilters> {
    const inUse = new Map(this.graph.graph.variables.averaged.map(({ variable, average }) => [variable.name, average.name]));
    for (const { name, transposed } of this.kernels) {
      const source = inUse.get(name) ?? name;
      const { shape, data } = this.session.readVariables([source]).get(source)!;
      const kernel = { shape, values: data as Float32Array };
      yield { layer: name.slice(0, -WEIGHTS.length), ...(transposed ? swapped(kernel) : kernel) };
    }
  }

  /** [height, width, in, out] of every layer, known without reading weights. */
  get filterShapes(): number[][] {
    return this.kernels.map(({ shape: [height, width, into, out], transposed }) => (transposed ? [height, width, out, into] : [height, width, into, out]).map(Number));
  }

  private get kernels() {
    return this.graph.graph.variables.trainable.filter(({ name }) => name.endsWith(WEIGHTS));
  }

  close(): void {
    this.session.close();
  }

  private inputFeeds({ lightness, hints, count, height, width }: NetworkBatch): Record<string, Feed> {
    const feed = { lightness: { data: lightness, shape: [count, height, width, 1] } };
    return hints !== undefined && this.graph.takesHints ? { ...feed, hints: { data: hints, shape: [count, height, width, 3] } } : feed;
  }

  /** A training step of a network that takes hints is always given some, be they none. */
  private hintFeed({ count, lightness, hints = new Float32Array(3 * lightness.length) }: Lesson): Record<string, Feed> {
    const side = Math.sqrt(lightness.length / count);
    return this.graph.takesHints ? { hints: { data: hints, shape: [count, side, side, 3] } } : {};
  }

  private lessonFeeds({ count, lightness, target, weight }: Lesson) {
    const side = Math.sqrt(lightness.length / count);
    const grid = this.graph.gridSize(side);
    return {
      lightness: { data: lightness, shape: [count, side, side, 1] },
      target: { data: target, shape: target instanceof Int32Array ? [count, grid, grid] : [count, grid, grid, this.Q] },
      weight: { data: weight, shape: [count, grid, grid] },
    };
  }
}

/** Kernels [height, width, out, in] brought to [height, width, in, out]. */
function swapped({ shape: [height, width, out, into], values }: Omit<LayerFilters, 'layer'>): Omit<LayerFilters, 'layer'> {
  const result = new Float32Array(values.length);
  for (let place = 0, from = 0; place < height * width; place++) {
    for (let o = 0; o < out; o++) {
      for (let i = 0; i < into; i++) result[(place * into + i) * out + o] = values[from++];
    }
  }
  return { shape: [height, width, into, out], values: result };
}

function numberOf(data: ArrayLike<number | string>): number {
  return Number(data[0]);
}
