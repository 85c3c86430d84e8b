/** Batch normalization (Ioffe and Szegedy 2015) by TensorFlow's fused kernels. */
import { attribute, type Attributes } from '../attribute.js';
import type { Node, Tensor } from '../graph.js';
import { defineOperation, requireFloat, type OutputSpec } from '../operation.js';
import type { Shape } from '../shape.js';
import { constant } from './array.js';

defineOperation('FusedBatchNormV3', {
  infer: (request) => {
    requireFloat(request);
    const { inputs: [x, gamma], fail } = request;
    const channels = x.shape[3];
    if (x.shape.length !== 4) fail(`it reads [batch, height, width, channels], not ${x.toString()}`);
    if (channels !== null && gamma.shape[0] !== channels) fail(`the scale ${gamma.toString()} does not fit the channels of ${x.toString()}`);
    // y, mean, variance, and three values kept for the gradient
    return [{ dtype: 'float32', shape: x.shape }, ...perChannel(gamma.shape, 5)];
  },
  gradient: ({ node, flow }) => {
    if (flow.slice(1).some((part) => part !== null)) throw new Error(`${node.name}: no gradient is known for the batch's mean and variance`);
    if (flow[0] === null) return node.inputs.map(() => null);
    const [x, gamma, , , ] = node.inputs;
    const kept = node.attribute('is_training', 'bool') ? node.outputs.slice(3) : [node.inputs[3], node.inputs[4], node.outputs[5]];
    const gradient = x.graph.add('FusedBatchNormGradV3', { inputs: [flow[0], x, gamma, ...kept], attributes: gradientAttributes(node) });
    return [gradient.outputs[0], gradient.outputs[1], gradient.outputs[2], null, null];
  },
});
defineOperation('FusedBatchNormGradV3', {
  infer: ({ inputs: [, x, gamma] }) => [{ dtype: 'float32', shape: x.shape }, ...perChannel(gamma.shape, 4)],
});

function perChannel(shape: Shape, count: number): OutputSpec[] {
  return Array.from({ length: count }, () => ({ dtype: 'float32' as const, shape }));
}

function gradientAttributes(node: Node): Attributes {
  return normalizationAttributes(node.attribute('epsilon', 'float'), node.attribute('is_training', 'bool'));
}

function normalizationAttributes(epsilon: number, training: boolean): Attributes {
  return {
    T: attribute.type('float32'),
    U: attribute.type('float32'),
    epsilon: attribute.float(epsilon),
    data_format: attribute.string('NHWC'),
    is_training: attribute.bool(training),
  };
}

export interface Normalized {
  /** float32, like the input. */
  output: Tensor;
  /** Mean of the batch, [channels]. */
  mean: Tensor;
  /** Unbiased variance of the batch, [channels]. */
  variance: Tensor;
}

/** Normalizes by the batch's own mean and variance: the form for training. x float32 [batch, height, width, channels], scale and offset [channels]. */
export function normalizeByBatch(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number, name = 'normalization'): Normalized {
  const none = constant(x.graph, new Float32Array(0), [0], 'none');
  const attributes = { ...normalizationAttributes(epsilon, true), exponential_avg_factor: attribute.float(1) };
  const [output, mean, variance] = x.graph.add('FusedBatchNormV3', { name, inputs: [x, scale, offset, none, none], attributes }).outputs;
  return { output, mean, variance };
}

/** Normalizes by a given mean and variance: the form for inference. */
export function normalizeBy(x: Tensor, scale: Tensor, offset: Tensor, mean: Tensor, variance: Tensor, epsilon: number, name = 'normalization'): Tensor {
  const attributes = { ...normalizationAttributes(epsilon, false), exponential_avg_factor: attribute.float(1) };
  return x.graph.add('FusedBatchNormV3', { name, inputs: [x, scale, offset, mean, variance], attributes }).outputs[0];
}
