/**
 * Loads what jobs load, TensorFlow and the image library, computes once with each and writes one JSON line. A process of its own:
 * the doctor's must stay free of native code, and a broken engine may crash this one.
 */
import type * as Tensorflow from '@tensorflow/tfjs-node';
import { nativeEngine } from '../graph/native.js';

/** What the child answers where all is well. */
export interface EngineAnswer {
  tensorflow: string;
  sharp: string;
  secondsToLoad: number;
  /** Whether TensorFlow computes on a GPU. */
  gpu: boolean;
}

async function examine(): Promise<EngineAnswer> {
  const started = performance.now();
  const { tfjs, backend } = nativeEngine();
  convolve(tfjs as unknown as typeof Tensorflow);
  const secondsToLoad = (performance.now() - started) / 1000;
  const { binding, isUsingGpuDevice: gpu } = backend as unknown as { binding: { TF_Version: string }; isUsingGpuDevice: boolean };
  return { tensorflow: binding.TF_Version, sharp: await sharpVersion(), secondsToLoad, gpu };
}

function convolve(tf: typeof Tensorflow): void {
  const places = 14 * 14;
  const sum = tf.conv2d(tf.ones([1, 16, 16, 8]) as Tensorflow.Tensor4D, tf.ones([3, 3, 8, 16]) as Tensorflow.Tensor4D, 1, 'valid').sum().dataSync()[0];
  const expected = places * 3 * 3 * 8 * 16;
  if (sum !== expected) throw new Error(`a convolution gave ${sum} instead of ${expected}`);
}

async function sharpVersion(): Promise<string> {
  const { default: sharp } = await import('sharp');
  await sharp({ create: { width: 2, height: 2, channels: 3, background: 'gray' } }).png().toBuffer();
  return sharp.versions.sharp ?? 'unknown';
}

console.log(JSON.stringify(await examine()));
