import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { colorizePicture } from '../../../../src/main/core/colorizing/colorize-picture.js';
import type { NetworkInput } from '../../../../src/main/core/colorizing/predictor.js';
import { seenSize } from '../../../../src/main/core/colorizing/seen-picture.js';
import { decodePhoto, type EightBitPixels, type SixteenBitPixels } from '../../../../src/main/core/photos/decode.js';
import { srgbToLab, labPlanes, lightnessOf } from '../../../../src/shared/colour/lab.js';
import { ColourAccuracy, peakSignalToNoise } from '../../../../src/shared/colour/metrics.js';
import { describeWithSamples, sharedPath } from '../../../helpers/shared.js';
import { oracleOf, rulePredictor } from './predictors.js';

/** A picture by a rule of its pixels. */
function picture(width: number, height: number, rule: (x: number, y: number) => [number, number, number]): EightBitPixels {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, p = 0; y < height; y++) for (let x = 0; x < width; x++, p += 3) data.set(rule(x, y), p);
  return { width, height, channels: 3, depth: 8, data };
}

const grayRamp = (width: number, height: number) =>
  picture(width, height, (x, y) => Array(3).fill(Math.round((255 * (x + y)) / Math.max(1, width + height - 2))) as [number, number, number]);

function worstLightnessChange(before: EightBitPixels, after: EightBitPixels): number {
  const [old, now] = [lightnessOf(before.data), lightnessOf(after.data)];
  return old.reduce((worst, L, i) => Math.max(worst, Math.abs(L - now[i])), 0);
}

describe('the size at which a picture is seen', () => {
  it.each([
    [256, 256, 256, 256, 256],
    [6000, 4000, 160, 240, 160],
    [375, 6000, 256, 256, 4096],
    [100, 50, 256, 512, 256],
    [1, 1, 256, 256, 256],
  ])('of %i x %i for a side of %i is %i x %i', (width, height, side, seenWidth, seenHeight) => {
    expect(seenSize(width, height, side)).toEqual({ width: seenWidth, height: seenHeight });
  });

  it('stays bounded for a thread of pixels', () => {
    const { width, height } = seenSize(1, 60_000, 256);
    expect(width * height).toBeLessThanOrEqual(2 ** 22 * 1.1);
    expect(width).toBeGreaterThanOrEqual(1);
  });
});

describe('a colorized picture', () => {
  const vivid = () => rulePredictor((L) => [60 - L, L - 30]);

  it.each([[1, 1], [1, 300], [300, 1], [60, 2400], [2000, 125], [97, 41]])('of %i x %i pixels keeps size and lightness', async (width, height) => {
    const before = grayRamp(width, height);
    const after = await colorizePicture(before, vivid(), 1);
    expect([after.width, after.height, after.data.length]).toEqual([width, height, width * height * 3]);
    expect(worstLightnessChange(before, after)).toBeLessThan(0.5);
  });

  it('has colour in its border pixels too', async () => {
    const after = await colorizePicture(picture(200, 120, () => [119, 119, 119]), rulePredictor(() => [40, -30]), 1);
    const expected = srgbToLab(after.data[0], after.data[1], after.data[2]);
    expect(Math.hypot(expected[1] - 40, expected[2] + 30)).toBeLessThan(1);
    for (let p = 0; p < after.data.length; p += 3) expect(after.data.subarray(p, p + 3)).toEqual(after.data.subarray(0, 3));
  });

  it('of a gray card stays neutral where the network is certain of gray', async () => {
    const after = await colorizePicture(grayRamp(256, 256), rulePredictor(() => [0.2, -0.3]), 1);
    const { a, b } = labPlanes(after.data);
    a.forEach((v, i) => expect(Math.hypot(v, b[i])).toBeLessThan(1.5));
  });

  it('does not depend on a tint of the scan', async () => {
    const gray = grayRamp(128, 96);
    const sepia = await colorizePicture(gray, rulePredictor(() => [8, 22]), 1);
    const [fromGray, fromSepia] = [await colorizePicture(gray, vivid(), 1), await colorizePicture(sepia, vivid(), 1)];
    expect(peakSignalToNoise(fromGray.data, fromSepia.data)).toBeGreaterThan(45);
  });

  it('shows no seam between windows', async () => {
    const places = rulePredictor((L) => [L - 50, 0], { seenSide: 64, stride: 4, Q: 60_000 });
    const before = picture(2400, 60, (x) => Array(3).fill(Math.round(127 + 100 * Math.sin(x / 200))) as [number, number, number]);
    const inWindows = await colorizePicture(before, places, 1);
    expect(places.calls.length).toBeGreaterThan(3);
    const whole = await colorizePicture(before, rulePredictor((L) => [L - 50, 0]), 1);
    expect(peakSignalToNoise(whole.data, inWindows.data)).toBeGreaterThan(60);
  });

  it('fades from window to window where their answers differ', async () => {
    let call = 0;
    const moody = { ...rulePredictor(() => [0, 0], { Q: 60_000 }), decode: (_: NetworkInput, size: { width: number; height: number }) => {
      const [width, height] = [Math.ceil(size.width / 4), Math.ceil(size.height / 4)];
      return { width, height, ab: new Float32Array(width * height * 2).fill(call++ % 2 ? 20 : -20) };
    } };
    const after = await colorizePicture(picture(1200, 60, () => [119, 119, 119]), moody, 1);
    const { a } = labPlanes(after.data.subarray(0, 1200 * 3));
    for (let x = 1; x < 1200; x++) expect(Math.abs(a[x] - a[x - 1])).toBeLessThan(3);
  });

  it('keeps 16 bits', async () => {
    const width = 300;
    const data = new Uint16Array(width * 50 * 3).map((_, i) => 20_000 + Math.floor(i / 3) % width);
    const before: SixteenBitPixels = { width, height: 50, channels: 3, depth: 16, data };
    const after = await colorizePicture(before, rulePredictor(() => [15, 10]), 1);
    expect(after.depth).toBe(16);
    expect(new Set(after.data.subarray(0, width * 3).filter((_, i) => i % 3 === 1)).size).toBeGreaterThan(250);
    const [L] = srgbToLab(after.data[0] / 257, after.data[1] / 257, after.data[2] / 257);
    expect(L).toBeCloseTo(srgbToLab(20_000 / 257, 20_000 / 257, 20_000 / 257)[0], 1);
  });

  it('hands the temperature on', async () => {
    const told: number[] = [];
    const predictor = rulePredictor(() => [0, 0]);
    await colorizePicture(grayRamp(64, 64), { ...predictor, decode: (L, size, T) => (told.push(T), predictor.decode(L, size, T)) }, 0.38);
    expect(told).toEqual([0.38]);
  });
});

describeWithSamples('a network that knew the answer', () => {
  const folder = sharedPath('data/sample_cc0_256/forest');

  it('loses little to the coarse grid, the way back to full size and the fit into sRGB', async () => {
    const accuracy = new ColourAccuracy();
    let psnr = 0;
    const names = readdirSync(folder);
    for (const name of names) {
      const truth = await decodePhoto(`${folder}/${name}`);
      const after = await colorizePicture(truth, await oracleOf(truth, { seenSide: 256 }), 1);
      expect(worstLightnessChange(truth, after)).toBeLessThan(0.5);
      accuracy.add(labPlanes(truth.data), labPlanes(after.data));
      psnr += peakSignalToNoise(truth.data, after.data) / names.length;
    }
    expect(accuracy.auc()).toBeGreaterThan(97);
    expect(psnr).toBeGreaterThan(30);
  });
});
