/** How much a training step computes and holds, counted in its graph: what speeds and memory are scaled by. */
import type { Node, Tensor } from '../graph/graph.js';
import type { ColorizerGraph } from '../networks/index.js';

export interface StepWork {
  /** Multiplications of a step's convolutions, forward and backward. */
  multiplications: number;
  /** Bytes of everything that a step computes, were nothing given back before its end. */
  bytes: number;
}

const BYTES_A_NUMBER = 4;
const SCOPE = 'train/';

/** @param graph Built for a batch of fixed size. */
export function stepWork({ graph }: Pick<ColorizerGraph, 'graph'>): StepWork {
  const work: StepWork = { multiplications: 0, bytes: 0 };
  for (const node of graph.nodes) {
    if (!node.name.startsWith(SCOPE)) continue;
    work.multiplications += multiplicationsOf(node);
    for (const { shape } of node.outputs) work.bytes += BYTES_A_NUMBER * sizeOf(shape);
  }
  return work;
}

/** Each number of the convolved picture (or of its gradient) takes a product a weight that reaches it. */
function multiplicationsOf({ operation, inputs, outputs }: Node): number {
  switch (operation) {
    case 'Conv2D': return sizeOf(outputs[0].shape) * reach(inputs[1]);
    case 'Conv2DBackpropInput': return sizeOf(inputs[2].shape) * reach(inputs[1]);
    case 'Conv2DBackpropFilter': return sizeOf(inputs[2].shape) * reach(outputs[0]);
    default: return 0;
  }
}

/** Weights of one output. @param filters [height, width, in, out] */
function reach({ shape: [height, width, into] }: Tensor): number {
  return sizeOf([height, width, into]);
}

function sizeOf(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((product, side) => product * (side ?? 1), 1);
}
