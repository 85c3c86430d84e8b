import type { DType } from './dtype.js';
import type { Graph, Tensor } from './graph.js';
import { fill } from './operations/array.js';
import { scale } from './operations/math.js';
import { random, uniformBetween } from './operations/random.js';

export interface InitializerRequest {
  graph: Graph;
  shape: readonly number[];
  /** As Variable.transposed. */
  transposed?: boolean;
  dtype: DType;
  /** int32 [2] */
  seed: Tensor;
  /** The variable's name: one seed gives each variable values of its own. */
  use: string;
}

/** How a variable starts: a tensor of its shape and type. */
export type Initializer = (request: InitializerRequest) => Tensor;

/** How many values an output sums over, and how many an input feeds: of filters [height, width, in, out] or matrices [in, out]; transposed, of [height, width, out, in]. */
export function fans({ shape, transposed = false }: Pick<InitializerRequest, 'shape' | 'transposed'>): { fanIn: number; fanOut: number } {
  const [first = 1, last = 1] = shape.slice(-2);
  const [into, out] = transposed ? [last, first] : [first, last];
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { fanIn: into * field, fanOut: out * field };
}

/** The same value everywhere. */
export function constantValue(value: number): Initializer {
  return ({ graph, shape, dtype }) => fill(graph, shape, value, dtype === 'int32' ? 'int32' : 'float32');
}

export const zeros: Initializer = constantValue(0);
export const ones: Initializer = constantValue(1);

/** Glorot and Bengio 2010 ("Xavier"), uniform: ±√(6 / (fanIn + fanOut)). */
export const glorotUniform: Initializer = (request) => {
  const { shape, seed, use } = request;
  const { fanIn, fanOut } = fans(request);
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  return uniformBetween(-limit, limit, shape, seed, use);
};

/** Glorot and Bengio 2010, normal: deviation √(2 / (fanIn + fanOut)), cut at two deviations. */
export const glorotNormal: Initializer = (request) => {
  const { fanIn, fanOut } = fans(request);
  return truncatedNormal(Math.sqrt(2 / (fanIn + fanOut)) / TRUNCATED_DEVIATION)(request);
};

/** He et al. 2015, for rectified units: deviation √(2 / fanIn), cut at two deviations. */
export const heNormal: Initializer = (request) => {
  return truncatedNormal(Math.sqrt(2 / fans(request).fanIn) / TRUNCATED_DEVIATION)(request);
};

/** Deviation of a standard normal distribution cut at ±2. */
const TRUNCATED_DEVIATION = 0.87962566103423978;

/** Normal values cut at two deviations; `deviation` is that before the cut. */
export function truncatedNormal(deviation: number): Initializer {
  return ({ shape, seed, use }) => scale(random('truncated', shape, seed, use), deviation);
}
