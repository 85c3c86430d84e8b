import { describe, expect, it } from 'vitest';
import { PatchPlan } from '../../../../src/main/core/training/patch-plan.js';

const sizes = [{ width: 100, height: 70 }, { width: 64, height: 64 }, { width: 40, height: 33 }];

describe('the grid', () => {
  const plan = new PatchPlan(sizes, { cut: 'grid', side: 32, batch: 4, flips: false, zoom: 1, seed: 1 });

  it('has every non-overlapping window once an epoch, in another order each time', () => {
    expect(plan.patchesAnEpoch).toBe(3 * 2 + 2 * 2 + 1);
    const seen = Array.from({ length: 11 }, (_, step) => plan.patchesOf(step + 1)).flat();
    const epochs = [0, 1, 2, 3].map((epoch) => seen.slice(epoch * 11, (epoch + 1) * 11).map(({ photo, x, y }) => `${photo}:${x},${y}`));
    const every = ['0:0,0', '0:32,0', '0:64,0', '0:0,32', '0:32,32', '0:64,32', '1:0,0', '1:32,0', '1:0,32', '1:32,32', '2:0,0'].sort();
    for (const epoch of epochs) expect([...epoch].sort()).toEqual(every);
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(seen.some(({ mirrored }) => mirrored)).toBe(false);
  });
});

describe('random pieces', () => {
  const options = { cut: 'random', side: 32, batch: 3, flips: true, zoom: 1, seed: 7 } as const;
  const plan = new PatchPlan(sizes, options);

  it('show every photograph once an epoch, within its borders, half of them mirrored', () => {
    let mirrored = 0;
    for (let step = 1; step <= 400; step++) {
      const patches = plan.patchesOf(step);
      expect(patches.map(({ photo }) => photo).sort()).toEqual([0, 1, 2]);
      for (const { photo, x, y } of patches) {
        expect(x >= 0 && y >= 0 && x + 32 <= sizes[photo].width && y + 32 <= sizes[photo].height).toBe(true);
      }
      mirrored += patches.filter((patch) => patch.mirrored).length;
    }
    expect(mirrored / 1200).toBeCloseTo(0.5, 1);
  });

  it('are the same for the same step, whatever was asked before', () => {
    expect(new PatchPlan(sizes, options).patchesOf(123)).toEqual(plan.patchesOf(123));
    expect(new PatchPlan(sizes, { ...options, seed: 8 }).patchesOf(123)).not.toEqual(plan.patchesOf(123));
  });

  it('reach every place', () => {
    const places = new Set(Array.from({ length: 600 }, (_, step) => plan.patchesOf(step + 1)).flat().filter(({ photo }) => photo === 2).map(({ x, y }) => `${x},${y}`));
    expect(places.size).toBe(9 * 2);
  });

  it('are of several sizes where they are zoomed, as likely larger as smaller, and within the photograph', () => {
    const zoomed = new PatchPlan([{ width: 100, height: 70 }], { ...options, batch: 1, zoom: 2 });
    const patches = Array.from({ length: 2000 }, (_, step) => zoomed.patchesOf(step + 1)).flat();
    const sides = patches.map(({ side }) => side).sort((a, b) => a - b);
    expect([sides[0], sides[1999]]).toEqual([16, 64]);
    // Spread evenly by their logarithm: half of them below the geometric mean of 16 and 64.
    expect(sides[1000]).toBeGreaterThanOrEqual(31);
    expect(sides[1000]).toBeLessThanOrEqual(33);
    for (const { x, y, side } of patches) expect(x >= 0 && y >= 0 && x + side <= 100 && y + side <= 70).toBe(true);
    const small = new PatchPlan([{ width: 40, height: 33 }], { ...options, batch: 1, zoom: 2 });
    expect(Math.max(...Array.from({ length: 500 }, (_, step) => small.patchesOf(step + 1)[0].side))).toBe(33);
  });
});
