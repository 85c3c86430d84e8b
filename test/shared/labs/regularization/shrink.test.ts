import { describe, expect, it } from 'vitest';
import { largestDifference, shrinking, shrunken } from '../../../../src/shared/labs/regularization/shrink.js';
import { shrinkPlan } from '../../../../src/shared/labs/regularization/shrink-plan.js';
import { startingLayers } from '../../../../src/shared/labs/regularization/start.js';
import { answersOf, areFinite, sizesOf, sparsityOf, type Activation, type Layer } from '../../../../src/shared/labs/regularization/weights.js';
import { Random } from '../../../../src/shared/random.js';

const POINTS = Array.from({ length: 41 }, (_, k) => -4 + k / 5);

/** A network 1-4-3-4-1 with a constant neuron (1, 0), one that passes nothing on (1, 2), and one that only dead ones feed (2, 1). */
function holed(): Layer[] {
  const layers = startingLayers([1, 4, 3, 4, 1], (k) => new Random(3, k)).map((layer, k) => ({
    ...layer, bias: Float32Array.from(layer.bias, (_, i) => 0.3 * (i + 1) - 0.2 * k),
  }));
  zero(layers[0], (_, o) => o === 0);
  zero(layers[1], (i) => i === 2);
  zero(layers[1], (i, o) => o === 1 && i !== 0 && i !== 2);
  return layers;
}

function zero({ inputs, outputs, weights }: Layer, chosen: (input: number, output: number) => boolean): void {
  for (let i = 0; i < inputs; i++) for (let o = 0; o < outputs; o++) if (chosen(i, o)) weights[i * outputs + o] = 0;
}

describe('a network without its dead neurons', () => {
  for (const activation of ['none', 'relu', 'tanh'] as const satisfies Activation[]) {
    it(`gives the same answers (${activation})`, () => {
      const before = holed();
      const after = shrunken(before, activation, 0);
      expect(sizesOf(after)).toEqual([1, 2, 2, 4, 1]);
      const wanted = answersOf(before, activation, POINTS);
      answersOf(after, activation, POINTS).forEach((y, k) => expect(Math.abs(y - wanted[k])).toBeLessThan(1e-6));
    });
  }

  it('says which neurons went and why, by their places in the full network', () => {
    const { removed, layers } = shrinking(holed(), 'none', 0);
    expect(removed.sort((x, y) => x.layer - y.layer || x.neuron - y.neuron)).toEqual([
      { layer: 0, neuron: 0, why: 'constant' }, { layer: 0, neuron: 2, why: 'unread' }, { layer: 1, neuron: 1, why: 'constant' },
    ]);
    expect(largestDifference(holed(), layers, 'none', POINTS)).toBeLessThan(1e-6);
    expect(largestDifference(holed(), startingLayers([1, 1], () => new Random(1)), 'none', [0])).toBeCloseTo(Math.abs(answersOf(holed(), 'none', [0])[0]), 12);
  });

  it('leaves what it was given as it was', () => {
    const before = holed();
    shrunken(before, 'none', 0);
    expect(before).toEqual(holed());
  });

  it('keeps a neuron in each layer even where all are dead, and still gives the same', () => {
    const before = startingLayers([1, 3, 3, 1], (k) => new Random(4, k));
    zero(before[1], () => true);
    before[2].bias[0] = 0.7;
    const after = shrunken(before, 'none', 0);
    expect(sizesOf(after)).toEqual([1, 1, 1, 1]);
    expect([...answersOf(after, 'none', [1, 2])]).toEqual([...answersOf(before, 'none', [1, 2])]);
  });

  it('takes small weights for zero only up to the threshold', () => {
    const layers = startingLayers([1, 3, 1], (k) => new Random(6, k));
    layers[1].weights.set([0.004, 0.5, 0.5]);
    layers[0].weights.set([0.5, 0.5, 0.5]);
    expect(sizesOf(shrunken(layers, 'none', 0))).toEqual([1, 3, 1]);
    expect(sizesOf(shrunken(layers, 'none', 0.005))).toEqual([1, 2, 1]);
  });

  it('never takes out what is not a number', () => {
    const layers = startingLayers([1, 3, 1], (k) => new Random(6, k));
    layers.forEach(({ weights }) => weights.fill(NaN));
    expect(sizesOf(shrunken(layers, 'none', 0.005))).toEqual([1, 3, 1]);
    expect(sparsityOf(layers, 0.005)).toMatchObject({ zeroWeights: 0, deadNeurons: 0 });
    expect([areFinite(layers), areFinite(holed())]).toEqual([false, true]);
  });

  it('counts zeros and dead neurons', () => {
    expect(sparsityOf(holed(), 0)).toEqual({ weights: 4 + 12 + 12 + 4, zeroWeights: 1 + 3 + 2, exactZeros: 6, neurons: 11, deadNeurons: 2 });
  });
});

describe('the plan of a shrinking', () => {
  /** A number that float32 holds exactly. */
  const SMALL = 2 ** -10;
  const points = { x: [-1, 0, 2], y: [0, 0, 0], outliers: [], training: [0], test: [1, 2], scaling: { x: { mean: 0, spread: 1 }, y: { mean: 0, spread: 3 } } };

  it('counts what can go and why, and says how far the answers differ in the units of the points', () => {
    const { statements, small, full, difference } = shrinkPlan(holed(), 'none', 0, points);
    expect([full.parameters, small.sizes, small.parameters]).toEqual([8 + 15 + 16 + 5, [1, 2, 2, 4, 1], 4 + 6 + 12 + 5]);
    expect(statements[0]).toBe('3 neurons of 11 can go, where a weight of exactly zero counts as zero: nothing reads 1 of them; ' +
      'nothing comes into 2 of them, so that they are constant, and their value is folded into the next bias.');
    expect(statements[1]).toMatch(/^From 1-4-3-4-1 to 1-2-2-4-1: 27 numbers to learn instead of 44\. .* which is rounding\.$/);
    expect(difference).toBeLessThan(1e-5);
  });

  it('counts small weights up to the threshold, and then tells a difference that is no rounding', () => {
    const layers = holed();
    layers[0].weights[0] = SMALL;
    expect(shrinkPlan(layers, 'none', 0, points).removed).toHaveLength(1);
    const { removed, difference, statements } = shrinkPlan(layers, 'none', SMALL, points);
    expect(removed).toHaveLength(3);
    // What is lost is the neuron's part, SMALL x, as the layers after it pass it on: at most at x = 2, three times in the units of y.
    const [, second, third, last] = layers;
    const passed = Array.from({ length: 4 }, (_, o) => Array.from({ length: 3 }, (_, i) => second.weights[i] * third.weights[i * 4 + o]).reduce((sum, v) => sum + v, 0));
    expect(difference).toBeCloseTo(3 * Math.abs(SMALL * 2 * passed.reduce((sum, v, o) => sum + v * last.weights[o], 0)), 6);
    expect(statements[1]).not.toContain('rounding');
  });

  it('says what to do where nothing can go', () => {
    expect(shrinkPlan(startingLayers([1, 3, 1], (k) => new Random(6, k)), 'relu', 0, points).statements).toEqual([expect.stringMatching(/^No neuron is dead: .* Take a network of an L1 penalty/)]);
  });
});
