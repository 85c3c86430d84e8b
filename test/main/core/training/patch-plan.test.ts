import { describe, expect, it } from 'vitest';
import { PatchPlan } from '../../../../src/main/core/training/patch-plan.js';

const sizes = [{ width: 100, height: 70 }, { width: 64, height: 64 }, { width: 40, height: 33 }];

describe('the grid', () => {
  const plan = new PatchPlan(sizes, { cut: 'grid', side: 32, batch: 4, flips: false, seed: 1 });

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
  const options = { cut: 'random', side: 32, batch: 3, flips: true, seed: 7 } as const;
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
});
