import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../../../src/shared/run/presets.js';
import { learningRate } from '../../../../src/main/core/training/learning-rate.js';

const base = { ...PRESETS.fast.config.rate, start: 1 };

describe('learningRate', () => {
  it.each([
    [{ schedule: 'constant', warmup: 0 }, 77, 1],
    [{ schedule: 'constant', warmup: 10 }, 1, 0.1],
    [{ schedule: 'constant', warmup: 10 }, 10, 1],
    [{ schedule: 'exponential', factor: 0.5, every: 10 }, 11, 0.5],
    [{ schedule: 'exponential', factor: 0.5, every: 10 }, 6, Math.sqrt(0.5)],
    [{ schedule: 'step', factor: 0.5, every: 10 }, 20, 0.5],
    [{ schedule: 'step', factor: 0.5, every: 10 }, 21, 0.25],
    [{ schedule: 'cosine' }, 1, 1],
    [{ schedule: 'cosine' }, 51, 0.5],
    [{ schedule: 'cosine', floor: 0.1 }, 101, 0.1],
    [{ schedule: 'linear' }, 26, 0.75],
    [{ schedule: 'cosine', warmup: 20 }, 10, 0.5],
  ] as const)('%j at step %i of 100 is %f', (settings, step, expected) => {
    expect(learningRate({ ...base, ...settings }, step, 100)).toBeCloseTo(expected, 10);
  });
});
