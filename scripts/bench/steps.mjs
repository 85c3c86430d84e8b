/**
 * Training steps, photographs (crops) a second: this program's native graph beside Python TensorFlow's tf.function from the same
 * wheel and beside TensorFlow.js's eager way, in turns in one run.
 * `node scripts/bench/steps.mjs [--rounds 8] [--networks seed,pyramid,fast] [--python PROGRAM]`. Build first (`npm run build`).
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../setup/cache.mjs';
import { ensureTestPython } from '../setup/python.mjs';
import { eagerStep } from './eager-steps.mjs';

/** As the presets train (`pyramid` is the network of the preset fast, `fast` the encoder-decoder that it had before); python/bench/step_peers.py has the same. */
export const SETTINGS = {
  seed: { bins: 200, batch: 32, patch: 32, grid: 16, steps: 3 },
  pyramid: { bins: 204, batch: 16, patch: 96, grid: 24, steps: 6, hints: true },
  fast: { bins: 204, batch: 16, patch: 144, grid: 36, steps: 4 },
};

const UNTIMED_STEPS = 3;

/** @typedef {{ seconds: number, cpu: number }} Time  Of one step: wall time, and processor time over all threads. */

/** The program's own step. */
async function ownStep(network, { bins, batch, patch, grid, hints = false }, data, precision = 'float32') {
  const { Session } = await import('../../out/main/core/graph/index.js');
  const { buildColorizer } = await import('../../out/main/core/networks/index.js');
  const colorizer = buildColorizer({
    architecture: network, bins, batch, patch, binColours: new Float32Array(2 * bins), encoding: 'hard', optimizer: { kind: 'adam' }, hints, precision,
  });
  const session = await Session.open(colorizer.graph, colorizer.signatures);
  session.run('initialize', { seed: [1, 2] });
  const places = [batch, grid, grid];
  const feeds = {
    lightness: { data: data.lightness, shape: [batch, patch, patch, 1] },
    target: { data: data.target, shape: places },
    weight: { data: new Float32Array(data.target.length).fill(1), shape: places },
    ...(hints && { hints: { data: new Float32Array(3 * data.lightness.length), shape: [batch, patch, patch, 3] } }),
  };
  let count = 0;
  return {
    gigaflop: convolutionWork(colorizer.graph),
    step: () => session.run('train', { ...feeds, rate: 1e-4, random: [1, count++] }).loss.data[0],
    close: () => session.close(),
  };
}

/** Multiplications and additions of a step's convolutions, in thousand millions; the rest of a step is little beside them. */
function convolutionWork(graph) {
  const product = (shape) => shape.reduce((a, b) => a * b, 1);
  const work = {
    Conv2D: ({ inputs: [, filter], output }) => product(filter.shape.slice(0, 3)) * product(output.shape),
    Conv2DBackpropInput: ({ inputs: [, filter, flow] }) => product(filter.shape.slice(0, 3)) * product(flow.shape),
    Conv2DBackpropFilter: ({ inputs: [, , flow], output }) => product(output.shape.slice(0, 3)) * product(flow.shape),
  };
  const nodes = graph.nodes.filter(({ name, operation }) => operation in work && name.startsWith('train/'));
  return nodes.reduce((sum, node) => sum + 2 * work[node.operation](node), 0) / 1e9;
}

/** The peer process: answers how long a number of its steps took. */
function pythonPeer(python) {
  const script = fileURLToPath(new URL('../../python/bench/step_peers.py', import.meta.url));
  // The same kernels as this program asks for, whatever the processor.
  const env = { TF_ENABLE_ONEDNN_OPTS: '1', ...process.env };
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** @returns {Promise<Time>} */
    async time(network, steps) {
      child.stdin.write(`${network} ${steps}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('python/bench/step_peers.py ended early; its error is above');
      const { seconds, cpu } = JSON.parse(value);
      return { seconds: seconds / steps, cpu: cpu / steps };
    },
    close: () => child.stdin.end(),
  };
}

/** @returns {Time} */
function timeSteps(step, steps) {
  const began = performance.now();
  const worked = process.cpuUsage();
  for (let i = 0; i < steps; i++) step();
  const { user, system } = process.cpuUsage(worked);
  return { seconds: (performance.now() - began) / 1e3 / steps, cpu: (user + system) / 1e6 / steps };
}

/** Thousand millions of operations a second of a large matrix product: what the machine can give. */
async function productLimit() {
  const { Graph, matrixProduct, mean, placeholder, Session } = await import('../../out/main/core/graph/index.js');
  const side = 2048;
  const graph = new Graph();
  const factor = placeholder(graph, 'factor', 'float32', [side, side]);
  const session = await Session.open(graph, { product: { inputs: { factor }, outputs: { mean: mean(matrixProduct(factor, factor)) } } });
  const data = new Float32Array(side * side).fill(0.5);
  const run = () => session.run('product', { factor: { data, shape: [side, side] } });
  run();
  const times = Array.from({ length: 5 }, () => timeSteps(run, 2).seconds);
  session.close();
  return (2 * side ** 3) / 1e9 / Math.min(...times);
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Median of each figure over the rounds. @param {Time[]} times @returns {Time} */
const typical = (times) => ({ seconds: median(times.map(({ seconds }) => seconds)), cpu: median(times.map(({ cpu }) => cpu)) });

/**
 * Times a network's step three ways, in turns, so that whatever else the machine does meets all of them.
 * @returns {Promise<{ own: Time, own16?: Time, python: Time, eager: Time, ratio: number, batch: number, gigaflop: number }>} own16: with convolutions in bfloat16, where the processor has it; ratio: median over the rounds of Python's time by ours
 */
export async function compareSteps(network, { rounds, peer }) {
  const { hasBfloat16 } = await import('../../out/main/core/processor.js');
  const setting = SETTINGS[network];
  const { bins, batch, patch, grid, steps } = setting;
  const data = {
    lightness: Float32Array.from({ length: batch * patch * patch }, (_, i) => 50 + 50 * Math.sin(i * i)),
    target: Int32Array.from({ length: batch * grid * grid }, (_, i) => (i * 7) % bins),
  };
  const own = await ownStep(network, setting, data);
  const own16 = hasBfloat16() ? await ownStep(network, setting, data, 'bfloat16') : undefined;
  const eager = eagerStep(network, setting, data);
  for (let i = 0; i < UNTIMED_STEPS; i++) [own, own16].forEach((one) => one?.step());
  eager.step();
  await peer.time(network, 1);
  const times = { own: [], own16: [], python: [], eager: [] };
  for (let round = 0; round < rounds; round++) {
    times.own.push(timeSteps(own.step, steps));
    if (own16) times.own16.push(timeSteps(own16.step, steps));
    times.python.push(await peer.time(network, steps));
    times.eager.push(timeSteps(eager.step, 1));
  }
  own.close();
  own16?.close();
  eager.close();
  const ratio = median(times.own.map(({ seconds }, i) => times.python[i].seconds / seconds));
  return { own: typical(times.own), ...(own16 && { own16: typical(times.own16) }), python: typical(times.python), eager: typical(times.eager), ratio, batch, gigaflop: own.gigaflop };
}

function print(network, { own, own16, python, eager, ratio, batch, gigaflop }, limit) {
  const line = (name, { seconds, cpu }, note) =>
    `${network.padEnd(8)}${name.padEnd(30)}${(batch / seconds).toFixed(1).padStart(7)} crops/s  ${(seconds * 1e3).toFixed(0).padStart(6)} ms a step, ${(cpu * 1e3).toFixed(0)} ms of processor time  ${note}`;
  console.log(line('this program', own, `${((100 * gigaflop) / own.seconds / limit).toFixed(0)} % of the matrix-product limit`));
  if (own16) console.log(line('the same in bfloat16', own16, `${(own.seconds / own16.seconds).toFixed(2)} times as fast as in float32`));
  console.log(line('Python TensorFlow, tf.function', python, `this program is ${ratio.toFixed(2)} times as fast (processor time: ${(python.cpu / own.cpu).toFixed(2)})`));
  console.log(line('TensorFlow.js, eager', eager, `this program is ${(eager.seconds / own.seconds).toFixed(2)} times as fast`));
}

async function main() {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '8' }, networks: { type: 'string', default: 'seed,pyramid' }, python: { type: 'string' } } });
  const peer = pythonPeer(values.python ?? (await ensureTestPython(cacheFolder())));
  const limit = await productLimit();
  console.log(`matrix-product limit of this machine: ${limit.toFixed(0)} GFLOP/s`);
  for (const network of values.networks.split(',')) print(network, await compareSteps(network, { rounds: Number(values.rounds), peer }), limit);
  peer.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
