import type { Graph, Node, Tensor } from './graph.js';
import { identity, placeholder } from './operations/array.js';
import { restoreTensors, saveTensors } from './operations/checkpoint.js';
import { assign } from './operations/state.js';
import { doneAfter, type Signature } from './signature.js';

/** Names of the signatures that every graph with variables has. */
export interface StateSignatures {
  /** seed int32 [2] -> done: gives every variable its first value. */
  initialize: Signature;
  /** prefix string -> prefix: writes a TensorFlow checkpoint, `prefix.index` and `prefix.data-00000-of-00001`. */
  save: Signature;
  /** prefix string -> prefix: sets every variable from a checkpoint. */
  restore: Signature;
}

/** Signatures that set, save and restore all variables of a graph. Call when all variables are made. */
export function stateSignatures(graph: Graph): StateSignatures {
  return { initialize: initialization(graph), save: saving(graph), restore: restoring(graph) };
}

function initialization(graph: Graph): Signature {
  return graph.scope('initialize', () => {
    const seed = placeholder(graph, 'seed', 'int32', [2]);
    const assignments = graph.variables.all.map(({ name, shape, dtype, transposed, handle, initializer }) =>
      graph.scope(name, () => assign(handle, initializer({ graph, shape, dtype, transposed, seed, use: name }))),
    );
    return { inputs: { seed }, outputs: { done: doneAfter(graph, assignments) } };
  });
}

function saving(graph: Graph): Signature {
  return graph.scope('save', () => {
    const prefix = placeholder(graph, 'prefix', 'string', []);
    const values = new Map(graph.variables.all.map(({ name, value }) => [name, value]));
    return prefixSignature(prefix, [saveTensors(prefix, values)]);
  });
}

function restoring(graph: Graph): Signature {
  return graph.scope('restore', () => {
    const prefix = placeholder(graph, 'prefix', 'string', []);
    const variables = graph.variables.all;
    const values = restoreTensors(prefix, variables);
    const assignments = variables.map(({ handle }, i) => assign(handle, values[i]));
    return prefixSignature(prefix, assignments);
  });
}

function prefixSignature(prefix: Tensor, nodes: readonly Node[]): Signature {
  return { inputs: { prefix }, outputs: { prefix: identity(prefix, 'done', nodes) } };
}
