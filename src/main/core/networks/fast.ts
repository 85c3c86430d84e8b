import { concat, convolutionLayer, dropoutLayer, enlarge, glorotUniform, type Mode, type Tensor } from '../graph/index.js';
import { normalizedLightness, scaled, type Architecture } from './architecture.js';
import { block, withWholePicture } from './blocks.js';

/** Layers on the way down: filters, and by how much the layer shrinks the picture. */
const ENCODER = [
  { filters: 24, stride: 2 },
  { filters: 32, stride: 1 }, // a half
  { filters: 64, stride: 2 },
  { filters: 64, stride: 1 }, // a quarter
  { filters: 96, stride: 2 },
  { filters: 96, stride: 1 }, // an eighth
  { filters: 128, stride: 2 },
  { filters: 128, stride: 1 },
  { filters: 128, stride: 1 }, // a sixteenth
];

/** Layers whose results are handed to the way up, at an eighth and at a quarter of the resolution, and the filters there. */
const DECODER = [
  { skip: 6, filters: 96 },
  { skip: 4, filters: 96 },
];

/**
 * A small encoder-decoder with batch normalization that answers at a quarter of the resolution.
 * The mean of the deepest features over the whole picture is given back to each place (Iizuka et al. 2016), so that every
 * answer has seen everything, whatever the picture's size.
 */
export const fast: Architecture = {
  outputStride: 4,
  multiple: 16,
  border: 0,
  takesHints: false,
  layers({ lightness }, { bins, width, dropout }, mode) {
    const encoded = encode(normalizedLightness(lightness), width, mode);
    let x = withWholePicture(encoded[encoded.length - 1]);
    x = dropoutLayer(x, 'dropout', dropout, mode);
    DECODER.forEach(({ skip, filters }, i) => {
      const joined = concat([enlarge(x, 2), encoded[skip - 1]], 3, 'joined');
      x = block(joined, `up${i + 1}`, { filters: scaled(filters, width) }, mode);
    });
    return convolutionLayer(x, { name: 'scores', filters: bins, size: 1, initializer: glorotUniform });
  },
};

/** Results of all layers on the way down. */
function encode(lightness: Tensor, width: number, mode: Mode): Tensor[] {
  const results: Tensor[] = [];
  let x = lightness;
  ENCODER.forEach(({ filters, stride }, i) => {
    x = block(x, `conv${i + 1}`, { filters: scaled(filters, width), stride }, mode);
    results.push(x);
  });
  return results;
}
