/** The recipe of old scans, by closed forms and by the statistics of what chance does. */
import { describe, expect, it } from 'vitest';
import { wearLightness, wornPhoto } from '../../../../src/main/core/evaluation/wear.js';
import type { EightBitPixels } from '../../../../src/main/core/photos/decode.js';
import { drawWear } from '../../../../src/main/core/training/drawn-wear.js';
import { labPlanes } from '../../../../src/shared/colour/lab.js';
import { Random } from '../../../../src/shared/random.js';
import { WEARS, type Wear } from '../../../../src/shared/run/evaluation.js';

const size = { width: 256, height: 256 };
const even = (L: number) => new Float32Array(size.width * size.height).fill(L);
function worn(wear: Wear, L: Float32Array, random = new Random('a scan')): Float32Array {
  const copy = L.slice();
  wearLightness(wear, copy, size, random);
  return copy;
}
const photo: EightBitPixels = { width: 40, height: 30, channels: 3, data: Uint8Array.from({ length: 3600 }, (_, i) => (i * 7) % 256) } as EightBitPixels;

describe('an old scan', () => {
  it('fades along the lines that are stated', () => {
    const ramp = Float32Array.of(0, 50, 100);
    wearLightness('faded', ramp, { width: 3, height: 1 }, new Random(1));
    expect([...ramp]).toEqual([38, 60.5, 83]);
    const toned = Float32Array.of(0, 50, 100);
    wearLightness('sepia', toned, { width: 3, height: 1 }, new Random(1));
    toned.forEach((L, k) => expect(L).toBeCloseTo([12, 51, 90][k], 4));
  });

  it('has grain of deviation 8 about the lightness, normally distributed and independent', () => {
    const grain = worn('grainy', even(50)).map((L) => L - 50);
    const mean = (value: (g: number, i: number) => number) => grain.reduce((sum, g, i) => sum + value(g, i), 0) / grain.length;
    // Five standard errors each; of 65,536 numbers.
    expect(Math.abs(mean((g) => g))).toBeLessThan((5 * 8) / 256);
    expect(Math.abs(Math.sqrt(mean((g) => g * g)) - 8)).toBeLessThan((5 * 8) / 256 / Math.SQRT2);
    expect(Math.abs(mean((g) => (Math.abs(g) < 8 ? 1 : 0)) - 0.6827)).toBeLessThan(0.01);
    expect(Math.abs(mean((g, i) => (g * (grain[i + 1] ?? 0)) / 64))).toBeLessThan(5 / 256);
  });

  it('is scratched in two tones only, about as much as 14 scratches and 40 specks cover', () => {
    const marks = worn('scratched', even(50)).filter((L) => L !== 50);
    expect(new Set(marks)).toEqual(new Set([92, 10]));
    // 14 scratches of 0.65 of the height, 40 squares of (1 + 4 + 9 + 16) / 4 pixels: about 2,630; some cross, some leave the picture.
    expect(marks.length).toBeGreaterThan(0.6 * 2630);
    expect(marks.length).toBeLessThan(1.3 * 2630);
  });

  it('is toned at hue b/a = 3 where it is sepia, otherwise gray', () => {
    const { L, a, b } = labPlanes(wornPhoto(photo, 'sepia', 'x').data);
    L.forEach((lightness, i) => {
      const t = (4 * lightness * (100 - lightness)) / 1e4;
      expect(Math.abs(a[i] - 8 * t)).toBeLessThan(1.5);
      expect(Math.abs(b[i] - 24 * t)).toBeLessThan(1.5);
    });
    for (const wear of ['faded', 'grainy', 'scratched'] as const) {
      const { data } = wornPhoto(photo, wear, 'x');
      // Rounded to 8 bits.
      data.forEach((value, i) => expect(Math.abs(value - data[i - (i % 3)])).toBeLessThanOrEqual(1));
    }
  });

  it.each(WEARS)('of one photograph is always the same: %s', (wear) => {
    expect(wornPhoto(photo, wear, 'x')).toEqual(wornPhoto(photo, wear, 'x'));
    const differs = !Buffer.from(wornPhoto(photo, wear, 'x').data).equals(Buffer.from(wornPhoto(photo, wear, 'y').data));
    expect(differs).toBe(wear === 'grainy' || wear === 'scratched');
  });
});

describe('pieces of a training', () => {
  it('are worn as often as is asked, by every recipe', () => {
    const share = Array.from({ length: 400 }, (_, k) => {
      const L = new Float32Array(32 * 32).fill(50);
      drawWear(L, 32, 0.5, new Random('piece', k));
      return L.every((value) => value === 50) ? 0 : 1;
    }).reduce<number>((sum, one) => sum + one, 0) / 400;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.1);
    const untouched = new Float32Array(16).fill(50);
    drawWear(untouched, 4, 0, new Random(1));
    expect([...untouched]).toEqual(Array(16).fill(50));
  });
});
