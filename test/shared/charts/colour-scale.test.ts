import { describe, expect, it } from 'vitest';
import { chromaticityColour, countColour, weightColour } from '../../../src/shared/charts/colour-scale.js';
import { DARK, PAPER } from '../../../src/shared/charts/theme.js';
import { srgbToLab } from '../../../src/shared/colour/lab.js';

function labOf(colour: string): [number, number, number] {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return srgbToLab(r, g, b);
}

const places = Array.from({ length: 21 }, (_, k) => k / 20);

describe('the scale of counts', () => {
  it('grows darker on paper and lighter on a dark ground, step by step: it can be read without its hues', () => {
    for (const theme of [PAPER, DARK]) {
      const lightness = places.map((t) => labOf(countColour(t, theme))[0]);
      const steps = lightness.slice(1).map((L, k) => L - lightness[k]);
      expect(steps.every((step) => (theme.moreIsDarker ? step < 0 : step > 0))).toBe(true);
    }
  });

  it('keeps its lowest colour apart from the ground', () => {
    for (const theme of [PAPER, DARK]) {
      const [L, a, b] = labOf(countColour(0, theme));
      const [ground] = labOf(theme.background);
      expect(Math.hypot(L - ground, a, b)).toBeGreaterThan(20);
    }
  });
});

describe('the scale of weights', () => {
  it('is white at zero, blue below and red-orange above', () => {
    expect(weightColour(0)).toBe('#ffffff');
    const [, , blue] = labOf(weightColour(-1));
    const [, red] = labOf(weightColour(1));
    expect(blue).toBeLessThan(-30);
    expect(red).toBeGreaterThan(50);
  });

  it('falls in lightness to both sides, and takes what lies outside as the end', () => {
    for (const sign of [-1, 1]) {
      const lightness = places.map((t) => labOf(weightColour(sign * t))[0]);
      lightness.slice(1).forEach((L, k) => expect(L).toBeLessThanOrEqual(lightness[k]));
    }
    expect(weightColour(7)).toBe(weightColour(1));
  });
});

describe('a chromaticity as a colour', () => {
  it('has that chromaticity where sRGB can show it, and its hue where it cannot', () => {
    const [, a, b] = labOf(chromaticityColour(20, -10));
    expect(Math.hypot(a - 20, b + 10)).toBeLessThan(1);
    const [, far, side] = labOf(chromaticityColour(0, 105));
    expect(Math.abs(far)).toBeLessThan(1.5);
    expect(side).toBeGreaterThan(60);
    expect(chromaticityColour(0, 0)).toBe('#9e9e9e');
  });
});
