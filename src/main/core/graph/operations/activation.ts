/** What follows a layer: the rectified family, sigmoid and tanh, softmax. */
import { attribute, type Attributes } from '../attribute.js';
import type { Node, Tensor } from '../graph.js';
import { defineOperation, gradientOfOne, requireFloat, sameAsFirst, type InferenceRequest, type OutputSpec } from '../operation.js';
import { scalar } from './array.js';
import { add, errorFunction, multiply, nativeGradient, negative, scale, subtract } from './math.js';
import { sum } from './reduce.js';

function floatLikeFirst(request: InferenceRequest): OutputSpec[] {
  requireFloat(request);
  return sameAsFirst(request);
}

/** An activation whose gradient is a kernel of its own, called with the flow and either its features or its result. */
function defineActivation(name: string, kernel: string, seenBy: 'features' | 'result', keep: (node: Node) => Attributes = () => ({})): void {
  defineOperation(name, {
    infer: floatLikeFirst,
    gradient: gradientOfOne((flow, node) => [
      flow.graph.add(kernel, {
        inputs: [flow, seenBy === 'features' ? node.inputs[0] : node.outputs[0]],
        attributes: { T: attribute.type('float32'), ...keep(node) },
      }).output,
    ]),
  });
  defineOperation(kernel, { infer: floatLikeFirst });
}

// ReluGrad reads the result rather than the features: that frees the features and lets TensorFlow fuse what made them.
defineActivation('Relu', 'ReluGrad', 'result');
defineActivation('Relu6', 'Relu6Grad', 'result');
defineActivation('Elu', 'EluGrad', 'result');
defineActivation('Selu', 'SeluGrad', 'result');
defineActivation('Softplus', 'SoftplusGrad', 'features');
defineActivation('LeakyRelu', 'LeakyReluGrad', 'features', (node) => ({ alpha: attribute.float(node.attribute('alpha', 'float')) }));

defineOperation('Sigmoid', {
  infer: floatLikeFirst,
  gradient: gradientOfOne((flow, node) => [nativeGradient('SigmoidGrad', node.outputs[0], flow)]),
});
defineOperation('Tanh', {
  infer: floatLikeFirst,
  gradient: gradientOfOne((flow, node) => [nativeGradient('TanhGrad', node.outputs[0], flow)]),
});

function activation(operation: string, x: Tensor, name?: string, attributes: Attributes = {}): Tensor {
  return x.graph.add(operation, { name, inputs: [x], attributes: { T: attribute.type('float32'), ...attributes } }).output;
}

/** max(0, x) */
export const relu = (x: Tensor, name = 'relu'): Tensor => activation('Relu', x, name);
/** min(max(0, x), 6) */
export const relu6 = (x: Tensor, name = 'relu6'): Tensor => activation('Relu6', x, name);
/** eˣ - 1 below 0 (Clevert et al. 2015, alpha 1) */
export const elu = (x: Tensor, name = 'elu'): Tensor => activation('Elu', x, name);
/** Scaled ELU (Klambauer et al. 2017) */
export const selu = (x: Tensor, name = 'selu'): Tensor => activation('Selu', x, name);
/** log(1 + eˣ) */
export const softplus = (x: Tensor, name = 'softplus'): Tensor => activation('Softplus', x, name);
/** 1 / (1 + e⁻ˣ) */
export const sigmoid = (x: Tensor, name = 'sigmoid'): Tensor => activation('Sigmoid', x, name);
/** Hyperbolic tangent */
export const tanh = (x: Tensor, name = 'tanh'): Tensor => activation('Tanh', x, name);

/** x · Φ(x), Φ the normal distribution's share below x (Hendrycks and Gimpel 2016, the exact form) */
export function gelu(x: Tensor, name = 'gelu'): Tensor {
  const twice = add(errorFunction(scale(x, Math.SQRT1_2)), scalar(x.graph, 1));
  return multiply(scale(x, 0.5), twice, name);
}

/** x · sigmoid(x) (Elfwing et al. 2017; Swish with beta 1) */
export const silu = (x: Tensor, name = 'silu'): Tensor => multiply(x, sigmoid(x), name);

/** x above 0, `slope`·x below (Maas et al. 2013; a of Xu et al. 2015 is 1/slope). */
export function leakyRelu(x: Tensor, slope: number, name = 'leaky_relu'): Tensor {
  return activation('LeakyRelu', x, name, { alpha: attribute.float(slope) });
}

/** x above 0, slope·x below, with a slope for each channel or element that broadcasts to x (He et al. 2015). */
export function slopedRelu(x: Tensor, slope: Tensor, name = 'sloped_relu'): Tensor {
  return add(relu(x), negative(multiply(slope, relu(negative(x)))), name);
}

/* Softmax over the last axis */

defineOperation('Softmax', {
  infer: floatLikeFirst,
  gradient: gradientOfOne((flow, node) => {
    const y = node.outputs[0];
    const along = sum(multiply(flow, y), { axes: [-1], keepAxes: true });
    return [multiply(subtract(flow, along), y)];
  }),
});

/** Shares along the last axis: eˣ over its sum. */
export const softmax = (x: Tensor, name = 'softmax'): Tensor => activation('Softmax', x, name);
