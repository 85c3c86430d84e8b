import { describe, expect, it } from 'vitest';
import type { SplitPhoto } from '../../../../src/shared/run/files.js';
import { splitPhotos } from '../../../../src/main/core/training/split.js';

function photos(count: number): SplitPhoto[] {
  return Array.from({ length: count }, (_, index) => ({ path: `${index}.jpg`, contentId: `id-${index}`, width: 150, height: 100 }));
}

const shares = { seed: 1, validationShare: 0.1, testShare: 0.2 };
const paths = (list: readonly SplitPhoto[]) => list.map(({ path }) => path);

describe('splitPhotos', () => {
  it('gives each part its share, each photograph once, sorted by path', () => {
    const all = photos(5000);
    const split = splitPhotos(all, shares);
    expect(split.test.length / 5000).toBeCloseTo(0.2, 1);
    expect(split.validation.length / 5000).toBeCloseTo(0.1, 1);
    expect(paths([...split.training, ...split.validation, ...split.test]).sort()).toEqual(paths(all).sort());
    expect(paths(split.training)).toEqual(paths(split.training).sort());
  });

  it('depends on content and seed, not on names, order or the others', () => {
    const all = photos(1000);
    const split = splitPhotos(all, shares);
    expect(splitPhotos([...all].reverse(), shares)).toEqual(split);
    const fewer = splitPhotos(all.slice(0, 700), shares);
    expect(new Set(paths(split.test))).toEqual(new Set([...paths(fewer.test), ...paths(split.test).filter((path) => parseInt(path) >= 700)]));
    const renamed = splitPhotos(all.map((photo) => ({ ...photo, path: `new/${photo.path}` })), shares);
    expect(paths(renamed.validation).map((path) => path.slice(4)).sort()).toEqual(paths(split.validation).sort());
    expect(paths(splitPhotos(all, { ...shares, seed: 2 }).test)).not.toEqual(paths(split.test));
  });

  it('lets a list of paths replace the test share', () => {
    const split = splitPhotos(photos(100), { ...shares, testPaths: new Set(['3.jpg', '50.jpg', 'unknown.jpg']) });
    expect(paths(split.test)).toEqual(['3.jpg', '50.jpg']);
    expect(split.training.length + split.validation.length).toBe(98);
  });

  it('keeps one photograph to watch with where there are two, and one to train on', () => {
    for (const count of [2, 3, 5]) {
      const split = splitPhotos(photos(count), { seed: 1, validationShare: 0.01, testShare: 0 });
      expect([split.training.length, split.validation.length]).toEqual([count - 1, 1]);
    }
    expect(splitPhotos(photos(3), { seed: 1, validationShare: 0.9, testShare: 0 }).training.length).toBeGreaterThan(0);
  });

  it('keeps none to watch with where none is asked for', () => {
    expect(splitPhotos(photos(50), { seed: 1, validationShare: 0, testShare: 0 }).validation).toEqual([]);
  });
});
