import { describe, expect, it } from 'vitest';
import { activityOf } from '../../../../src/shared/labs/activations/activity.js';
import { ACTIVATIONS_PRESETS } from '../../../../src/shared/labs/activations/config.js';
import type { ActivationKind } from '../../../../src/shared/labs/activations/functions.js';
import type { VariantResult } from '../../../../src/shared/labs/activations/results.js';
import { activationComparisons, activationRows, summarizeActivations } from '../../../../src/shared/labs/activations/summary.js';
import { ACTIVATIONS_GUIDE } from '../../../../src/shared/labs/guide.js';

const POST = ACTIVATIONS_PRESETS.post.config;
const config = { ...POST, runs: 3, activations: ['relu', 'elu'] as ActivationKind[], normalization: { ...POST.normalization, kinds: ['without' as const] } };

/** A training that came to its end, with what a test needs of it. */
function ended(activation: ActivationKind, run: number, accuracy: number, mean: number, mistakes: [index: number, answer: number][] = []): VariantResult {
  return {
    activation, normalization: 'without', run, accuracy, loss: 0.1, trainingAccuracy: 99, trainingLoss: 0.05, steps: 10, seconds: 1, millisecondsAStep: 100,
    layers: [{ layer: 'dense1', silent: 0, mean, shares: [1] }], confusion: [[1]], wrong: mistakes.map(([index]) => index), wrongAs: mistakes.map(([, answer]) => answer),
  };
}

const VARIANTS = [
  ended('relu', 0, 97, 0.4, [[5, 3], [7, 1]]), ended('relu', 1, 98, 0.6, [[5, 8]]), ended('relu', 2, 99, 0.5, [[5, 3]]),
  ended('elu', 0, 96.5, -0.1, [[7, 1]]), ended('elu', 1, 97.5, -0.2), ended('elu', 2, 98.5, -0.3),
];
const PICTURES = { classes: ['0'], training: 100, test: 10, labels: Uint8Array.from({ length: 10 }, (_, k) => k) };

describe('what came of a comparison', () => {
  it('is told of the trainings that are through, too', () => {
    const rows = activationRows(VARIANTS.slice(0, 4), config);
    expect(rows.map(({ activation, accuracy }) => [activation, accuracy.count, accuracy.mean])).toEqual([['relu', 3, 98], ['elu', 1, 96.5]]);
    // One pair has a difference, but nothing is known of its spread.
    expect(activationComparisons(rows)).toMatchObject([{ first: 'relu', second: 'elu', difference: 0.5, interval: null, clear: false }]);
  });

  it('a difference that every pair has alike is larger than the spread, though the runs spread more', () => {
    const { comparisons, rows } = summarizeActivations(VARIANTS, config, PICTURES);
    expect(rows.map(({ accuracy }) => accuracy.deviation)).toEqual([1, 1]);
    expect(comparisons).toMatchObject([{ difference: 0.5, interval: [0.5, 0.5], clear: true }]);
  });

  it('names the hardest pictures with what they were mostly taken for', () => {
    const { hardest } = summarizeActivations(VARIANTS, config, PICTURES);
    expect(hardest).toEqual([{ index: 5, label: 5, times: 3, answer: 3 }, { index: 7, label: 7, times: 2, answer: 1 }]);
    const older = VARIANTS.map(({ wrongAs: _, ...rest }) => rest);
    expect(summarizeActivations(older, config, PICTURES).hardest[0]).toEqual({ index: 5, label: 5, times: 3, answer: undefined });
  });

  it("tells what PReLU's slopes came to, mean over the runs", () => {
    const learnt = [[0.3, 0.1], [0.2, 0.2]].map((slopes, run) => ({ ...ended('prelu', run, 97, 0), slopes }));
    const { statements } = summarizeActivations(learnt, { ...config, activations: ['prelu'], runs: 2 }, PICTURES);
    expect(statements).toContain('PReLU, a slope a layer, without normalization: from 0.25 the slopes came to 0.250, 0.150, layer by layer.');
  });

  it('ranks only where all of the post are trained', () => {
    const { outcome } = ACTIVATIONS_GUIDE.find(({ claim }) => claim.startsWith('RReLU'))!;
    const five = POST.activations.map((activation, k) => ended(activation, 0, 95 + k / 2, 0));
    expect(outcome(summarizeActivations(five, { ...config, activations: POST.activations, runs: 1 }, PICTURES))).toBe('Here RReLU is number 1 of 5 without normalization (97.00 %). One run each: places may be chance.');
    expect(outcome(summarizeActivations([...five.slice(1)], { ...config, activations: POST.activations.slice(1), runs: 1 }, PICTURES))).toBeUndefined();
  });

  it('stands beside what the post claims of ELU', () => {
    const { outcome } = ACTIVATIONS_GUIDE.find(({ claim }) => claim.startsWith('ELU'))!;
    expect(outcome(summarizeActivations(VARIANTS, config, PICTURES))).toBe('Here the mean output of the hidden layers, without normalization, is 0.50 with ReLU and −0.20 with ELU: ELU is nearer to zero.');
    expect(outcome(summarizeActivations(VARIANTS.slice(0, 3), { ...config, activations: ['relu'] }, PICTURES))).toBeUndefined();
  });
});

describe('the outputs of a layer', () => {
  it('are told by their mean, their spread and their silent units', () => {
    // Two pictures, three units: the second is never above zero.
    const { silent, mean, shares } = activityOf('dense1', Float32Array.from([1, -1, 0.5, 2, 0, -9]), 3);
    expect(silent).toBeCloseTo(100 / 3, 10);
    expect(mean).toBeCloseTo(-6.5 / 6, 6);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 10);
    // What lies beyond the range counts at its edge.
    expect(shares[0]).toBeCloseTo(1 / 6, 10);
  });

  it('have no mean where they are no numbers any more', () => {
    expect(activityOf('dense1', Float32Array.from([NaN, 1]), 1).mean).toBeNull();
  });
});
