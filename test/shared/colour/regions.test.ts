import { expect, it } from 'vitest';
import { ColourHistogram } from '../../../src/shared/colour/histogram.js';
import { desaturatedShare, pinkRedShare } from '../../../src/shared/colour/regions.js';

/** @param colours a, b, pixels. */
function histogramOf(...colours: [number, number, number][]): ColourHistogram {
  const histogram = new ColourHistogram();
  const cells = colours.map(([a, b]) => (a + 110) * 220 + b + 110);
  histogram.add({ pixels: colours.reduce((sum, [, , n]) => sum + n, 0), cells, counts: colours.map(([, , n]) => n), meanA: cells.map(() => 0), meanB: cells.map(() => 0) });
  return histogram;
}

it('counts the pixels in the centre of the plane, and those that are pink or red', () => {
  // Gray, red, pink, green, blue.
  const histogram = histogramOf([0, 0, 50], [60, 40, 10], [50, -10, 5], [-40, 40, 20], [10, -60, 15]);
  expect(desaturatedShare(histogram)).toBeCloseTo(0.5);
  expect(pinkRedShare(histogram)).toBeCloseTo(0.15);
  expect(desaturatedShare(new ColourHistogram())).toBeNaN();
});
