/** Variables as resources: handles, reads, assignments, and what orders side effects. */
import { attribute } from '../attribute.js';
import type { DType } from '../dtype.js';
import type { Graph, Node, Tensor } from '../graph.js';
import { defineOperation, type InferenceRequest } from '../operation.js';
import { compatible, formatShape, type Shape } from '../shape.js';

/**
 * What a handle refers to. The output of VarHandleOp is a scalar of type resource; the type and shape of the value behind it
 * are its attributes.
 */
function referent(handle: Tensor): { dtype: DType; shape: Shape } {
  return { dtype: handle.node.attribute('dtype', 'type'), shape: handle.node.attribute('shape', 'shape') };
}

function requireAssignable({ inputs: [handle, value], fail }: InferenceRequest): void {
  const { dtype, shape } = referent(handle);
  if (value.dtype !== dtype) fail(`the variable is ${dtype}, the value ${value.name} is ${value.dtype}`);
  if (!compatible(shape, value.shape)) {
    fail(`the variable has the shape ${formatShape(shape)}, the value ${value.name} ${formatShape(value.shape)}`);
  }
}

defineOperation('VarHandleOp', { infer: () => [{ dtype: 'resource', shape: [] }] });
defineOperation('ReadVariableOp', { infer: ({ inputs: [handle] }) => [referent(handle)] });
defineOperation('NoOp', { infer: () => [] });
for (const name of ['AssignVariableOp', 'AssignAddVariableOp', 'AssignSubVariableOp']) {
  defineOperation(name, {
    infer: (request) => {
      requireAssignable(request);
      return [];
    },
  });
}

/** A variable's resource. `name` is its name in the graph, in the session and in checkpoints. */
export function variableHandle(graph: Graph, name: string, dtype: DType, shape: readonly number[]): Tensor {
  return graph.add('VarHandleOp', {
    name,
    attributes: {
      dtype: attribute.type(dtype),
      shape: attribute.shape(shape),
      shared_name: attribute.string(name),
      container: attribute.string(''),
    },
  }).output;
}

/** The value of a variable at the moment the node runs. */
export function readVariable(handle: Tensor, name?: string, controls?: readonly Node[]): Tensor {
  const attributes = { dtype: attribute.type(referent(handle).dtype) };
  return handle.graph.add('ReadVariableOp', { name, inputs: [handle], attributes, controls }).output;
}

function change(operation: string, handle: Tensor, value: Tensor, controls?: readonly Node[]): Node {
  return handle.graph.add(operation, {
    inputs: [handle, value],
    attributes: { dtype: attribute.type(referent(handle).dtype) },
    controls,
  });
}

/** variable = value */
export function assign(handle: Tensor, value: Tensor, controls?: readonly Node[]): Node {
  return change('AssignVariableOp', handle, value, controls);
}

/** variable += value */
export function assignAdd(handle: Tensor, value: Tensor, controls?: readonly Node[]): Node {
  return change('AssignAddVariableOp', handle, value, controls);
}

/** variable -= value */
export function assignSub(handle: Tensor, value: Tensor, controls?: readonly Node[]): Node {
  return change('AssignSubVariableOp', handle, value, controls);
}

/** A node that is done when all of `nodes` are. */
export function group(graph: Graph, nodes: readonly Node[], name?: string): Node {
  return graph.add('NoOp', { name, controls: nodes });
}
