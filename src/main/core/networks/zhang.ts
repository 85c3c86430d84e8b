import {
  convolutionLayer,
  dropoutLayer,
  heNormal,
  glorotUniform,
  normalizationLayer,
  relu,
  scalar,
  scale,
  subtract,
  transposedConvolutionLayer,
  type Mode,
  type Tensor,
} from '../graph/index.js';
import { scaled, type Architecture } from './architecture.js';

const NORMALIZATION = { decay: 0.99, epsilon: 1e-3 };

/** Table 4 of the paper: conv1 to conv7, with the stride of each block's last layer. */
const BLOCKS = [
  { filters: 64, layers: 2, stride: 2, dilation: 1 },
  { filters: 128, layers: 2, stride: 2, dilation: 1 },
  { filters: 256, layers: 3, stride: 2, dilation: 1 },
  { filters: 512, layers: 3, stride: 1, dilation: 1 },
  { filters: 512, layers: 3, stride: 1, dilation: 2 },
  { filters: 512, layers: 3, stride: 1, dilation: 2 },
  { filters: 512, layers: 3, stride: 1, dilation: 1 },
];

/** Filters of conv8, which brings the answer from an eighth to a quarter of the resolution. */
const LAST_FILTERS = 256;

/**
 * The network of Zhang, Isola, Efros, "Colorful Image Colorization" (2016): blocks of 3x3 convolutions with ReLU, batch normalization
 * at the end of conv1 to conv7, dilation 2 in conv5 and conv6, a transposed convolution in conv8. Lightness goes in
 * as (L - 50) / 100, as in the authors' release.
 */
export const zhang: Architecture = {
  outputStride: 4,
  multiple: 8,
  border: 0,
  takesHints: false,
  layers({ lightness }, { bins, width, dropout }, mode) {
    let x = scale(subtract(lightness, scalar(lightness.graph, 50)), 1 / 100, 'normalized_lightness');
    BLOCKS.forEach((settings, i) => {
      x = block(x, `conv${i + 1}`, { ...settings, filters: scaled(settings.filters, width) }, mode);
    });
    x = dropoutLayer(x, 'dropout', dropout, mode);
    x = upsampled(x, scaled(LAST_FILTERS, width));
    return convolutionLayer(x, { name: 'scores', filters: bins, size: 1, initializer: glorotUniform });
  },
};

function block(x: Tensor, name: string, { filters, layers, stride, dilation }: (typeof BLOCKS)[number], mode: Mode): Tensor {
  let result = x;
  for (let layer = 1; layer <= layers; layer++) {
    const own = { name: `${name}_${layer}`, filters, dilation, stride: layer === layers ? stride : 1, initializer: heNormal };
    result = relu(convolutionLayer(result, own), `${name}_${layer}/relu`);
  }
  return normalizationLayer(result, { name, ...NORMALIZATION }, mode);
}

/** conv8: twice the resolution, then two more layers. */
function upsampled(x: Tensor, filters: number): Tensor {
  let result = relu(transposedConvolutionLayer(x, { name: 'conv8_1', filters, size: 4, stride: 2 }), 'conv8_1/relu');
  for (const name of ['conv8_2', 'conv8_3']) result = relu(convolutionLayer(result, { name, filters, initializer: heNormal }), `${name}/relu`);
  return result;
}
