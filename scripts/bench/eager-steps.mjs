/**
 * The benchmark's training steps written the usual way of TensorFlow.js: operations run one by one, gradients by tf.train.Optimizer.
 * Layers are those of src/main/core/networks.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** @returns {typeof import('@tensorflow/tfjs-node')} The engine that the program's graph core has loaded already. */
const engine = () => require('@tensorflow/tfjs-node');

/** Variables by name, made when a layer first asks for them. */
class Layers {
  constructor(tf) {
    this.tf = tf;
    this.variables = new Map();
  }

  variable(name, shape, first) {
    if (!this.variables.has(name)) this.variables.set(name, this.tf.variable(first(shape)));
    return this.variables.get(name);
  }

  convolution(x, name, filters, { size = 3, stride = 1, padding = 'same', bias = true } = {}) {
    const { tf } = this;
    const weights = this.variable(`${name}/weights`, [size, size, x.shape[3], filters], (shape) => tf.initializers.glorotUniform({ seed: 1 }).apply(shape));
    const y = tf.conv2d(x, weights, stride, padding);
    return bias ? tf.add(y, this.variable(`${name}/bias`, [filters], (shape) => tf.zeros(shape))) : y;
  }

  block(x, name, filters, stride = 1) {
    return this.activated(this.convolution(x, name, filters, { stride, bias: false }), name);
  }

  activated(y, name) {
    const { tf } = this;
    const filters = y.shape[3];
    const { mean, variance } = tf.moments(y, [0, 1, 2]);
    const offset = this.variable(`${name}/offset`, [filters], (shape) => tf.zeros(shape));
    const scale = this.variable(`${name}/scale`, [filters], (shape) => tf.ones(shape));
    return tf.relu(tf.batchNorm(y, mean, variance, offset, scale, 1e-3));
  }
}

const NETWORKS = {
  seed(layers, lightness, bins) {
    let x = lightness;
    for (let k = 1; k <= 7; k++) x = layers.tf.relu(layers.convolution(x, `conv${k}`, Math.floor(bins / 8) * k, { padding: 'valid' }));
    return layers.convolution(x, 'conv8', bins, { padding: 'valid' });
  },
  pyramid(layers, lightness, bins) {
    const { tf } = layers;
    const twice = (y, name, filters) => [1, 2].reduce((sum, k) => tf.add(sum, layers.block(sum, `${name}_${k}`, filters)), y);
    let x = layers.block(tf.pad(lightness.sub(50).div(50), [[0, 0], [0, 0], [0, 0], [0, 3]]), 'stem', 24, 2); // no hints
    const quarter = layers.block(layers.block(x, 'down1', 48, 2), 'level1', 64);
    const eighth = twice(layers.block(quarter, 'down2', 96, 2), 'level2', 96);
    x = twice(layers.block(eighth, 'down3', 192, 2), 'level3', 192);
    x = tf.add(x, layers.convolution(tf.mean(x, [1, 2], true), 'context', 192, { size: 1 }));
    for (const [name, level, filters] of [['up1', eighth, 96], ['up2', quarter, 64]]) {
      const [, height, width] = level.shape;
      const lateral = (y, from) => layers.convolution(y, `${name}_${from}`, filters, { size: 1, bias: false });
      const sum = tf.add(tf.image.resizeNearestNeighbor(lateral(x, 'deep'), [height, width], false, true), lateral(level, 'level'));
      x = layers.block(layers.activated(sum, `${name}_sum`), name, filters);
    }
    return layers.convolution(x, 'scores', bins, { size: 1 });
  },
  fast(layers, lightness, bins) {
    const { tf } = layers;
    const results = [lightness.sub(50).div(50)];
    const encoder = [[24, 2], [32, 1], [64, 2], [64, 1], [96, 2], [96, 1], [128, 2], [128, 1], [128, 1]];
    encoder.forEach(([filters, stride], i) => results.push(layers.block(results[i], `conv${i + 1}`, filters, stride)));
    const deepest = results[9];
    let x = tf.add(deepest, layers.convolution(tf.mean(deepest, [1, 2], true), 'context', 128, { size: 1 }));
    for (const [name, skip] of [['up1', results[6]], ['up2', results[4]]]) {
      const [, height, width] = skip.shape;
      x = layers.block(tf.concat([tf.image.resizeNearestNeighbor(x, [height, width], false, true), skip], 3), name, 96);
    }
    return layers.convolution(x, 'scores', bins, { size: 1 });
  },
};

/**
 * A function that makes one training step eagerly and returns its loss, and one that frees everything.
 * @param {'seed' | 'pyramid' | 'fast'} network
 * @param {{ bins: number, batch: number, patch: number, grid: number }} setting
 * @param {{ lightness: Float32Array, target: Int32Array }} data
 */
export function eagerStep(network, { bins, batch, patch, grid }, data) {
  const tf = engine();
  const layers = new Layers(tf);
  const optimizer = tf.train.adam(1e-4);
  const lightness = tf.tensor4d(data.lightness.slice(), [batch, patch, patch, 1]);
  const target = tf.oneHot(tf.tensor1d(data.target.slice(), 'int32'), bins);
  const places = batch * grid * grid;
  const loss = () => tf.losses.softmaxCrossEntropy(target, NETWORKS[network](layers, lightness, bins).reshape([places, bins]));
  tf.tidy(loss);
  return {
    step() {
      const cost = optimizer.minimize(loss, true, [...layers.variables.values()]);
      const [value] = cost.dataSync();
      cost.dispose();
      return value;
    },
    close() {
      tf.disposeVariables();
      optimizer.dispose();
      tf.dispose([lightness, target]);
    },
  };
}
