import { describe, expect, it } from 'vitest';
import { byteOfLinear, chromaShare, wordOfLinear, writeFittedRgb } from '../../../src/shared/colour/gamut.js';
import { srgbToLab, type LabPlanes } from '../../../src/shared/colour/lab.js';
import { linearToSrgb } from '../../../src/shared/colour/srgb.js';

/** Every L from 0 to 100 in steps of 2 with every a and b from -109 to 109 in steps of 6, inside sRGB and far outside. */
function denseGrid(): LabPlanes {
  const points: [number, number, number][] = [];
  for (let L = 0; L <= 100; L += 2) {
    for (let a = -109; a <= 109; a += 6) for (let b = -109; b <= 109; b += 6) points.push([L, a, b]);
  }
  return planesOf(points);
}

function planesOf(points: [number, number, number][]): LabPlanes {
  return {
    L: Float32Array.from(points, (p) => p[0]),
    a: Float32Array.from(points, (p) => p[1]),
    b: Float32Array.from(points, (p) => p[2]),
  };
}

function labOf(rgb: Uint8Array | Uint16Array, pixel: number): [number, number, number] {
  const scale = rgb instanceof Uint16Array ? 257 : 1;
  return srgbToLab(rgb[3 * pixel] / scale, rgb[3 * pixel + 1] / scale, rgb[3 * pixel + 2] / scale);
}

describe('fitting chroma into sRGB', () => {
  const grid = denseGrid();
  const rgb = new Uint8Array(grid.L.length * 3);
  writeFittedRgb(grid, rgb);

  it('keeps L within 0.5 after rounding to 8 bits, everywhere', () => {
    let worst = 0;
    grid.L.forEach((L, i) => (worst = Math.max(worst, Math.abs(labOf(rgb, i)[0] - L))));
    expect(worst).toBeLessThan(0.5);
  });

  it('keeps L within 0.15 in 16 bits', () => {
    const words = new Uint16Array(grid.L.length * 3);
    writeFittedRgb(grid, words);
    let worst = 0;
    grid.L.forEach((L, i) => (worst = Math.max(worst, Math.abs(labOf(words, i)[0] - L))));
    expect(worst).toBeLessThan(0.15);
  });

  it('keeps the hue and never adds chroma', () => {
    grid.L.forEach((L, i) => {
      const [a, b] = [grid.a[i], grid.b[i]];
      const [, fittedA, fittedB] = labOf(rgb, i);
      const across = Math.abs(fittedA * b - fittedB * a) / Math.hypot(a, b);
      const along = (fittedA * a + fittedB * b) / Math.hypot(a, b);
      if (across > 2.5) expect([L, a, b, across]).toEqual([]);
      if (along > Math.hypot(a, b) + 2.5) expect([L, a, b, along]).toEqual([]);
    });
  });

  it('goes to the border of sRGB and no further in', () => {
    grid.L.forEach((L, i) => {
      const share = chromaShare(L, grid.a[i], grid.b[i]);
      if (share === 1 || L === 0 || L === 100) return;
      const beyond = share + 0.02;
      if (chromaShare(L, grid.a[i] * beyond, grid.b[i] * beyond) === 1) expect([L, grid.a[i], grid.b[i]]).toEqual([]);
    });
  });

  it('leaves colours that sRGB has as they are', () => {
    const levels = [0, 1, 2, 17, 90, 128, 200, 254, 255];
    const colours = levels.flatMap((r) => levels.flatMap((g) => levels.map((b) => [r, g, b] as const)));
    const planes = planesOf(colours.map(([r, g, b]) => srgbToLab(r, g, b)));
    const back = new Uint8Array(colours.length * 3);
    writeFittedRgb(planes, back);
    expect([...back]).toEqual(colours.flat());
  });

  it('writes from a pixel on and leaves the rest alone', () => {
    const out = new Uint8Array(9).fill(7);
    writeFittedRgb(planesOf([[100, 0, 0]]), out, 1);
    expect([...out]).toEqual([7, 7, 7, 255, 255, 255, 7, 7, 7]);
  });
});

describe('levels of linear light', () => {
  it('rounds to the same byte as the curve does', () => {
    for (let k = 0; k <= 200_000; k++) {
      const v = k / 200_000;
      if (byteOfLinear(v) !== Math.round(255 * linearToSrgb(v))) expect.fail(`${v}: ${byteOfLinear(v)}`);
    }
    expect([byteOfLinear(-0.1), byteOfLinear(1.1)]).toEqual([0, 255]);
  });

  it('comes within a level of the curve in 16 bits', () => {
    for (let k = 0; k <= 200_000; k++) {
      const v = k / 200_000;
      if (Math.abs(wordOfLinear(v) - 65535 * linearToSrgb(v)) > 1) expect.fail(`${v}: ${wordOfLinear(v)}`);
    }
    expect([wordOfLinear(-0.1), wordOfLinear(1.1)]).toEqual([0, 65535]);
  });
});
