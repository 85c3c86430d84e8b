import type { Graph, Tensor } from './graph.js';
import { scalar } from './operations/array.js';
import { absolute, add, addN, scale } from './operations/math.js';
import { halfSquaredNorm, sum } from './operations/reduce.js';
import type { Variable } from './variables.js';

/**
 * What large weights cost. With the strength s and the mix m:
 * l1: s · Σ|w|; l2: s · Σw² / 2 (TensorFlow's convention); elastic: s · (m · Σ|w| + (1 - m) · Σw² / 2) (Zou and Hastie 2005).
 */
export type Penalty =
  | { kind: 'none' }
  | { kind: 'l1' | 'l2'; strength: number }
  | { kind: 'elastic'; strength: number; mix: number };

/** The penalty on chosen variables, a float32 scalar to be added to a loss; 0 without one. */
export function penalize(graph: Graph, penalty: Penalty, variables: readonly Variable[]): Tensor {
  return graph.scope('penalty', () => {
    if (penalty.kind === 'none' || variables.length === 0) return scalar(graph, 0, 'none');
    return scale(addN(variables.map(({ value }) => cost(penalty, value))), penalty.strength, 'strength');
  });
}

function cost(penalty: Exclude<Penalty, { kind: 'none' }>, weights: Tensor): Tensor {
  const sparse = () => sum(absolute(weights));
  const square = () => halfSquaredNorm(weights);
  if (penalty.kind === 'l1') return sparse();
  if (penalty.kind === 'elastic') return add(scale(sparse(), penalty.mix), scale(square(), 1 - penalty.mix));
  return square();
}
