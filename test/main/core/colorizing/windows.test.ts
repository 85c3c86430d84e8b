import { describe, expect, it } from 'vitest';
import { fading, windowsOver } from '../../../../src/main/core/colorizing/windows.js';

describe('windows over a grid of cells', () => {
  it.each([
    [10, 10, 1000], [1024, 64, 4096], [64, 1024, 4096], [300, 200, 900], [1, 5000, 64], [257, 255, 1024], [7, 3, 1],
  ])('cover %i x %i cells with at most %i a window', (width, height, most) => {
    const seen = new Uint8Array(width * height);
    for (const window of windowsOver(width, height, most)) {
      expect(window.width * window.height).toBeLessThanOrEqual(most);
      expect(window.left + window.width).toBeLessThanOrEqual(width);
      expect(window.top + window.height).toBeLessThanOrEqual(height);
      for (let y = 0; y < window.height; y++) {
        const from = (window.top + y) * width + window.left;
        seen.fill(1, from, from + window.width);
      }
    }
    expect(seen.indexOf(0)).toBe(-1);
  });

  it('is one window where everything fits', () => {
    expect(windowsOver(40, 25, 1000)).toEqual([{ left: 0, top: 0, width: 40, height: 25 }]);
  });

  it('overlap by a quarter at least', () => {
    const lefts = windowsOver(1000, 10, 1000).map((window) => window.left);
    for (let k = 1; k < lefts.length; k++) expect(lefts[k] - lefts[k - 1]).toBeLessThanOrEqual(75);
  });
});

describe('fading', () => {
  it('falls towards a window\'s ends, not towards the picture\'s', () => {
    expect([...fading(0, 8, 100)].map((v) => Number(v.toFixed(3)))).toEqual([1, 1, 1, 1, 1, 1, 0.667, 0.333]);
    expect([...fading(92, 8, 100)].map((v) => Number(v.toFixed(3)))).toEqual([0.333, 0.667, 1, 1, 1, 1, 1, 1]);
    expect([...fading(0, 8, 8)]).toEqual(Array(8).fill(1));
  });
});
