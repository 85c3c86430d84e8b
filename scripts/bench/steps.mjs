/**
 * Training steps, photographs (crops) a second: this program's native graph beside Python TensorFlow's tf.function from the same
 * wheel and beside TensorFlow.js's eager way, in turns in one run; where the engine for GPUs is set up, with that one, too.
 * `node scripts/bench/steps.mjs [--rounds 8] [--networks seed,pyramid,fast] [--python PROGRAM]`. Build first (`npm run build`).
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../setup/cache.mjs';
import { ensureTestPython } from '../setup/python.mjs';
import { eagerStep } from './eager-steps.mjs';
import { ownStep, SETTINGS, stepData, timeSteps, UNTIMED_STEPS } from './own-step.mjs';

/** @typedef {import('./own-step.mjs').Time} Time */

/**
 * A process that steps beside this one: it reads `NETWORK STEPS` and answers how long these took.
 * @param {string} program
 * @param {string} script
 * @param {NodeJS.ProcessEnv} env
 */
function stepPeer(program, script, env) {
  const child = spawn(program, [fileURLToPath(new URL(script, import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** @returns {Promise<Time>} */
    async time(network, steps) {
      child.stdin.write(`${network} ${steps}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${script} ended early; its error is above`);
      const { seconds, cpu } = JSON.parse(value);
      return { seconds: seconds / steps, cpu: cpu / steps };
    },
    close: () => child.stdin.end(),
  };
}

/** Python TensorFlow, with the same kernels as this program asks for, whatever the processor. */
const pythonPeer = (python) => stepPeer(python, '../../python/bench/step_peers.py', { TF_ENABLE_ONEDNN_OPTS: '1', ...process.env });

/** This program with the engine for GPUs, where one is set up. */
async function gpuPeer() {
  const { gpuAddon } = await import('../../out/main/core/graph/index.js');
  return gpuAddon() === undefined ? undefined : stepPeer(process.execPath, 'own-steps.mjs', { ...process.env, CHROMABENCH_ENGINE: 'gpu' });
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
 * @returns {Promise<{ own: Time, own16?: Time, python: Time, eager: Time, gpu?: Time, ratio: number, batch: number, gigaflop: number }>} own16: with convolutions in bfloat16, where the processor has it; ratio: median over the rounds of Python's time by ours
 */
export async function compareSteps(network, { rounds, peer, gpu }) {
  const { hasBfloat16 } = await import('../../out/main/core/processor.js');
  const setting = SETTINGS[network];
  const { batch, steps } = setting;
  const data = stepData(setting);
  const own = await ownStep(network, setting, data);
  const own16 = hasBfloat16() ? await ownStep(network, setting, data, 'bfloat16') : undefined;
  const eager = eagerStep(network, setting, data);
  for (let i = 0; i < UNTIMED_STEPS; i++) [own, own16].forEach((one) => one?.step());
  eager.step();
  await peer.time(network, 1);
  await gpu?.time(network, 1);
  const times = { own: [], own16: [], python: [], eager: [], gpu: [] };
  for (let round = 0; round < rounds; round++) {
    times.own.push(timeSteps(own.step, steps));
    if (own16) times.own16.push(timeSteps(own16.step, steps));
    times.python.push(await peer.time(network, steps));
    times.eager.push(timeSteps(eager.step, 1));
    if (gpu) times.gpu.push(await gpu.time(network, steps));
  }
  own.close();
  own16?.close();
  eager.close();
  const ratio = median(times.own.map(({ seconds }, i) => times.python[i].seconds / seconds));
  return { own: typical(times.own), ...(own16 && { own16: typical(times.own16) }), python: typical(times.python), eager: typical(times.eager), gpu: gpu && typical(times.gpu), ratio, batch, gigaflop: own.gigaflop };
}

function print(network, { own, own16, python, eager, gpu, ratio, batch, gigaflop }, limit) {
  const line = (name, { seconds, cpu }, note) =>
    `${network.padEnd(8)}${name.padEnd(30)}${(batch / seconds).toFixed(1).padStart(7)} crops/s  ${(seconds * 1e3).toFixed(0).padStart(6)} ms a step, ${(cpu * 1e3).toFixed(0)} ms of processor time  ${note}`;
  console.log(line('this program', own, `${((100 * gigaflop) / own.seconds / limit).toFixed(0)} % of the matrix-product limit`));
  if (own16) console.log(line('the same in bfloat16', own16, `${(own.seconds / own16.seconds).toFixed(2)} times as fast as in float32`));
  console.log(line('Python TensorFlow, tf.function', python, `this program is ${ratio.toFixed(2)} times as fast (processor time: ${(python.cpu / own.cpu).toFixed(2)})`));
  console.log(line('TensorFlow.js, eager', eager, `this program is ${(eager.seconds / own.seconds).toFixed(2)} times as fast`));
  if (gpu) console.log(line('this program, engine for GPUs', gpu, `${(own.seconds / gpu.seconds).toFixed(2)} times as fast as with the engine for the processor`));
}

async function main() {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '8' }, networks: { type: 'string', default: 'seed,pyramid' }, python: { type: 'string' } } });
  // This process is the one with the processor's engine, whatever it was started with.
  process.env.CHROMABENCH_ENGINE = 'cpu';
  const peer = pythonPeer(values.python ?? (await ensureTestPython(cacheFolder())));
  const gpu = await gpuPeer();
  const limit = await productLimit();
  console.log(`matrix-product limit of this machine: ${limit.toFixed(0)} GFLOP/s`);
  for (const network of values.networks.split(',')) print(network, await compareSteps(network, { rounds: Number(values.rounds), peer, gpu }), limit);
  peer.close();
  gpu?.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
