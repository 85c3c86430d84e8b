import { describe, expect, it } from 'vitest';
import { interpolatedAb, labPlanes, labToSrgb, lightnessOf, srgbToLab } from '../../../src/shared/colour/lab.js';
import { linearToSrgb, srgbToLinear } from '../../../src/shared/colour/srgb.js';
import { colourFixture } from './fixture.js';

interface LabFixture {
  rgb8: [number, number, number][];
  lab8: number[][];
  rgb16: [number, number, number][];
  lab16: number[][];
  inside: { lab: [number, number, number][]; srgb: number[][] };
}
const fixture = colourFixture<LabFixture>('lab');

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let k = 0; k < expected.length; k++) expect(Math.abs(actual[k] - expected[k])).toBeLessThanOrEqual(tolerance);
}

describe('Lab of single colours', () => {
  it("equals scikit-image's for 8-bit colours", () => {
    fixture.rgb8.forEach(([r, g, b], k) => expectNear(srgbToLab(r, g, b), fixture.lab8[k], 1e-9));
  });

  it("equals scikit-image's for 16-bit colours", () => {
    fixture.rgb16.forEach(([r, g, b], k) => expectNear(srgbToLab(r / 257, g / 257, b / 257), fixture.lab16[k], 1e-9));
  });

  it('fills the array it is given', () => {
    const out: [number, number, number] = [0, 0, 0];
    expect(srgbToLab(255, 255, 255, out)).toBe(out);
    expect(out[0]).toBe(100);
  });
});

describe('sRGB of Lab colours', () => {
  it("equals scikit-image's for colours inside sRGB", () => {
    fixture.inside.lab.forEach(([L, a, b], k) => expectNear(labToSrgb(L, a, b), fixture.inside.srgb[k], 2e-6));
  });

  it('comes back to every 8-bit colour', () => {
    for (let k = 0; k < 5000; k++) {
      const rgb: [number, number, number] = [(k * 37) & 255, (k * 101) & 255, (k * 11 + (k >> 3)) & 255];
      expectNear(labToSrgb(...srgbToLab(...rgb)), rgb.map((v) => v / 255), 1e-6);
    }
  });

  it('tells by values outside 0..1 what sRGB cannot show', () => {
    const [r, g] = labToSrgb(50, -120, 0);
    expect(r).toBeLessThan(0);
    expect(g).toBeLessThan(1);
    expect(labToSrgb(99, 60, 0)[0]).toBeGreaterThan(1);
  });

  it('undoes the transfer curve on both of its parts', () => {
    for (const v of [-0.2, 0, 0.001, 0.0404, 0.0405, 0.5, 1]) expect(linearToSrgb(srgbToLinear(v))).toBeCloseTo(v, 6);
  });
});

describe('planes of a picture', () => {
  const bytes = Uint8Array.from(fixture.rgb8.flat());
  const words = Uint16Array.from(fixture.rgb16.flat());

  it('stay within 0.0005 of the exact value, 8 and 16 bit', () => {
    for (const [rgb, lab] of [[bytes, fixture.lab8], [words, fixture.lab16]] as const) {
      const { L, a, b } = labPlanes(rgb);
      lab.forEach((exact, k) => expectNear([L[k], a[k], b[k]], exact, 0.0005));
    }
  });

  it('stay within 0.0005 all along the threshold of the curve', () => {
    let worst = 0;
    for (let k = 0; k < 64 ** 3; k++) {
      const rgb = [k >> 12, (k >> 6) & 63, k & 63] as const;
      const exact = srgbToLab(...rgb);
      const ab = interpolatedAb(...rgb, new Float64Array(2));
      worst = Math.max(worst, Math.abs(ab[0] - exact[1]), Math.abs(ab[1] - exact[2]));
    }
    expect(worst).toBeLessThan(0.0005);
  });

  it('have the lightness that lightnessOf gives', () => {
    expect(lightnessOf(bytes)).toEqual(labPlanes(bytes).L);
    expect(lightnessOf(words)).toEqual(labPlanes(words).L);
  });
});
