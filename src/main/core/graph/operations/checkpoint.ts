/** Reading and writing TensorFlow checkpoints. */
import { attribute } from '../attribute.js';
import type { DType } from '../dtype.js';
import type { Graph, Node, Tensor } from '../graph.js';
import { defineOperation } from '../operation.js';
import { constant } from './array.js';

defineOperation('SaveV2', { infer: () => [] });
defineOperation('RestoreV2', {
  infer: ({ inputs: [, , specs], attribute: get }) => {
    const { values } = specs.node.attribute('value', 'tensor');
    return get('dtypes', 'types').map((dtype, i) => ({ dtype, shape: shapeOfSpec((values as readonly string[])[i]) }));
  },
});

/** `3 3 1 8 -:-:-:-`: the whole of a tensor of that shape, which TensorFlow compares with what the checkpoint holds. */
function wholeSpec(shape: readonly number[]): string {
  return shape.length === 0 ? '' : `${shape.join(' ')} ${shape.map(() => '-').join(':')}`;
}

function shapeOfSpec(spec: string): number[] {
  return spec === '' ? [] : spec.split(' ').slice(0, -1).map(Number);
}

function strings(graph: Graph, values: readonly string[], name: string): Tensor {
  return constant(graph, values, [values.length], name);
}

/** Writes tensors by name to `prefix.index` and `prefix.data-00000-of-00001`. prefix: string scalar. */
export function saveTensors(prefix: Tensor, tensors: ReadonlyMap<string, Tensor>): Node {
  const names = [...tensors.keys()];
  const values = [...tensors.values()];
  return prefix.graph.add('SaveV2', {
    inputs: [prefix, strings(prefix.graph, names, 'names'), strings(prefix.graph, names.map(() => ''), 'slices'), ...values],
    attributes: { dtypes: attribute.types(values.map((value) => value.dtype)) },
  });
}

/** Reads tensors by name from a checkpoint. @returns one tensor for each entry, in their order. */
export function restoreTensors(prefix: Tensor, entries: readonly { name: string; dtype: DType; shape: readonly number[] }[]): readonly Tensor[] {
  const { graph } = prefix;
  return graph.add('RestoreV2', {
    inputs: [prefix, strings(graph, entries.map(({ name }) => name), 'names'), strings(graph, entries.map(({ shape }) => wholeSpec(shape)), 'specs')],
    attributes: { dtypes: attribute.types(entries.map(({ dtype }) => dtype)) },
  }).outputs;
}
