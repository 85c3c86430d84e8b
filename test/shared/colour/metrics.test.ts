import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodePhoto } from '../../../src/main/core/photos/decode.js';
import { labPlanes } from '../../../src/shared/colour/lab.js';
import { chromaSum, ColourAccuracy, peakSignalToNoise, vividness, type AbPlanes } from '../../../src/shared/colour/metrics.js';

const planes = (a: number[], b: number[]): AbPlanes => ({ a: Float32Array.from(a), b: Float32Array.from(b) });

describe('colour accuracy', () => {
  it('is 100 for the truth itself', () => {
    const accuracy = new ColourAccuracy();
    accuracy.add(planes([1, -20, 60], [5, 0, -33]), planes([1, -20, 60], [5, 0, -33]));
    expect([accuracy.auc(), accuracy.aucRebalanced()]).toEqual([100, 100]);
  });

  it('is the area below a step at the distance, for one distance', () => {
    const accuracy = new ColourAccuracy();
    accuracy.add(planes([0], [0]), planes([30], [40]));
    expect(accuracy.curve()[49]).toBe(0);
    expect(accuracy.curve()[50]).toBe(1);
    expect(accuracy.auc()).toBeCloseTo((100 * (100 + 0.5)) / 150, 10);
  });

  it('counts a distance that is no whole number from the next threshold on, and one beyond 150 never', () => {
    const accuracy = new ColourAccuracy();
    accuracy.add(planes([0, -80], [0, -90]), planes([0.25, 80], [0, 90]));
    expect([...accuracy.curve().subarray(0, 3)]).toEqual([0, 0.5, 0.5]);
    expect(accuracy.curve()[150]).toBe(0.5);
  });

  it('lets every true tile count alike when rebalanced', () => {
    const accuracy = new ColourAccuracy();
    accuracy.add(planes([0, 1, 2, 55], [0, 1, 2, 55]), planes([0, 1, 2, 0], [0, 1, 2, 0]));
    expect(accuracy.curve()[10]).toBeCloseTo(3 / 4, 12);
    expect(accuracy.rebalancedCurve()[10]).toBeCloseTo(1 / 2, 12);
  });

  it('does not depend on how pixels are handed over', () => {
    const a = Array.from({ length: 600 }, (_, i) => ((i * 37) % 160) - 80);
    const b = Array.from({ length: 600 }, (_, i) => ((i * 91) % 160) - 80);
    const whole = new ColourAccuracy();
    const parts = new ColourAccuracy();
    whole.add(planes(a, b), planes(b, a));
    for (let k = 0; k < 600; k += 50) parts.add(planes(a.slice(k, k + 50), b.slice(k, k + 50)), planes(b.slice(k, k + 50), a.slice(k, k + 50)));
    expect([parts.auc(), parts.aucRebalanced(), parts.pixels]).toEqual([whole.auc(), whole.aucRebalanced(), 600]);
  });
});

it('of two sets is that of both together', () => {
  const [whole, first, second] = [new ColourAccuracy(), new ColourAccuracy(), new ColourAccuracy()];
  whole.add(planes([1, 30, -40], [2, 60, 5]), planes([0, 0, 0], [0, 10, 0]));
  first.add(planes([1], [2]), planes([0], [0]));
  second.add(planes([30, -40], [60, 5]), planes([0, 0], [10, 0]));
  first.absorb(second);
  expect([first.pixels, first.auc(), first.aucRebalanced()]).toEqual([whole.pixels, whole.auc(), whole.aucRebalanced()]);
});

describe('peak signal-to-noise ratio', () => {
  it('follows its formula and ends at 100', () => {
    expect(peakSignalToNoise(new Uint8Array(300).fill(100), new Uint8Array(300).fill(110))).toBeCloseTo(20 * Math.log10(25.5), 10);
    expect(peakSignalToNoise(new Uint8Array(300), new Uint8Array(300))).toBe(100);
  });
});

it('sums chroma', () => {
  expect(chromaSum(planes([3, -6], [4, 8]))).toBeCloseTo(15, 6);
});

describe('an independent program (scikit-image)', () => {
  const folder = new URL('../../fixtures/colorizing/accuracy/', import.meta.url);

  it('says the same of pictures', async () => {
    const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'));
    const accuracy = new ColourAccuracy();
    let psnr = 0;
    for (let k = 0; k < expected.pairs; k++) {
      const [truth, predicted] = await Promise.all(['truth', 'predicted'].map((name) => decodePhoto(readFileSync(new URL(`${name}/${k}.png`, folder)))));
      accuracy.add(labPlanes(truth.data), labPlanes(predicted.data));
      psnr += peakSignalToNoise(truth.data, predicted.data) / expected.pairs;
    }
    expect(accuracy.auc()).toBeCloseTo(expected.auc, 2);
    expect(accuracy.aucRebalanced()).toBeCloseTo(expected.auc_rebalanced, 2);
    expect(psnr).toBeCloseTo(expected.psnr, 2);
    for (const [ours, theirs] of [[accuracy.curve(), expected.curve], [accuracy.rebalancedCurve(), expected.curve_rebalanced]]) {
      expect(ours).toHaveLength(theirs.length);
      // A pixel whose distance is a whole number but for rounding may count one threshold earlier or later.
      ours.forEach((share: number, t: number) => expect(Math.abs(share - theirs[t])).toBeLessThan(2e-4));
    }
  });
});

describe('vividness', () => {
  it('is the share of the chroma that is left: colours at 3/5 of theirs are 0.6 as vivid, whatever their hue', () => {
    const [truth, pale] = [planes([30, -40, 0], [40, 30, 50]), planes([18, 0, 30], [24, -30, 0])];
    const mean = (colours: AbPlanes) => chromaSum(colours) / 3;
    expect(vividness(mean(pale), mean(truth))).toBeCloseTo(0.6, 6);
  });
});

describe('the accuracy of some tiles', () => {
  it('is that of their pixels alone', () => {
    const accuracy = new ColourAccuracy();
    accuracy.add(planes([55, 55, -55], [5, 5, 5]), planes([55, 5, -55], [5, 5, 5]));
    const { pixels, auc } = accuracy.ofTiles((a) => a > 0);
    expect(pixels).toBe(2);
    // One pixel is exact; the other is 50 off, whose curve steps up there.
    expect(auc).toBeCloseTo((100 + (100 * 100.5) / 150) / 2, 9);
    expect(accuracy.ofTiles((a) => a < 0)).toEqual({ pixels: 1, auc: 100 });
  });
});
