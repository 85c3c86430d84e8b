/**
 * The activation post's network (784-1024-128-10, Adam 1e-4, batch 60), milliseconds a step over whole epochs, data included: this program beside
 * Python TensorFlow's tf.function from the same wheel, and beside tf.layers of TensorFlow.js (fewer steps), in turns in one run.
 * `node scripts/bench/activations.mjs [--pictures 12000] [--rounds 4] [--python PROGRAM]`. Build first (`npm run build`).
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../setup/cache.mjs';
import { ensureTestPython } from '../setup/python.mjs';

const BATCH = 60;
/** tf.layers is slow: so many steps stand for an epoch. */
const LAYERS_STEPS = 60;

/** Made-up pictures: the time of a step does not depend on what they show. */
function madeUp(count) {
  const pixels = Uint8Array.from({ length: count * 784 }, (_, i) => (i * 2654435761) >>> 24);
  return { count, height: 28, width: 28, channels: 1, pixels, labels: Uint8Array.from({ length: count }, (_, i) => i % 10) };
}

/** Seconds of an epoch in the program itself. */
async function ownEpochs(pictures) {
  const { Classifier } = await import('../../out/main/core/labs/activations/network.js');
  const { ACTIVATIONS_PRESETS } = await import('../../out/shared/labs/activations/config.js');
  const { Random } = await import('../../out/shared/random.js');
  const { network, normalization, optimizer, rate } = ACTIVATIONS_PRESETS.post.config;
  const classifier = await Classifier.open({
    network, optimizer, decay: normalization.decay, epsilon: normalization.epsilon, activation: 'relu', normalization: 'without', height: 28, width: 28, channels: 1, classes: 10,
  });
  classifier.initialize(1);
  const set = madeUp(pictures);
  let step = 0;
  const epoch = (count) => {
    const began = performance.now();
    const order = new Random('bench', step).permutation(count);
    for (let from = 0; from < count; from += BATCH) classifier.train(set, order.subarray(from, from + BATCH), rate, 1, step++);
    return (performance.now() - began) / 1000;
  };
  epoch(600);
  return { epoch: () => epoch(pictures), close: () => classifier.close() };
}

function pythonEpochs(python, pictures) {
  const script = fileURLToPath(new URL('../../python/bench/digits_peer.py', import.meta.url));
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'], env: { TF_ENABLE_ONEDNN_OPTS: '1', ...process.env } });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async epoch() {
      child.stdin.write(`${pictures}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('python/bench/digits_peer.py ended early; its error is above');
      return JSON.parse(value).seconds;
    },
    close: () => child.stdin.end(),
  };
}

/** Seconds a step of tf.layers' own training. */
async function layersStep() {
  const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node');
  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape: [784], units: 1024, activation: 'relu', kernelInitializer: 'glorotUniform' }));
  model.add(tf.layers.dense({ units: 128, activation: 'relu', kernelInitializer: 'glorotUniform' }));
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(1e-4), loss: 'sparseCategoricalCrossentropy' });
  const count = BATCH * LAYERS_STEPS;
  const x = tf.tensor2d(Float32Array.from(madeUp(count).pixels, (byte) => byte / 255), [count, 784]);
  const y = tf.tensor1d(Float32Array.from({ length: count }, (_, i) => i % 10));
  const fit = () => model.fit(x, y, { epochs: 1, batchSize: BATCH, verbose: 0 });
  await fit();
  const began = performance.now();
  await fit();
  return (performance.now() - began) / 1000 / LAYERS_STEPS;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function main() {
  const { values } = parseArgs({ options: { pictures: { type: 'string', default: '12000' }, rounds: { type: 'string', default: '4' }, python: { type: 'string' } } });
  const pictures = Number(values.pictures);
  const steps = pictures / BATCH;
  const own = await ownEpochs(pictures);
  const python = pythonEpochs(values.python ?? (await ensureTestPython(cacheFolder())), pictures);
  const times = { own: [], python: [], layers: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    times.own.push(own.epoch() / steps);
    times.python.push((await python.epoch()) / steps);
    times.layers.push(await layersStep());
  }
  own.close();
  python.close();
  const line = (name, seconds) => `${name.padEnd(32)}${(median(seconds) * 1000).toFixed(2).padStart(7)} ms a step`;
  const times_ = (seconds) => `this program is ${median(times.own.map((own, i) => seconds[i] / own)).toFixed(2)} times as fast`;
  console.log(line('this program', times.own));
  console.log(`${line('Python TensorFlow, tf.function', times.python)}   ${times_(times.python)}`);
  console.log(`${line('TensorFlow.js, tf.layers', times.layers)}   ${times_(times.layers)}`);
}

await main();
