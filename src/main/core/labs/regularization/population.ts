/**
 * Many small networks of one shape trained side by side in one graph: each has its own weights, points, penalty and loss, and a
 * step of all of them is one native call. Such a network's step is too small to be worth a call of its own.
 */
import type { Loss } from '../../../../shared/labs/regularization/config.js';
import type { PenaltyStrengths } from '../../../../shared/labs/regularization/penalties.js';
import type { Activation, Layer } from '../../../../shared/labs/regularization/weights.js';
import {
  absolute, add, addN, assign, constant, divide, doneAfter, encodeGraphDef, Graph, identity, maximum, minimize, multiply, placeholder, readVariable, relu,
  scalar, scale, Session, sign, square, stackedProduct, stateSignatures, subtract, sum, tanh, zeros, zerosLike,
  type Node, type Optimizer, type Signature, type Tensor, type Variable,
} from '../../graph/index.js';

/** What is particular to one of the networks. */
export interface Member {
  loss: Loss;
  strengths: PenaltyStrengths;
}

export interface PopulationOptions {
  members: readonly Member[];
  /** Sizes of the layers from input to output: [1, 10, 10, 10, 1]; the output is one number. */
  sizes: readonly number[];
  activation: Activation;
  optimizer: Optimizer;
}

type PopulationSignature = 'initialize' | 'start' | 'train' | 'predict' | 'save' | 'restore';

/** A batch of points for each member. Inputs [members, count, inputs], targets [members, count], member by member. */
export interface MemberBatch {
  count: number;
  x: Float32Array;
  y: Float32Array;
}

export class Population {
  private constructor(
    private readonly options: PopulationOptions,
    private readonly graph: Graph,
    private readonly session: Session<PopulationSignature>,
  ) {}

  /** Opens the networks; they have no weights until `start`. Whoever opens them closes them. */
  static async open(options: PopulationOptions): Promise<Population> {
    const graph = new Graph();
    const signatures = populationSignatures(graph, options);
    return new Population(options, graph, await Session.open(graph, signatures));
  }

  /** The structure as TensorFlow's GraphDef. */
  graphDef(): Uint8Array {
    return encodeGraphDef(this.graph);
  }

  /** Gives every member its starting weights, and an optimizer that remembers nothing. */
  start(members: readonly (readonly Layer[])[]): void {
    this.session.run('initialize', { seed: [0, 0] });
    const feeds = this.layerShapes().flatMap(({ name, shape }, k) => {
      const part = k % 2 === 0 ? 'weights' : 'bias';
      const data = joined(members.map((layers) => layers[Math.floor(k / 2)][part]));
      return [[name, { data, shape }] as const];
    });
    this.session.run('start', Object.fromEntries(feeds));
  }

  /** One step of every member. @returns The sum of the losses of its points and its penalty before the step, of each member. */
  step({ count, x, y }: MemberBatch, rate: number): { loss: Float32Array; penalty: Float32Array } {
    const { loss, penalty } = this.session.run('train', { ...this.pointFeeds(x, count), y: { data: y, shape: [this.size, count, 1] }, rate });
    return { loss: loss.data as Float32Array, penalty: penalty.data as Float32Array };
  }

  /** Answers of every member. @param x [members, count, inputs] @returns [members, count] */
  answers(x: Float32Array, count: number): Float32Array {
    return this.session.run('predict', this.pointFeeds(x, count)).y.data as Float32Array;
  }

  /** The weights of every member as they are now. */
  layers(): Layer[][] {
    const { sizes } = this.options;
    const names = this.layerShapes().map(({ name }) => name);
    const values = [...this.session.readVariables(names).values()].map(({ data }) => data as Float32Array);
    return Array.from({ length: this.size }, (_, member) =>
      sizes.slice(1).map((outputs, k) => {
        const inputs = sizes[k];
        return { inputs, outputs, weights: part(values[2 * k], member, inputs * outputs), bias: part(values[2 * k + 1], member, outputs) };
      }),
    );
  }

  close(): void {
    this.session.close();
  }

  private get size(): number {
    return this.options.members.length;
  }

  /** Names and shapes of the variables, weights and bias of each layer in turn. */
  private layerShapes(): { name: string; shape: number[] }[] {
    return layerVariables(this.graph, this.options).map(({ name, shape }) => ({ name, shape: [...shape] }));
  }

  private pointFeeds(x: Float32Array, count: number) {
    return { x: { data: x, shape: [this.size, count, this.options.sizes[0]] } };
  }
}

function populationSignatures(graph: Graph, options: PopulationOptions): Record<PopulationSignature, Signature> {
  const { members, sizes } = options;
  const x = placeholder(graph, 'x', 'float32', [members.length, null, sizes[0]]);
  const y = placeholder(graph, 'y', 'float32', [members.length, null, 1]);
  const rate = placeholder(graph, 'rate', 'float32', []);
  const answers = forward(x, options);
  const losses = memberLosses(subtract(answers, y, 'error'), members);
  const penalties = memberPenalties(graph, options);
  const total = add(sum(losses), sum(penalties), 'total');
  const steps = minimize({ loss: total, variables: layerVariables(graph, options), rate, optimizer: options.optimizer });
  const done = [...steps, ...proximalSteps(graph, options, rate, steps)];
  return {
    train: { inputs: { x, y, rate }, outputs: { loss: identity(losses, 'loss', done), penalty: identity(penalties, 'paid', done) } },
    predict: { inputs: { x }, outputs: { y: sum(answers, { axes: [2] }, 'answers') } },
    start: startSignature(graph, options),
    ...stateSignatures(graph),
  };
}

/** [members, count, inputs] -> [members, count, 1] */
function forward(x: Tensor, { sizes, activation, members }: PopulationOptions): Tensor {
  const { graph } = x;
  let values = x;
  for (let k = 1; k < sizes.length; k++) {
    const [weights, bias] = layerAt(graph, k, [members.length, sizes[k - 1], sizes[k]]);
    values = graph.scope(`dense${k}`, () => {
      const sums = add(stackedProduct(values, weights.value, {}, 'product'), bias.value, 'sum');
      return k < sizes.length - 1 ? activatedTensor(sums, activation) : sums;
    });
  }
  return values;
}

function layerAt(graph: Graph, k: number, [members, inputs, outputs]: number[]): [weights: Variable, bias: Variable] {
  return [
    graph.variables.share({ name: `dense${k}/weights`, shape: [members, inputs, outputs], initializer: zeros }),
    graph.variables.share({ name: `dense${k}/bias`, shape: [members, 1, outputs], initializer: zeros }),
  ];
}

function layerVariables(graph: Graph, { sizes, members }: PopulationOptions): Variable[] {
  return sizes.slice(1).flatMap((outputs, k) => layerAt(graph, k + 1, [members.length, sizes[k], outputs]));
}

function weightVariables(graph: Graph, options: PopulationOptions): Variable[] {
  return layerVariables(graph, options).filter((_, k) => k % 2 === 0);
}

function activatedTensor(x: Tensor, activation: Activation): Tensor {
  if (activation === 'none') return x;
  return activation === 'relu' ? relu(x) : tanh(x);
}

/** Sum over a member's points of |e| or e². error [members, count, 1] @returns [members] */
function memberLosses(error: Tensor, members: readonly Member[]): Tensor {
  const kinds = new Set(members.map(({ loss }) => loss));
  if (kinds.size === 1) return sumOfEach(kinds.has('absolute') ? absolute(error) : square(error), 'loss');
  const share = perMember(error.graph, members.map(({ loss }) => (loss === 'absolute' ? 1 : 0)));
  const rest = perMember(error.graph, members.map(({ loss }) => (loss === 'absolute' ? 0 : 1)));
  return sumOfEach(add(multiply(absolute(error), share), multiply(square(error), rest)), 'loss');
}

/** l1·Σ|w| + l2·Σw²/2 of each member, by the strengths that work through the gradient. @returns [members] */
function memberPenalties(graph: Graph, options: PopulationOptions): Tensor {
  return graph.scope('penalty', () => {
    const [l1, l2] = strengthsOf(graph, options, 'gradient');
    const parts = weightVariables(graph, options).flatMap(({ value }) => [
      sumOfEach(multiply(absolute(value), l1), 'l1'),
      sumOfEach(multiply(scale(square(value), 0.5), l2), 'l2'),
    ]);
    return addN(parts, 'penalty');
  });
}

/** After the step on the loss: soft threshold, then shrinkage (Parikh and Boyd 2014, 6.5.2). Nothing where no member asks for it. */
function proximalSteps(graph: Graph, options: PopulationOptions, rate: Tensor, after: readonly Node[]): Node[] {
  if (options.members.every(({ strengths: { proximal } }) => proximal.l1 === 0 && proximal.l2 === 0)) return [];
  return graph.scope('proximal', () => {
    const [l1, l2] = strengthsOf(graph, options, 'proximal').map((strength) => multiply(strength, rate));
    return weightVariables(graph, options).map(({ handle, value }) => {
      const moved = readVariable(handle, 'moved', after);
      const size = maximum(subtract(absolute(moved), l1), zerosLike(value));
      return assign(handle, divide(multiply(sign(moved), size), add(l2, scalar(graph, 1))));
    });
  });
}

function strengthsOf(graph: Graph, { members }: PopulationOptions, form: keyof PenaltyStrengths): [l1: Tensor, l2: Tensor] {
  return [
    perMember(graph, members.map(({ strengths }) => strengths[form].l1)),
    perMember(graph, members.map(({ strengths }) => strengths[form].l2)),
  ];
}

/** A number for each member, shaped so that it spreads over the member's values. @returns [members, 1, 1] */
function perMember(graph: Graph, values: readonly number[]): Tensor {
  return constant(graph, Float32Array.from(values), [values.length, 1, 1], 'per_member');
}

function sumOfEach(x: Tensor, name: string): Tensor {
  return sum(x, { axes: [1, 2] }, name);
}

function startSignature(graph: Graph, options: PopulationOptions): Signature {
  return graph.scope('start', () => {
    const variables = layerVariables(graph, options);
    const inputs = Object.fromEntries(variables.map(({ name, shape }) => [name, placeholder(graph, name, 'float32', shape)]));
    return { inputs, outputs: { done: doneAfter(graph, variables.map(({ name, handle }) => assign(handle, inputs[name]))) } };
  });
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const values of parts) {
    whole.set(values, at);
    at += values.length;
  }
  return whole;
}

function part(values: Float32Array, member: number, size: number): Float32Array {
  return values.slice(member * size, (member + 1) * size);
}
