/** Pooling over squares of pixels. */
import { attribute, type Attributes } from '../attribute.js';
import type { Tensor } from '../graph.js';
import { defineOperation, gradientOfOne, sameAsFirst, type InferenceRequest, type OutputSpec } from '../operation.js';
import { convolvedSize, type Padding } from './convolution.js';

function poolAttributes(size: number, stride: number, padding: Padding): Attributes {
  return {
    T: attribute.type('float32'),
    ksize: attribute.ints([1, size, size, 1]),
    strides: attribute.ints([1, stride, stride, 1]),
    padding: attribute.string(padding),
    data_format: attribute.string('NHWC'),
  };
}

function pooled({ inputs: [x], attribute: get, fail }: InferenceRequest): OutputSpec[] {
  if (x.shape.length !== 4) fail(`it reads [batch, height, width, channels], not ${x.toString()}`);
  const [batch, height, width, channels] = x.shape;
  const sizes = [height, width].map((size) => convolvedSize(size, get('ksize', 'ints')[1], get('strides', 'ints')[1], 1, get('padding', 'string') as Padding));
  return [{ dtype: 'float32', shape: [batch, ...sizes, channels] }];
}

defineOperation('MaxPool', {
  infer: pooled,
  gradient: gradientOfOne((flow, node) => [
    flow.graph.add('MaxPoolGrad', { inputs: [node.inputs[0], node.outputs[0], flow], attributes: node.attributes }).output,
  ]),
});
defineOperation('MaxPoolGrad', { infer: sameAsFirst });

/** Largest value of each square of `size` pixels, `stride` pixels apart. */
export function maxPool(x: Tensor, size: number, stride = size, padding: Padding = 'VALID', name = 'max_pool'): Tensor {
  return x.graph.add('MaxPool', { name, inputs: [x], attributes: poolAttributes(size, stride, padding) }).output;
}
