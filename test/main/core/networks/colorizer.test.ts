import { afterAll, describe, expect, it } from 'vitest';
import { Session, type Feed, type Fetched } from '../../../../src/main/core/graph/index.js';
import { heldTensors } from '../../../../src/main/core/graph/session.js';
import { buildColorizer, type ArchitectureName, type ColorizerOptions } from '../../../../src/main/core/networks/index.js';
import { noise, pattern } from '../graph/pattern.js';

function options(architecture: ArchitectureName, more: Partial<ColorizerOptions> = {}): ColorizerOptions {
  const bins = more.bins ?? 12;
  return {
    architecture, bins, binColours: pattern(2 * bins, 1, 60), encoding: 'hard', patch: 32, width: 0.25, optimizer: { kind: 'adam' }, ...more,
  };
}

async function open(settings: ColorizerOptions) {
  const colorizer = buildColorizer(settings);
  const session = await Session.open(colorizer.graph, colorizer.signatures);
  session.run('initialize', { seed: [1, 2] });
  return { colorizer, session };
}

const picture = (height: number, width: number, phase = 0) => ({ data: noise(height * width, phase, 50, 50), shape: [1, height, width, 1] });
const numbers = ({ data }: Fetched) => data as Float32Array;

/** Number of values of a convolution layer. */
const layer = (size: number, from: number, to: number) => size * size * from * to + to;

describe('colorizers', () => {
  afterAll(() => {
    expect(heldTensors()).toBe(0);
  });

  it('seed has the layers of the post', () => {
    const { parameters, graph } = buildColorizer(options('seed', { bins: 200, width: 1 }));
    const channels = [1, 25, 50, 75, 100, 125, 150, 175, 200];
    expect(parameters).toBe(channels.slice(1).reduce((sum, to, i) => sum + layer(3, channels[i], to), 0));
    expect(graph.variables.named('conv7/weights').shape).toEqual([3, 3, 150, 175]);
  });

  it('zhang has the parameters of the paper\'s table at width 1', () => {
    const { parameters } = buildColorizer(options('zhang', { bins: 313, width: 1, patch: 176 }));
    const convolutions = [
      [1, 64], [64, 64], [64, 128], [128, 128], [128, 256], [256, 256], [256, 256], [256, 512], [512, 512], [512, 512],
      [512, 512], [512, 512], [512, 512], [512, 512], [512, 512], [512, 512], [512, 512], [512, 512], [512, 512], [256, 256], [256, 256],
    ].reduce((sum, [from, to]) => sum + layer(3, from, to), 0);
    const normalizations = 2 * (64 + 128 + 256 + 512 + 512 + 512 + 512);
    expect(parameters).toBe(convolutions + layer(4, 512, 256) + layer(1, 256, 313) + normalizations);
    expect(parameters / 1e6).toBeCloseTo(32.2, 1);
  });

  it('fast has about a million parameters', () => {
    expect(buildColorizer(options('fast', { bins: 204, width: 1, patch: 144 })).parameters / 1e6).toBeCloseTo(1, 1);
  });

  it('pyramid has 1.3 million parameters, as its layers say', () => {
    const { parameters } = buildColorizer(options('pyramid', { bins: 231, width: 1, patch: 144 }));
    // 3x3 layers without bias and the scale and offset of their normalization
    const block = (from: number, to: number) => 9 * from * to + 2 * to;
    const down = block(1, 24) + block(24, 48) + block(48, 64) + block(64, 96) + 2 * block(96, 96) + block(96, 192) + 2 * block(192, 192);
    const up = (deep: number, level: number, filters: number) => (deep + level + 2) * filters + block(filters, filters);
    expect(parameters).toBe(down + layer(1, 192, 192) + up(192, 96, 96) + up(96, 64, 64) + layer(1, 64, 231));
    expect(parameters / 1e6).toBeCloseTo(1.3, 1);
  });

  it('a network that takes hints answers as without, where none are fed, and otherwise where there is one, and around', async () => {
    const { session, colorizer } = await open(options('pyramid', { hints: true }));
    expect(colorizer.takesHints).toBe(true);
    const lightness = picture(64, 64);
    const hints = (value: number) => {
      const data = new Float32Array(64 * 64 * 3);
      for (let y = 8; y < 16; y++) for (let x = 8; x < 16; x++) data.set([value, -value, Math.sign(value)], 3 * (y * 64 + x));
      return { data, shape: [1, 64, 64, 3] };
    };
    const scores = (feeds: Record<string, Feed>) => numbers(session.run('predict', { lightness, ...feeds }).logits);
    expect(scores({ hints: hints(0) })).toEqual(scores({}));
    const [without, hinted] = [scores({}), scores({ hints: hints(60) })];
    const moved = (cell: number) => Math.max(...hinted.subarray(12 * cell, 12 * cell + 12).map((score, q) => Math.abs(score - without[12 * cell + q])));
    expect(moved(3 * 16 + 3)).toBeGreaterThan(1e-3);
    expect(moved(10 * 16 + 10)).toBeGreaterThan(0);
    session.close();
  });

  it('only pyramid takes hints', () => {
    expect((['pyramid', 'fast', 'seed', 'zhang'] as const).filter((name) => buildColorizer(options(name, { hints: true })).takesHints)).toEqual(['pyramid']);
    expect(buildColorizer(options('pyramid')).takesHints).toBe(false);
  });

  it.each<[ArchitectureName, [number, number], [number, number]]>([
    ['pyramid', [48, 80], [12, 20]],
    ['seed', [40, 51], [24, 35]],
    ['fast', [48, 80], [12, 20]],
    ['zhang', [24, 40], [6, 10]],
  ])('%s answers pictures of any size', async (architecture, [height, width], grid) => {
    const { colorizer, session } = await open(options(architecture));
    const { logits } = session.run('predict', { lightness: picture(height, width) });
    const { ab } = session.run('decode', { lightness: picture(height, width), temperature: 0.5 });
    expect(logits.shape).toEqual([1, ...grid, 12]);
    expect(ab.shape).toEqual([1, ...grid, 2]);
    expect([colorizer.gridSize(height), colorizer.gridSize(width)]).toEqual(grid);
    session.close();
  });

  it('decodes to the annealed mean of the bin colours', async () => {
    const settings = options('seed', { width: 1 });
    const { session } = await open(settings);
    const lightness = picture(20, 20);
    const logits = numbers(session.run('predict', { lightness }).logits);
    for (const temperature of [1, 0.38, 0.05]) {
      const ab = numbers(session.run('decode', { lightness, temperature }).ab);
      const powers = [...logits.subarray(0, 12)].map((logit) => Math.exp(logit / temperature - Math.max(...logits.subarray(0, 12)) / temperature));
      const total = powers.reduce((a, b) => a + b);
      for (const axis of [0, 1]) {
        const expected = powers.reduce((sum, power, bin) => sum + (power / total) * settings.binColours[2 * bin + axis], 0);
        expect(ab[axis]).toBeCloseTo(expected, 3);
      }
    }
    session.close();
  });

  it.each(['pyramid', 'fast'] as const)('%s sees the whole picture from every place', async (architecture) => {
    const { session } = await open(options(architecture));
    const lightness = picture(160, 160);
    const before = numbers(session.run('predict', { lightness }).logits);
    const changed = { ...lightness, data: lightness.data.slice() };
    for (let y = 144; y < 160; y++) changed.data.fill(100, y * 160 + 144, y * 160 + 160);
    const after = numbers(session.run('predict', { lightness: changed }).logits);
    expect(after.slice(0, 12)).not.toEqual(before.slice(0, 12));
    session.close();
  });

  it.each<[ArchitectureName, Partial<ColorizerOptions>]>([
    ['seed', { patch: 24, width: 8 }],
    ['pyramid', { dropout: 0.2 }],
    ['fast', { dropout: 0.2 }],
    ['zhang', {}],
    ['fast', { encoding: 'soft', penalty: { kind: 'l2', strength: 1e-4 } }],
  ])('%s learns %j, and evaluates by what it has learned', async (architecture, more) => {
    const settings = options(architecture, { batch: 4, ...more });
    const { colorizer, session } = await open(settings);
    const grid = colorizer.gridSize(settings.patch);
    const places = [4, grid, grid];
    const count = 4 * grid * grid;
    // The bin follows the lightness: bright places have one colour, dark ones another.
    const bright = Float32Array.from({ length: 4 * settings.patch ** 2 }, (_, i) => (Math.floor(i / settings.patch ** 2) % 2 ? 80 : 20));
    const bins = Int32Array.from({ length: count }, (_, i) => (Math.floor(i / (grid * grid)) % 2 ? 3 : 7));
    const shares = Float32Array.from({ length: count * 12 }, (_, i) => (bins[Math.floor(i / 12)] === i % 12 ? 1 : 0));
    const target = settings.encoding === 'hard' ? { data: bins, shape: places } : { data: shares, shape: [...places, 12] };
    const feeds = { lightness: { data: bright, shape: [4, settings.patch, settings.patch, 1] }, target, weight: { data: new Float32Array(count).fill(1), shape: places } };
    const losses = Array.from({ length: 60 }, (_, step) => numbers(session.run('train', { ...feeds, rate: 3e-3, random: [1, step] }).loss)[0]);
    expect(losses[59]).toBeLessThan(losses[0] / 4);
    expect(numbers(session.run('evaluate', feeds).loss)[0]).toBeLessThan(losses[0] / 2);
    session.close();
  });

  it('computes convolutions of training steps in bfloat16 where told, those in use never', () => {
    const { graph } = buildColorizer(options('pyramid', { precision: 'bfloat16' }));
    const types = (wanted: (name: string) => boolean) => new Set(graph.nodes.filter(({ name, operation }) => /^Conv2D/.test(operation) && wanted(name)).map((node) => node.attribute('T', 'type')));
    expect(types((name) => name.startsWith('train/'))).toEqual(new Set(['bfloat16']));
    expect(types((name) => !name.startsWith('train/'))).toEqual(new Set(['float32']));
    expect(graph.variables.all.every(({ dtype }) => dtype !== 'bfloat16')).toBe(true);
  });

  it('gives the same losses from the same seed', async () => {
    const losses = async () => {
      const { session } = await open(options('fast', { batch: 2, dropout: 0.3 }));
      const feeds = {
        lightness: { data: noise(2 * 32 * 32, 1, 50, 50), shape: [2, 32, 32, 1] },
        target: { data: Int32Array.from({ length: 128 }, (_, i) => i % 12), shape: [2, 8, 8] },
        weight: { data: new Float32Array(128).fill(1), shape: [2, 8, 8] },
      };
      const result = [0, 1, 2].map((step) => numbers(session.run('train', { ...feeds, rate: 1e-3, random: [5, step] }).loss)[0]);
      session.close();
      return result;
    };
    expect(await losses()).toEqual(await losses());
  });
});
