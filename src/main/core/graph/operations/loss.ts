/** Cross-entropy of a softmax, for one true class or for shares of classes. */
import { attribute } from '../attribute.js';
import type { Tensor } from '../graph.js';
import { defineOperation, type Gradient, type InferenceRequest, type OutputSpec } from '../operation.js';
import { compatible, type Shape } from '../shape.js';
import { reshape } from './array.js';
import { multiply } from './math.js';

function crossEntropy({ inputs: [logits, target], fail }: InferenceRequest, targetShape: Shape): OutputSpec[] {
  if (logits.shape.length !== 2) fail(`it reads logits [examples, classes], not ${logits.toString()}`);
  if (!compatible(target.shape, targetShape)) fail(`the target ${target.toString()} does not fit the logits ${logits.toString()}`);
  // the loss of each example, and its derivative by the logits
  return [
    { dtype: 'float32', shape: [logits.shape[0]] },
    { dtype: 'float32', shape: logits.shape },
  ];
}

/** The forward kernel computes the derivative with the loss; what flows back only scales it. */
const crossEntropyGradient: Gradient = ({ node, flow }) => {
  const [byLoss, byDerivative] = flow;
  if (byDerivative !== null) throw new Error(`${node.name}: no second derivative is known`);
  if (byLoss === null) return [null, null];
  return [multiply(reshape(byLoss, [-1, 1]), node.outputs[1]), null];
};

defineOperation('SparseSoftmaxCrossEntropyWithLogits', {
  infer: (request) => crossEntropy(request, request.inputs[0].shape.slice(0, 1)),
  gradient: crossEntropyGradient,
});
defineOperation('SoftmaxCrossEntropyWithLogits', {
  infer: (request) => crossEntropy(request, request.inputs[0].shape),
  gradient: crossEntropyGradient,
});

/** -log softmax(logits)[label]. logits float32 [n, classes], labels int32 [n]. @returns float32 [n] */
export function hardCrossEntropy(logits: Tensor, labels: Tensor, name = 'cross_entropy'): Tensor {
  const attributes = { T: attribute.type('float32'), Tlabels: attribute.type('int32') };
  return logits.graph.add('SparseSoftmaxCrossEntropyWithLogits', { name, inputs: [logits, labels], attributes }).outputs[0];
}

/** -Σ target · log softmax(logits). logits and target float32 [n, classes]. @returns float32 [n] */
export function softCrossEntropy(logits: Tensor, target: Tensor, name = 'cross_entropy'): Tensor {
  return logits.graph.add('SoftmaxCrossEntropyWithLogits', { name, inputs: [logits, target], attributes: { T: attribute.type('float32') } }).outputs[0];
}
