import { convolutionLayer, dropoutLayer, glorotUniform, relu } from '../graph/index.js';
import { scaled, type Architecture } from './architecture.js';

/** Inner layers; layer k has k eighths of the bins as filters. */
const INNER_LAYERS = 7;

/**
 * The network of the seed post: eight 3x3 convolutions without padding, floor(Q/8)·k filters in layers 1 to 7 and Q in the
 * eighth, ReLU after 1 to 7, Xavier initialization, lightness fed raw. A 32x32 patch gives 16x16 answers.
 */
export const seed: Architecture = {
  outputStride: 1,
  multiple: 1,
  border: INNER_LAYERS + 1,
  takesHints: false,
  layers({ lightness }, { bins, width, dropout }, mode) {
    let x = lightness;
    for (let k = 1; k <= INNER_LAYERS; k++) {
      const name = `conv${k}`;
      const filters = scaled(Math.floor(bins / 8) * k, width);
      x = relu(convolutionLayer(x, { name, filters, padding: 'VALID', initializer: glorotUniform }), `${name}/relu`);
    }
    x = dropoutLayer(x, 'dropout', dropout, mode);
    return convolutionLayer(x, { name: 'conv8', filters: bins, padding: 'VALID', initializer: glorotUniform });
  },
};
