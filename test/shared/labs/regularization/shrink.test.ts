import { describe, expect, it } from 'vitest';
import { largestDifference, shrinking, shrunken } from '../../../../src/shared/labs/regularization/shrink.js';
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
