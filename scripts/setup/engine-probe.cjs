/**
 * Proves that the native engine works: loads it and convolves. Run in a process of its own, which a broken engine may crash.
 * Usage, in the checkout's folder: node engine-probe.cjs [path of an addon that is not installed yet]. Writes one JSON line:
 * TensorFlow's version, and whether it computes on a GPU.
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');
const util = require('node:util');

// tfjs-node calls two functions that Node 23 removed.
Object.assign(util, { isNullOrUndefined: (/** @type {unknown} */ value) => value == null, isArray: Array.isArray });

const requireOfCheckout = createRequire(join(process.cwd(), 'package.json'));

const candidate = process.argv[2];
if (candidate) {
  // tfjs-node asks this package where its addon lies.
  const locator = requireOfCheckout('@mapbox/node-pre-gyp/lib/pre-binding');
  locator.find = () => candidate;
}

const tf = /** @type {typeof import('@tensorflow/tfjs-node')} */ (requireOfCheckout('@tensorflow/tfjs-node'));
const picture = tf.ones([1, 8, 8, 1]).as4D(1, 8, 8, 1);
const filters = tf.ones([3, 3, 1, 2]).as4D(3, 3, 1, 2);
const sum = tf.conv2d(picture, filters, 1, 'valid').sum().dataSync()[0];
// 6 x 6 places, 9 products each, 2 filters.
if (sum !== 648) throw new Error(`a convolution gave ${sum} instead of 648`);
const { binding, isUsingGpuDevice } = /** @type {{ binding: { TF_Version: string }, isUsingGpuDevice: boolean }} */ (/** @type {unknown} */ (tf.backend()));
console.log(JSON.stringify({ tensorflow: binding.TF_Version, gpu: isUsingGpuDevice }));
