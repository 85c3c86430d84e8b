import { add, concat, convolutionLayer, dropoutLayer, enlarge, glorotUniform, heNormal, scale, slice, type Mode, type Tensor } from '../graph/index.js';
import { normalizedLightness, scaled, type Architecture, type NetworkInput } from './architecture.js';
import { activated, block, withWholePicture } from './blocks.js';

/** ab units that stand for 1 in what the layers see of a hint. */
const HINT_SCALE = 1 / 110;

/** Filters of the first layer, at half the resolution. */
const STEM = 24;

/** The way down: each level halves the resolution, then looks once more, or adds what further layers find (He et al. 2016). */
const LEVELS = [
  { filters: 48, then: { filters: 64, residual: 0 } }, // a quarter
  { filters: 96, then: { filters: 96, residual: 2 } }, // an eighth
  { filters: 192, then: { filters: 192, residual: 2 } }, // a sixteenth
];

/** Filters of the way up, from an eighth to a quarter of the resolution. */
const UP = [96, 64];

/**
 * The default: a feature pyramid (Lin et al. 2017) that answers at a quarter of the resolution. Most of its layers work at an eighth
 * and a sixteenth, where they are cheap and see far; on the way up, levels are added, not joined, so that the layers at
 * the highest resolution stay narrow. The mean of the deepest features over the whole picture is given back to each
 * place (Iizuka et al. 2016), so that every answer has seen everything, whatever the picture's size. Colour hints go in beside the
 * lightness (Zhang et al. 2017).
 */
export const pyramid: Architecture = {
  outputStride: 4,
  multiple: 16,
  border: 0,
  takesHints: true,
  layers(input, { bins, width, dropout }, mode) {
    const filters = (count: number) => scaled(count, width);
    const levels: Tensor[] = [];
    let x = block(seen(input), 'stem', { filters: filters(STEM), stride: 2 }, mode);
    LEVELS.forEach((level, i) => {
      x = block(x, `down${i + 1}`, { filters: filters(level.filters), stride: 2 }, mode);
      if (level.then.residual === 0) x = block(x, `level${i + 1}`, { filters: filters(level.then.filters) }, mode);
      for (let k = 1; k <= level.then.residual; k++) x = add(x, block(x, `level${i + 1}_${k}`, { filters: filters(level.then.filters) }, mode));
      levels.push(x);
    });
    x = dropoutLayer(withWholePicture(x), 'dropout', dropout, mode);
    UP.forEach((count, i) => {
      x = raised(x, levels[levels.length - 2 - i], `up${i + 1}`, filters(count), mode);
    });
    return convolutionLayer(x, { name: 'scores', filters: bins, size: 1, initializer: glorotUniform });
  },
};

/** Lightness and hints, each about -1..1. */
function seen({ lightness, hints }: NetworkInput): Tensor {
  const normalized = normalizedLightness(lightness);
  if (hints === undefined) return normalized;
  const colours = scale(slice(hints, [0, 0, 0, 0], [-1, -1, -1, 2]), HINT_SCALE, 'hint_colours');
  const mask = slice(hints, [0, 0, 0, 2], [-1, -1, -1, 1]);
  return concat([normalized, colours, mask], 3, 'seen');
}

/** A level's features with those of the level below it added, and looked at once more. */
function raised(deep: Tensor, level: Tensor, name: string, filters: number, mode: Mode): Tensor {
  const lateral = (x: Tensor, from: string) => convolutionLayer(x, { name: `${name}_${from}`, filters, size: 1, bias: false, initializer: heNormal });
  const sum = add(enlarge(lateral(deep, 'deep'), 2), lateral(level, 'level'), `${name}_sum`);
  return block(activated(sum, `${name}_sum`, mode), name, { filters }, mode);
}
