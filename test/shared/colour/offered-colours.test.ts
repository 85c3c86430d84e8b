import { expect, it } from 'vitest';
import { offeredBins } from '../../../src/shared/colour/offered-colours.js';

it('offers likely colours that differ, the likeliest first', () => {
  const bins = [{ a: 0, b: 0 }, { a: 10, b: 0 }, { a: 40, b: 0 }, { a: -40, b: 40 }, { a: 45, b: 5 }];
  expect(offeredBins([0.3, 0.25, 0.1, 0.15, 0.2], bins, 3)).toEqual([0, 4, 3]);
  expect(offeredBins([0.3, 0.25, 0.1, 0.15, 0.2], bins, 9)).toEqual([0, 4, 3]);
  expect(offeredBins([1], [{ a: 1, b: 1 }], 6)).toEqual([0]);
});
