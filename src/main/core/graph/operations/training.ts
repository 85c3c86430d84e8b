/** Optimizers' update rules as TensorFlow's fused kernels: each changes a variable and its slots in one pass. */
import { attribute } from '../attribute.js';
import type { Node, Tensor } from '../graph.js';
import { defineOperation, type InferenceRequest } from '../operation.js';
import { compatible } from '../shape.js';

/** The gradient (the given input) must fit the variable (the first). */
function changesVariable(gradient: number) {
  return ({ inputs, fail }: InferenceRequest) => {
    const shape = inputs[0].node.attribute('shape', 'shape');
    if (!compatible(shape, inputs[gradient].shape)) fail(`the gradient ${inputs[gradient].toString()} does not fit the variable ${inputs[0].node.name}`);
    return [];
  };
}

defineOperation('ResourceApplyGradientDescent', { infer: changesVariable(2) });
defineOperation('ResourceApplyMomentum', { infer: changesVariable(3) });
defineOperation('ResourceApplyAdam', { infer: changesVariable(9) });

interface Update {
  inputs: readonly Tensor[];
  controls: readonly Node[];
}

function apply(operation: string, { inputs, controls }: Update, nesterov?: boolean): Node {
  const attributes = { T: attribute.type('float32'), use_locking: attribute.bool(false) };
  return inputs[0].graph.add(operation, {
    inputs,
    controls,
    attributes: nesterov === undefined ? attributes : { ...attributes, use_nesterov: attribute.bool(nesterov) },
  });
}

/** variable -= rate · gradient. Inputs: variable, rate, gradient. */
export const applyGradientDescent = (update: Update): Node => apply('ResourceApplyGradientDescent', update);
/** velocity = momentum · velocity + gradient; variable -= rate · velocity. Inputs: variable, velocity, rate, gradient, momentum. */
export const applyMomentum = (update: Update, nesterov: boolean): Node => apply('ResourceApplyMomentum', update, nesterov);
/** Kingma and Ba 2015. Inputs: variable, m, v, beta1 power, beta2 power, rate, beta1, beta2, epsilon, gradient. */
export const applyAdam = (update: Update): Node => apply('ResourceApplyAdam', update, false);
