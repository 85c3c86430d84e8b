import { afterAll, describe, expect, it } from 'vitest';
import { penaltyStrengths, penaltyOf, type PenaltyKind } from '../../../../../src/shared/labs/regularization/penalties.js';
import { startingLayers } from '../../../../../src/shared/labs/regularization/start.js';
import type { Layer } from '../../../../../src/shared/labs/regularization/weights.js';
import { answersOf } from '../../../../../src/shared/labs/regularization/weights.js';
import { Random } from '../../../../../src/shared/random.js';
import { heldTensors } from '../../../../../src/main/core/graph/session.js';
import { Population, type PopulationOptions } from '../../../../../src/main/core/labs/regularization/population.js';
import fixtures from '../../../../fixtures/labs/linear.json' with { type: 'json' };
import { noise } from '../../graph/pattern.js';

const SGD = { optimizer: { kind: 'sgd' }, activation: 'none' } as const;

async function withPopulation<T>(options: PopulationOptions, work: (population: Population) => T): Promise<T> {
  const population = await Population.open(options);
  try {
    return work(population);
  } finally {
    population.close();
  }
}

/** The same values for each of so many members. */
function repeated(values: Float32Array, members: number): Float32Array {
  const all = new Float32Array(values.length * members);
  for (let r = 0; r < members; r++) all.set(values, r * values.length);
  return all;
}

describe('a linear model under a penalty', () => {
  const { points, features, lambda, mix } = fixtures;
  const KINDS = { l2: 'l2', l1: 'l1-proximal', elastic: 'elastic-proximal' } as const satisfies Record<string, PenaltyKind>;

  it('comes to the weights of scikit-learn: ridge by gradient, lasso and elastic net by proximal steps', async () => {
    const x = noise(points * features, 1);
    const spread = noise(points, 2, 0.3);
    const truth = [2, -1, 0, 0.5, 0, 0.03];
    const y = Float32Array.from(spread, (v, i) => v + truth.reduce((sum, w, k) => sum + w * x[i * features + k], 0));
    const names = Object.keys(KINDS) as (keyof typeof KINDS)[];
    const members = names.map((name) => ({ loss: 'squared' as const, strengths: penaltyStrengths(KINDS[name], lambda, mix) }));
    await withPopulation({ ...SGD, members, sizes: [features, 1] }, (population) => {
      population.start(names.map(() => startingLayers([features, 1], () => new Random(1))));
      const batch = { count: points, x: repeated(x, 3), y: repeated(y, 3) };
      for (let step = 0; step < 3000; step++) population.step(batch, 0.01);
      population.layers().forEach(([layer], r) => {
        const { weights, bias } = fixtures[names[r]];
        weights.forEach((expected, k) => expect(Math.abs(layer.weights[k] - expected), `${names[r]} ${k}`).toBeLessThan(2e-5));
        expect(Math.abs(layer.bias[0] - bias)).toBeLessThan(2e-5);
        // What the lasso sets to zero is zero here to the last bit.
        expect(Array.from(layer.weights, (w) => w === 0)).toEqual(weights.map((w) => w === 0));
      });
    });
  });

  it('has zeros in the figures, or they would prove nothing', () => {
    expect(fixtures.l1.weights.filter((w) => w === 0).length).toBeGreaterThan(0);
    expect(fixtures.l2.weights.every((w) => w !== 0)).toBe(true);
  });
});

describe('one step of every penalty', () => {
  const kinds = ['none', 'l1', 'l2', 'elastic', 'l1-proximal', 'elastic-proximal'] as const;
  const sizes = [1, 3, 2, 1];
  const rate = 0.01;
  const members = kinds.map((kind) => ({ loss: 'absolute' as const, strengths: penaltyStrengths(kind, 0.3, 0.4) }));
  const start = startingLayers(sizes, (layer) => new Random(5, layer));
  const [x, y] = [Float32Array.of(0.7, -1.2), Float32Array.of(3, -2)];

  function lossOf(layers: readonly Layer[]): number {
    return answersOf(layers, 'none', x).reduce((sum, v, k) => sum + Math.abs(v - y[k]), 0);
  }

  /** Slope of loss and gradient penalty along one weight, by finite differences. */
  function slope(member: number, layer: number, at: number): number {
    const costAt = (distance: number) => {
      const moved = start.map((one, k) => (k === layer ? { ...one, weights: one.weights.map((w, i) => (i === at ? w + distance : w)) } : one));
      const { gradient } = members[member].strengths;
      return lossOf(moved) + penaltyOf(moved.flatMap(({ weights }) => [...weights]), { gradient, proximal: { l1: 0, l2: 0 } });
    };
    const h = 1e-3;
    return (costAt(h) - costAt(-h)) / (2 * h);
  }

  it('goes down the slope that finite differences give, then to the proximal point', async () => {
    const step = await withPopulation({ ...SGD, members, sizes }, (population) => {
      population.start(kinds.map(() => start));
      const told = population.step({ count: 2, x: repeated(x, kinds.length), y: repeated(y, kinds.length) }, rate);
      return { told, layers: population.layers() };
    });
    kinds.forEach((kind, r) => {
      const { proximal } = members[r].strengths;
      expect(step.told.loss[r]).toBeCloseTo(lossOf(start), 4);
      start.forEach(({ weights }, layer) =>
        weights.forEach((w, at) => {
          const moved = w - rate * slope(r, layer, at);
          // Written out anew: soft threshold, then shrinkage.
          const soft = Math.abs(moved) <= rate * proximal.l1 ? 0 : moved - Math.sign(moved) * rate * proximal.l1;
          expect(Math.abs(step.layers[r][layer].weights[at] - soft / (1 + rate * proximal.l2)), `${kind} ${layer} ${at}`).toBeLessThan(5e-5);
        }),
      );
    });
  });

  it('trains each member as if it were alone, and none is hurt by one that diverges', async () => {
    const wild = [{ loss: 'squared' as const, strengths: penaltyStrengths('none', 0, 0) }, members[0]];
    const steps = async (some: PopulationOptions['members'], inputs: readonly number[]) =>
      withPopulation({ ...SGD, members: some, sizes }, (population) => {
        population.start(some.map(() => start));
        const all = Float32Array.from(some.flatMap((_, r) => [inputs[r], inputs[r]]));
        let losses: Float32Array = new Float32Array(0);
        for (let k = 0; k < 60; k++) losses = population.step({ count: 2, x: all, y: repeated(y, some.length) }, rate).loss;
        return { losses, layers: population.layers() };
      });
    const together = await steps(wild, [1e6, 0.7]);
    const alone = await steps([members[0]], [0.7]);
    expect(together.losses[0]).toBeNaN();
    expect(together.losses[1]).toBeCloseTo(alone.losses[0], 5);
    alone.layers[0].forEach(({ weights }, k) => weights.forEach((w, i) => expect(together.layers[1][k].weights[i]).toBeCloseTo(w, 5)));
  });

  afterAll(() => {
    expect(heldTensors()).toBe(0);
  });
});
