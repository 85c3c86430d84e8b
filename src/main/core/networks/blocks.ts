/** What the colorizers with batch normalization are made of. */
import { add, convolutionLayer, heNormal, mean, normalizationLayer, relu, type Mode, type Tensor } from '../graph/index.js';

/** Running averages keep this share a step: trainings are a few hundred to a few thousand steps long. */
const NORMALIZATION = { decay: 0.97, epsilon: 1e-3 };

/** A 3x3 convolution, normalized and rectified. x float32 [batch, height, width, in]. @returns float32 [batch, height / stride, width / stride, filters] */
export function block(x: Tensor, name: string, { filters, stride = 1 }: { filters: number; stride?: number }, mode: Mode): Tensor {
  return activated(convolutionLayer(x, { name, filters, stride, bias: false, initializer: heNormal }), name, mode);
}

/** Normalized and rectified. */
export function activated(x: Tensor, name: string, mode: Mode): Tensor {
  return relu(normalizationLayer(x, { name, ...NORMALIZATION }, mode), `${name}/relu`);
}

/** Adds to each place what the whole picture says (Iizuka et al. 2016). x float32 [batch, height, width, channels] */
export function withWholePicture(x: Tensor): Tensor {
  const whole = mean(x, { axes: [1, 2], keepAxes: true }, 'whole_picture'); // [batch, 1, 1, channels]
  return add(x, convolutionLayer(whole, { name: 'context', filters: x.shape[3] as number, size: 1 }), 'with_context');
}
