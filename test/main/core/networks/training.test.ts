import { afterAll, describe, expect, it } from 'vitest';
import {
  assign, doneAfter, placeholder, Session, type Feed, type Fetched, type Graph, type Optimizer, type Penalty, type Signature,
} from '../../../../src/main/core/graph/index.js';
import { heldTensors } from '../../../../src/main/core/graph/session.js';
import { buildColorizer, type ArchitectureName, type ColorizerGraph } from '../../../../src/main/core/networks/index.js';
import fixtures from '../../../fixtures/graph/training.json' with { type: 'json' };
import { elements, namePhase, noise, pattern } from '../graph/pattern.js';

type Scenario = (typeof fixtures.scenarios)[number];
const { batch, rate, strength, mix, decay, momentum, epsilon } = fixtures.settings;

const OPTIMIZERS: Record<string, Optimizer> = {
  sgd: { kind: 'sgd' },
  momentum: { kind: 'momentum', momentum },
  adam: { kind: 'adam', epsilon },
  adamw: { kind: 'adamw', epsilon, weightDecay: decay },
};

function penaltyOf(kind: string | undefined): Penalty {
  if (kind === 'elastic') return { kind, strength, mix };
  return kind === 'l1' || kind === 'l2' ? { kind, strength } : { kind: 'none' };
}

function build(scenario: Scenario): ColorizerGraph {
  const { network, bins, width, patch, optimizer } = scenario;
  return buildColorizer({
    architecture: network as ArchitectureName,
    hints: 'hints' in scenario,
    bins,
    binColours: pattern(2 * bins, 3, 50),
    encoding: 'soft' in scenario ? 'soft' : 'hard',
    patch,
    width,
    optimizer: OPTIMIZERS[optimizer],
    penalty: penaltyOf('penalty' in scenario ? scenario.penalty : undefined),
  });
}

/** A signature that sets variables to fed values. */
function setting(graph: Graph): Signature {
  return graph.scope('set', () => {
    const weights = graph.variables.trainable.filter(({ name }) => name.endsWith('/weights'));
    const inputs = Object.fromEntries(weights.map(({ name, shape }) => [name, placeholder(graph, name, 'float32', shape)]));
    const assignments = weights.map(({ name, handle }) => assign(handle, inputs[name]));
    return { inputs, outputs: { done: doneAfter(graph, assignments) } };
  });
}

/** The starting weights of python/fixtures/pattern.py: noise at Glorot's scale. */
function startingWeights(graph: Graph) {
  const weights = graph.variables.trainable.filter(({ name }) => name.endsWith('/weights'));
  return Object.fromEntries(weights.map(({ name, shape }) => {
    const [fanIn, fanOut] = shape.slice(-2);
    const limit = Math.sqrt(6 / (elements(shape.slice(0, -2)) * (fanIn + fanOut)));
    return [name, { data: noise(elements(shape), namePhase(name), limit), shape }];
  }));
}

function dataOf(scenario: Scenario, step: number) {
  const { patch, grid, bins } = scenario;
  const places = [batch, grid, grid];
  const count = elements(places);
  const soft = 'soft' in scenario;
  return {
    lightness: { data: noise(batch * patch * patch, step, 45, 50), shape: [batch, patch, patch, 1] },
    ...('hints' in scenario && { hints: { data: noise(batch * patch * patch * 3, step + 0.125, 40), shape: [batch, patch, patch, 3] } }),
    weight: { data: pattern(count, step + 0.5, 0.5, 1), shape: places },
    target: soft
      ? { data: softmaxRows(pattern(count * bins, step + 0.25, 2), bins), shape: [...places, bins] }
      : { data: Int32Array.from({ length: count }, (_, i) => (i * 7 + step) % bins), shape: places },
  };
}

function softmaxRows(values: Float32Array, columns: number): Float32Array {
  const powers = values.map(Math.exp);
  return powers.map((value, i) => {
    const row = Math.floor(i / columns) * columns;
    return value / powers.subarray(row, row + columns).reduce((a, b) => a + b);
  });
}

/** Sum of absolute values, and product with a pattern, of a variable. */
function checksums(name: string, { data }: Fetched): [number, number] {
  const values = data as Float32Array;
  const weights = pattern(values.length, namePhase(name) + 1);
  return [values.reduce((a, b) => a + Math.abs(b), 0), values.reduce((a, b, i) => a + b * weights[i], 0)];
}

const scalarOf = (fetched: Fetched): number => (fetched.data as Float32Array)[0];

describe('three training steps equal Python TensorFlow', () => {
  for (const scenario of fixtures.scenarios) {
    it(scenario.name, async () => {
      const colorizer = build(scenario);
      const session = await Session.open(colorizer.graph, { set: setting(colorizer.graph), ...colorizer.signatures });
      try {
        session.run('initialize', { seed: [1, 2] });
        session.run('set', startingWeights(colorizer.graph));
        scenario.losses.forEach((expected, step) => {
          const { loss, step: steps } = session.run('train', { ...dataOf(scenario, step), rate, random: [1, step] });
          expect(Math.abs(scalarOf(loss) / expected - 1)).toBeLessThan(1e-4);
          expect(steps.data[0]).toBe(step + 1);
        });
        for (const [name, [size, along]] of Object.entries(scenario.variables) as [string, number[]][]) {
          const [foundSize, foundAlong] = checksums(name, session.readVariables([name]).get(name) as Fetched);
          const tolerance = 1e-4 * Math.max(size, 0.1);
          expect(Math.abs(foundSize - size), name).toBeLessThan(tolerance);
          expect(Math.abs(foundAlong - along), name).toBeLessThan(tolerance);
        }
        const { lightness, hints } = dataOf(scenario, 0);
        const seen: Record<string, Feed> = hints === undefined ? { lightness } : { lightness, hints };
        const { ab } = session.run('decode', { ...seen, temperature: 0.38 });
        expect(ab.shape).toEqual([batch, scenario.grid, scenario.grid, 2]);
        scenario.ab.forEach((expected, i) => expect(Math.abs((ab.data as Float32Array)[i] - expected)).toBeLessThan(0.01));
      } finally {
        session.close();
      }
    });
  }

  afterAll(() => {
    expect(heldTensors()).toBe(0);
  });
});
