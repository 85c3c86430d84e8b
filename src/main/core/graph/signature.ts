import type { Graph, Node, Tensor } from './graph.js';
import { constant, identity } from './operations/array.js';

/** One thing a session can be asked for: what it is fed and what it gives, by names for people. */
export interface Signature {
  inputs: Readonly<Record<string, Tensor>>;
  outputs: Readonly<Record<string, Tensor>>;
}

/** A bool scalar that is true once `nodes` have run: what a signature fetches that is asked for its effects. */
export function doneAfter(graph: Graph, nodes: readonly Node[], name = 'done'): Tensor {
  return identity(constant(graph, Uint8Array.of(1), []), name, nodes);
}
