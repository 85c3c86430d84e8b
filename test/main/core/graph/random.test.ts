import { describe, expect, it } from 'vitest';
import {
  constant, constantValue, dropout, fans, glorotNormal, glorotUniform, Graph, heNormal, leakyRelu, placeholder, random,
  randomizedLeakyRelu, Session, truncatedNormal, type Initializer, type Tensor,
} from '../../../../src/main/core/graph/index.js';

/** Runs what a builder makes of a seed. */
async function draw(build: (graph: Graph, seed: Tensor) => Tensor, ...seeds: [number, number][]): Promise<Float32Array[]> {
  const graph = new Graph();
  const seed = placeholder(graph, 'seed', 'int32', [2]);
  const session = await Session.open(graph, { draw: { inputs: { seed }, outputs: { values: build(graph, seed) } } });
  const results = seeds.map((value) => session.run('draw', { seed: value }).values.data as Float32Array);
  session.close();
  return results;
}

function statistics(values: Float32Array) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
  return { mean, deviation, largest: values.reduce((a, b) => Math.max(a, Math.abs(b)), 0) };
}

/** A filter of 50 x 100 channels: fanIn 450, fanOut 900. */
const SHAPE = [3, 3, 50, 100];

describe('random values', () => {
  it('depend on the seed and the use and on nothing else', async () => {
    const values = (use: string) => draw((_, seed) => random('uniform', [100], seed, use), [1, 2], [1, 2], [1, 3]);
    const [a, again, other] = await values('conv1/weights');
    const [b] = await values('conv2/weights');
    expect(again).toEqual(a);
    expect(other).not.toEqual(a);
    expect(b).not.toEqual(a);
  });

  it.each<[string, Initializer, number, number]>([
    ['Glorot uniform', glorotUniform, Math.sqrt(2 / 1350), Math.sqrt(6 / 1350)],
    ['Glorot normal', glorotNormal, Math.sqrt(2 / 1350), (2 * Math.sqrt(2 / 1350)) / 0.87962566],
    ['He normal', heNormal, Math.sqrt(2 / 450), (2 * Math.sqrt(2 / 450)) / 0.87962566],
    ['truncated normal', truncatedNormal(0.1), 0.087962566, 0.2],
    ['constant', constantValue(0.25), 0, 0.25],
  ])('start variables as %s says', async (_, initializer, deviation, limit) => {
    const [values] = await draw((graph, seed) => initializer({ graph, shape: SHAPE, dtype: 'float32', seed, use: 'w' }), [3, 4]);
    const found = statistics(values);
    expect(values).toHaveLength(45_000);
    expect(found.deviation).toBeCloseTo(deviation, 3);
    expect(found.largest).toBeLessThanOrEqual(limit * 1.000001);
    expect(found.largest).toBeGreaterThan(limit * 0.99);
  });

  it('counts fans of filters and matrices', () => {
    expect(fans({ shape: SHAPE })).toEqual({ fanIn: 450, fanOut: 900 });
    expect(fans({ shape: SHAPE, transposed: true })).toEqual({ fanIn: 900, fanOut: 450 });
    expect(fans({ shape: [784, 10] })).toEqual({ fanIn: 784, fanOut: 10 });
  });

  it('drop a share and scale the rest', async () => {
    const ones = new Float32Array(20_000).fill(1);
    const [values, other] = await draw((graph, seed) => dropout(constant(graph, ones, [20_000]), 0.25, seed, 'dropout'), [1, 1], [1, 2]);
    const kept = values.filter((value) => value !== 0);
    expect(kept.every((value) => Math.abs(value - 4 / 3) < 1e-6)).toBe(true);
    expect(kept.length / values.length).toBeCloseTo(0.75, 1);
    expect(other).not.toEqual(values);
  });

  it('give the randomized leaky ReLU a slope 1/a for each element, a in U(3, 8)', async () => {
    const inputs = Float32Array.from({ length: 40_000 }, (_, i) => (i % 2 ? 2 : -1));
    const [values] = await draw((graph, seed) => randomizedLeakyRelu(constant(graph, inputs, [40_000]), 3, 8, seed, 'rrelu'), [5, 6]);
    const slopes = values.filter((_, i) => i % 2 === 0).map((value) => -value);
    expect(values.filter((_, i) => i % 2 === 1).every((value) => value === 2)).toBe(true);
    expect(Math.min(...slopes)).toBeGreaterThanOrEqual(1 / 8);
    expect(Math.max(...slopes)).toBeLessThanOrEqual(1 / 3 + 1e-6);
    expect(statistics(slopes).mean).toBeCloseTo(Math.log(8 / 3) / 5, 2);
    expect(new Set(slopes).size).toBeGreaterThan(15_000);
  });

  it('are not drawn in use: the slope is 2 / (low + high)', async () => {
    const [values] = await draw((graph) => leakyRelu(constant(graph, Float32Array.of(-11, 3), [2]), 2 / (3 + 8)), [0, 0]);
    expect([...values]).toEqual([-2, 3]);
  });
});
