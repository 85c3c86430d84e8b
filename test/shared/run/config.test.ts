import { describe, expect, it } from 'vitest';
import { assembleConfig, ConfigError, layerOfAssignments, layerOfJson, type ConfigLayer } from '../../../src/shared/run/assemble.js';
import { PRESET_NAMES, TRAINING_SETTINGS, trainingConfigSchema } from '../../../src/shared/run/config.js';
import { PRESETS } from '../../../src/shared/run/presets.js';

function sentences(build: () => unknown): readonly string[] {
  try {
    build();
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences;
    throw error;
  }
  return [];
}

const wrong = (layer: ConfigLayer) => sentences(() => assembleConfig([layer]));
const wrongSet = (...assignments: string[]) => sentences(() => assembleConfig([layerOfAssignments(assignments)]));

describe('presets', () => {
  it.each(PRESET_NAMES)('%s is a whole and valid configuration', (name) => {
    expect(trainingConfigSchema.parse(PRESETS[name].config)).toEqual(PRESETS[name].config);
    expect(assembleConfig([{ preset: name }])).toEqual(PRESETS[name].config);
  });

  it('is fast unless told', () => {
    expect(assembleConfig([]).preset).toBe('fast');
  });

  it('seed is the recipe of the post', () => {
    expect(PRESETS.seed.config).toMatchObject({
      budget: { epochs: 10 }, optimizer: { kind: 'adam' }, rate: { start: 1e-4, schedule: 'constant' },
      bins: { window: 10, lambda: 0.5 }, patches: { cut: 'grid', side: 32, batch: 32 }, encoding: { kind: 'kernel', kernelSize: 5, kernelSigma: 2 },
    });
  });
});

describe('layers', () => {
  it('later ones win, settings they do not name stay', () => {
    const file = layerOfJson('{"preset": "seed", "rate": {"start": 0.01}, "bins.window": 5}', 'my.json');
    const config = assembleConfig([file, layerOfAssignments(['rate.start=0.02']), { seed: 9 }]);
    expect(config).toMatchObject({ preset: 'seed', seed: 9, rate: { start: 0.02, schedule: 'constant' }, bins: { window: 5, lambda: 0.5 } });
  });

  it('a budget replaces a budget as a whole', () => {
    expect(assembleConfig([{ budget: { minutes: 3 } }, { budget: { steps: 40 } }]).budget).toEqual({ steps: 40 });
  });

  it('do not change the presets', () => {
    const before = structuredClone(PRESETS);
    assembleConfig([layerOfAssignments(['bins.window=5', 'photos.subfolders=sea,forest'])]);
    expect(PRESETS).toEqual(before);
  });
});

describe('assignments', () => {
  it('are typed by their setting', () => {
    expect(layerOfAssignments([
      'rate.start=1e-3', 'patches.flips=off', 'photos.subfolders=sea, forest', 'photos.testList=12', 'encoding.kind=soft',
    ])).toEqual({
      rate: { start: 0.001 }, patches: { flips: false }, photos: { subfolders: ['sea', 'forest'], testList: '12' }, encoding: { kind: 'soft' },
    });
  });

  it('need an equals sign', () => {
    expect(wrongSet('bins.window')).toEqual(['--set needs KEY=VALUE, as in --set bins.window=5, not "bins.window".']);
  });

  it('refuse an unknown key and offer the nearest', () => {
    expect(wrongSet('rate.strat=1', 'window=5', 'optimiser.kind=adam', 'zebra.colour=1')).toEqual([
      'There is no setting rate.strat; did you mean rate.start?',
      'There is no setting window; did you mean bins.window?',
      'There is no setting optimiser.kind; did you mean optimizer.kind?',
      'There is no setting zebra.colour.',
    ]);
  });

  it('cannot reach into prototypes', () => {
    sentences(() => assembleConfig([layerOfJson('{"__proto__.polluted": 1, "constructor.prototype.polluted": 1}', 'x.json')]));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('a wrong value gets one sentence that names the setting, what it got and what is allowed', () => {
  it.each<[ConfigLayer, string]>([
    [{ preset: 'fats' }, 'preset must be one of fast, seed, zhang, not "fats".'],
    [{ seed: 1.5 }, 'seed must be a whole number from 0 to 2147483647, not 1.5.'],
    [{ bins: { window: 7 } }, 'bins.window must be one of 4, 5, 10, 11, 20, 22, not 7.'],
    [{ bins: { lambda: 2 } }, 'bins.lambda must be a number from 0 to 1, not 2.'],
    [{ bins: { rebalancing: 'maybe' } }, 'bins.rebalancing must be true or false, not "maybe".'],
    [{ rate: { start: 0 } }, 'rate.start must be a number above 0 and at most 100, not 0.'],
    [{ rate: { start: 'fast' } }, 'rate.start must be a number above 0 and at most 100, not "fast".'],
    [{ network: { dropout: 1 } }, 'network.dropout must be a number of at least 0 and below 1, not 1.'],
    [{ optimizer: { kind: 'rmsprop' } }, 'optimizer.kind must be one of sgd, momentum, adam, adamw, not "rmsprop".'],
    [{ photos: { subfolders: 'sea' } }, 'photos.subfolders must be a list of names, not "sea".'],
    [{ photos: { subfolders: [1] } }, 'photos.subfolders must be a list of names, not [1].'],
    [{ photos: { testList: 4 } }, 'photos.testList must be the path of a file, or null for none, not 4.'],
    [{ patches: 5 }, 'patches is a group of settings (patches.cut, patches.side, patches.batch, patches.flips, patches.zoom, patches.lightness, patches.wear), not 5.'],
    [{ budget: {} }, 'budget must give exactly one of minutes, steps and epochs, not none.'],
    [{ budget: { minutes: 1, steps: 2 } }, 'budget must give exactly one of minutes, steps and epochs, not minutes and steps.'],
    [{ budget: { steps: 0 } }, 'budget.steps must be a whole number of at least 1, not 0.'],
    [{ photos: { validationShare: 0.5, testShare: 0.5 } }, 'photos.validationShare and photos.testShare must leave something to learn from: together they are 1, which is not below 1.'],
    [{ patches: { side: 256 } }, 'patches.side (256) must not be above photos.side (112): a piece cannot be larger than its photograph.'],
    [{ pathces: { side: 3 } }, 'There is no setting pathces.'],
    [{ patches: { sides: 3 } }, 'There is no setting patches.sides; did you mean patches.side?'],
  ])('%j', (layer, sentence) => {
    expect(wrong(layer)).toEqual([sentence]);
  });

  it('tells all that is wrong at once', () => {
    expect(wrongSet('bins.window=7', 'rate.start=-1', 'patches.batch=0')).toHaveLength(3);
  });

  it('names the file that is no JSON', () => {
    expect(sentences(() => layerOfJson('{"seed": }', 'my.json'))[0]).toMatch(/^my\.json is not valid JSON: .+\.$/);
    expect(sentences(() => layerOfJson('[1]', 'my.json'))).toEqual(['my.json must hold a JSON object of settings, such as {"bins": {"window": 5}}.']);
  });
});

describe('settings', () => {
  it('each says in one line what it does', () => {
    expect(TRAINING_SETTINGS.length).toBeGreaterThan(40);
    for (const { key, description } of TRAINING_SETTINGS) expect(description, key).toMatch(/^[A-Z0-9].{10,120}\.$/);
  });

  it('have keys that --set understands', () => {
    for (const { key, kind } of TRAINING_SETTINGS) {
      expect(() => layerOfAssignments([`${key}=${kind === 'flag' ? 'on' : '1'}`]), key).not.toThrow();
    }
  });
});
