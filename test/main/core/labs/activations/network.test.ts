import { afterAll, describe, expect, it } from 'vitest';
import { ACTIVATIONS_PRESETS } from '../../../../../src/shared/labs/activations/config.js';
import { ACTIVATION_KINDS, responseAt } from '../../../../../src/shared/labs/activations/functions.js';
import { gradients, Graph, leakyRelu, mean, multiply, placeholder, randomizedLeakyRelu, randomlySlopedRelu, Session, sum, type Tensor } from '../../../../../src/main/core/graph/index.js';
import { heldTensors } from '../../../../../src/main/core/graph/session.js';
import { Classifier, type NetworkOptions } from '../../../../../src/main/core/labs/activations/network.js';
import type { ImageSet } from '../../../../../src/main/core/labs/activations/image-set.js';
import { noise } from '../../graph/pattern.js';

const POST = ACTIVATIONS_PRESETS.post.config;
const OPTIONS: NetworkOptions = {
  network: { ...POST.network, hidden: [12, 6] }, activation: 'relu', normalization: 'without', decay: 0.999, epsilon: 1e-8, optimizer: POST.optimizer,
  height: 4, width: 4, channels: 1, classes: 3,
};

const SET: ImageSet = {
  count: 30, height: 4, width: 4, channels: 1,
  pixels: Uint8Array.from(noise(30 * 16, 3, 127, 128)), labels: Uint8Array.from({ length: 30 }, (_, k) => k % 3),
};
const ALL = Array.from({ length: 30 }, (_, k) => k);

async function withNetwork<T>(options: Partial<NetworkOptions>, work: (network: Classifier) => T): Promise<T> {
  const network = await Classifier.open({ ...OPTIONS, ...options });
  try {
    network.initialize(7);
    return work(network);
  } finally {
    network.close();
  }
}

describe('the network', () => {
  it('puts out what each activation makes of the same sums, in the form for use', async () => {
    const sums = await withNetwork({ activation: 'none' }, (network) => network.observe(SET, ALL)[0].values);
    expect(sums.some((v) => v < -0.1) && sums.some((v) => v > 0.1)).toBe(true);
    for (const activation of ACTIVATION_KINDS) {
      const outputs = await withNetwork({ activation }, (network) => network.observe(SET, ALL)[0].values);
      outputs.forEach((value, k) => expect(Math.abs(value - responseAt(activation, sums[k]).value), activation).toBeLessThan(2e-6));
    }
  });

  it('learns, with every activation, with normalization and without, dense and convolutional', async () => {
    const kinds = ['dense', 'convolutional'] as const;
    for (const [k, activation] of ACTIVATION_KINDS.entries()) {
      const options = { activation, normalization: k % 2 ? 'with' as const : 'without' as const, network: { ...OPTIONS.network, kind: kinds[k % 3 === 0 ? 1 : 0], filters: [4], units: 8 } };
      const [first, last] = await withNetwork(options, (network) => {
        const losses = Array.from({ length: 60 }, (_, step) => network.train(SET, ALL, 0.01, 1, step).loss);
        return [losses[0], losses[59]];
      });
      expect(last, activation).toBeLessThan(0.8 * first);
    }
  });

  it('learns the slopes of PReLU, one a layer or one a channel', async () => {
    for (const activation of ['prelu', 'prelu-channel'] as const) {
      await withNetwork({ activation }, (network) => {
        expect(network.slopes()).toEqual([0.25, 0.25]);
        for (let step = 0; step < 20; step++) network.train(SET, ALL, 0.01, 1, step);
        network.slopes().forEach((slope) => expect(Math.abs(slope - 0.25)).toBeGreaterThan(1e-3));
      });
    }
  });

  it('gives a picture the same answer in a batch of any size, normalized or not', async () => {
    await withNetwork({ normalization: 'with' }, (network) => {
      for (let step = 0; step < 30; step++) network.train(SET, ALL, 0.01, 1, step);
      const whole = network.observe(SET, ALL)[1];
      ALL.forEach((k) => {
        const alone = network.observe(SET, [k])[1].values;
        alone.forEach((value, unit) => expect(Math.abs(value - whole.values[k * whole.units + unit])).toBeLessThan(1e-5));
      });
      const { loss } = network.evaluate(SET, ALL);
      const single = ALL.reduce((total, k) => total + network.evaluate(SET, [k]).loss, 0);
      expect(Math.abs(single / loss - 1)).toBeLessThan(1e-4);
    });
  });

  it('has sound running averages after a few steps: on the batch it learnt from, use answers as training does', async () => {
    await withNetwork({ normalization: 'with' }, (network) => {
      let trained = { loss: 0, correct: 0 };
      // Without a rate nothing moves but the averages.
      for (let step = 0; step < 5; step++) trained = network.train(SET, ALL, 0, 1, step);
      const used = network.evaluate(SET, ALL).loss / SET.count;
      // The running variance is the unbiased one: 30/29 of the batch's.
      expect(Math.abs(used / trained.loss - 1)).toBeLessThan(0.05);
    });
  });

  it('draws at random in training and not in use', async () => {
    await withNetwork({ activation: 'rrelu' }, (network) => {
      const losses = [0, 1, 2].map((seed) => network.train(SET, ALL, 0, seed, 0).loss);
      expect(new Set(losses).size).toBe(3);
      expect(network.train(SET, ALL, 0, 1, 0).loss).toBe(losses[1]);
      const used = [0, 1].map(() => network.evaluate(SET, ALL).loss);
      expect(used[0]).toBe(used[1]);
    });
  });
});

describe('the random rectifiers', () => {
  /** Values at -1 of many elements, and the mean gradient there. */
  async function drawn(build: (x: Tensor, seed: Tensor) => Tensor): Promise<{ values: Float32Array; slope: number }> {
    const graph = new Graph();
    const x = placeholder(graph, 'x', 'float32', [100_000]);
    const seed = placeholder(graph, 'seed', 'int32', [2]);
    const y = build(x, seed);
    const [gradient] = gradients(sum(multiply(y, y)), [x]);
    const session = await Session.open(graph, { run: { inputs: { x, seed }, outputs: { y, gradient: mean(gradient) } } });
    try {
      const { y: values, gradient: slope } = session.run('run', { x: { data: new Float32Array(100_000).fill(-1), shape: [100_000] }, seed: [3, 4] });
      return { values: values.data as Float32Array, slope: (slope.data as Float32Array)[0] };
    } finally {
      session.close();
    }
  }

  it('draw a from U(3, 8) for each element: 1/a lies between 1/8 and 1/3 and is 0.1962 on average', async () => {
    const { values, slope } = await drawn((x, seed) => randomizedLeakyRelu(x, 3, 8, seed, 'test'));
    const slopes = values.map((v) => -v);
    expect(Math.min(...slopes.slice(0, 5000))).toBeGreaterThanOrEqual(1 / 8);
    expect(Math.max(...slopes.slice(0, 5000))).toBeLessThanOrEqual(1 / 3 + 1e-6);
    expect(new Set(slopes.slice(0, 1000)).size).toBeGreaterThan(990);
    expect(Math.abs(slopes.reduce((a, b) => a + b, 0) / slopes.length - 0.19617)).toBeLessThan(1e-3);
    // d(y²)/dx = 2·y·slope = -2·slope² at x = -1; the mean of 1/a² over U(3, 8) is 1/24.
    expect(Math.abs(slope + 2 / 24)).toBeLessThan(1e-3);
  });

  it('or the slope itself from U(1/8, 1/3): 0.2292 on average', async () => {
    const { values } = await drawn((x, seed) => randomlySlopedRelu(x, 1 / 8, 1 / 3, seed, 'test'));
    expect(Math.abs(values.reduce((a, b) => a - b, 0) / values.length - 11 / 48)).toBeLessThan(1e-3);
    const { values: fixed } = await drawn((x) => leakyRelu(x, 0.5));
    expect(fixed[0]).toBe(-0.5);
  });
});

afterAll(() => {
  expect(heldTensors()).toBe(0);
});
