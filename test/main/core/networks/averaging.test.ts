/** Moving averages of the weights: against the recurrence itself, carried out here on the weights that the session tells after every step. */
import { afterAll, describe, expect, it } from 'vitest';
import { assign, doneAfter, placeholder, Session, type Fetched, type Graph, type Signature } from '../../../../src/main/core/graph/index.js';
import { heldTensors } from '../../../../src/main/core/graph/session.js';
import { buildColorizer, buildSharedColorizer, type ColorizerOptions } from '../../../../src/main/core/networks/index.js';
import { elements, noise, pattern } from '../graph/pattern.js';

const [batch, patch, bins, memory, rate] = [2, 32, 5, 0.5, 0.05];
const options: ColorizerOptions = {
  architecture: 'pyramid', width: 0.1, bins, binColours: pattern(2 * bins, 3, 50), encoding: 'hard', patch, batch, optimizer: { kind: 'sgd' }, averaging: memory,
};

function lesson(step: number, grid: number) {
  const places = [batch, grid, grid];
  return {
    lightness: { data: noise(batch * patch * patch, step, 45, 50), shape: [batch, patch, patch, 1] },
    weight: { data: pattern(elements(places), step + 0.5, 0.5, 1), shape: places },
    target: { data: Int32Array.from({ length: elements(places) }, (_, i) => (i * 7 + step) % bins), shape: places },
    random: [1, step],
  };
}

/** A signature that sets every variable that a network in use reads. */
function setting(graph: Graph): Signature {
  return graph.scope('set', () => {
    const used = graph.variables.all.filter(({ dtype }) => dtype === 'float32');
    const inputs = Object.fromEntries(used.map(({ name, shape }) => [name, placeholder(graph, name, 'float32', shape)]));
    return { inputs, outputs: { done: doneAfter(graph, used.map(({ name, handle }) => assign(handle, inputs[name]))) } };
  });
}

const values = ({ data }: Fetched) => data as Float32Array;

/** The largest difference between averages that the session tells and those of the recurrence. */
function worst(told: ReadonlyMap<string, Fetched>, averages: ReadonlyMap<string, Float64Array>): number {
  return Math.max(...[...averages].flatMap(([name, average]) => [...values(told.get(`average/${name}`) as Fetched)].map((value, i) => Math.abs(value - average[i]))));
}

/** average += (1 - kept) · (variable - average), kept = min(memory, (1 + step) / (10 + step)). */
function follow(averages: Map<string, Float64Array>, told: ReadonlyMap<string, Fetched>, step: number): void {
  const kept = Math.min(memory, (1 + step) / (10 + step));
  for (const [name, average] of averages) values(told.get(name) as Fetched).forEach((value, i) => (average[i] += (1 - kept) * (value - average[i])));
}

describe('averaging', () => {
  it('begins with the weights, follows the recurrence, and is what the network is used with', async () => {
    const colorizer = buildColorizer(options);
    const plain = buildColorizer({ ...options, averaging: 0 });
    const names = colorizer.graph.variables.averaged.map(({ variable }) => variable.name);
    const session = await Session.open(colorizer.graph, colorizer.signatures);
    const other = await Session.open(plain.graph, { set: setting(plain.graph), ...plain.signatures });
    try {
      session.run('initialize', { seed: [1, 2] });
      const averages = new Map(names.map((name) => [name, Float64Array.from(values(session.readVariables([name]).get(name) as Fetched))]));
      expect(names).toEqual(plain.graph.variables.all.filter(({ name }) => name !== 'global_step').map(({ name }) => name));
      expect(worst(session.readVariables(), averages)).toBe(0);
      for (let step = 1; step <= 12; step++) {
        session.run('train', { ...lesson(step, colorizer.gridSize(patch)), rate });
        follow(averages, session.readVariables(), step);
      }
      expect(worst(session.readVariables(), averages)).toBeLessThan(1e-5);
      const { lightness } = lesson(99, colorizer.gridSize(patch));
      const seen = () => values(session.run('predict', { lightness }).logits);
      other.run('set', Object.fromEntries(names.map((name) => [name, { data: values(session.readVariables([`average/${name}`]).get(`average/${name}`) as Fetched), shape: plain.graph.variables.named(name).shape }])));
      const [own, expected] = [seen(), values(other.run('predict', { lightness }).logits)];
      expect(Math.max(...own.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(1e-5);
      other.run('set', Object.fromEntries(names.map((name) => [name, { data: values(session.readVariables([name]).get(name) as Fetched), shape: plain.graph.variables.named(name).shape }])));
      const raw = values(other.run('predict', { lightness }).logits);
      expect(Math.max(...own.map((value, i) => Math.abs(value - raw[i])))).toBeGreaterThan(1e-2);
    } finally {
      session.close();
      other.close();
    }
  });

  it('is the same where a step is taken in halves, as several workers do', async () => {
    const [whole, shared] = [buildColorizer(options), buildSharedColorizer(options)];
    const [one, halved] = [await Session.open(whole.graph, whole.signatures), await Session.open(shared.graph, shared.signatures)];
    try {
      for (const session of [one, halved]) session.run('initialize', { seed: [3, 4] });
      for (let step = 1; step <= 4; step++) {
        const feeds = lesson(step, whole.gridSize(patch));
        one.run('train', { ...feeds, rate });
        const told = halved.run('differentiate', feeds);
        const given = Object.fromEntries(Object.entries(told).filter(([name]) => name.includes('/')).map(([name, { data, shape }]) => [name, { data: data as Float32Array, shape }]));
        halved.run('apply', { rate, ...given });
      }
      const [expected, found] = [one.readVariables(), halved.readVariables()];
      expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [name, fetched] of expected) values(fetched).forEach((value, i) => expect(Math.abs(values(found.get(name) as Fetched)[i] - value), name).toBeLessThan(1e-4));
    } finally {
      one.close();
      halved.close();
    }
  });

  afterAll(() => {
    expect(heldTensors()).toBe(0);
  });
});
