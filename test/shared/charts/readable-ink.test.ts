import { describe, expect, it } from 'vitest';
import { countColour } from '../../../src/shared/charts/colour-scale.js';
import { contrastOf, readableInk } from '../../../src/shared/charts/readable-ink.js';
import { DARK, PAPER } from '../../../src/shared/charts/theme.js';

describe('text over colours', () => {
  it('has the contrasts that WCAG names', () => {
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 6);
    // The pale gray that just passes on white, from WebAIM's table.
    expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it('is readable on every colour of a count, on paper and on dark ground', () => {
    for (const theme of [PAPER, DARK]) {
      for (let k = 0; k <= 16; k++) {
        const ground = countColour(k / 16, theme);
        expect(contrastOf(readableInk(ground, [theme.ink, theme.background]), ground), `${ground} at ${k}`).toBeGreaterThan(3.9);
      }
    }
  });
});
