/**
 * Whole colorized pictures against kept ones. A change that alters colours on purpose makes them anew:
 * GOLDEN=write npx vitest run test/main/core/colorizing/golden.test.ts - look at them before they are kept.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { colorizePicture } from '../../../../src/main/core/colorizing/colorize-picture.js';
import { encodePicture } from '../../../../src/main/core/colorizing/picture-file.js';
import { decodePhoto, type EightBitPixels } from '../../../../src/main/core/photos/decode.js';
import { rulePredictor } from './predictors.js';

const fixtures = new URL('../../../fixtures/colorizing/', import.meta.url);

/** Most levels that a sample may differ, and the mean over all: other processors and libraries round otherwise. */
const MOST = 3;
const MEAN = 0.2;

function differences(one: EightBitPixels, other: EightBitPixels): { most: number; mean: number } {
  expect([one.width, one.height]).toEqual([other.width, other.height]);
  let [most, sum] = [0, 0];
  one.data.forEach((v, i) => {
    const difference = Math.abs(v - other.data[i]);
    most = Math.max(most, difference);
    sum += difference;
  });
  return { most, mean: sum / one.data.length };
}

/** Blue above, warm where it is bright, green where it is dark: strong colours that partly leave sRGB. */
const painter = () => rulePredictor((L, _, y) => (y < 5 ? [-5, -45] : L > 55 ? [25, 60] : [-45, 35]), { seenSide: 48, stride: 4 });

describe('golden pictures', () => {
  it.each(['0', '1', '2'])('photograph %s comes out as it always did', async (name) => {
    const photograph = await decodePhoto(readFileSync(new URL(`accuracy/truth/${name}.png`, fixtures)));
    const colorized = await colorizePicture(photograph, painter(), 1);
    const golden = new URL(`golden/${name}.png`, fixtures);
    if (process.env.GOLDEN === 'write') writeFileSync(golden, await encodePicture(colorized, 'png', { exif: {} }));
    const { most, mean } = differences(colorized, await decodePhoto(readFileSync(golden)));
    expect(most).toBeLessThanOrEqual(MOST);
    expect(mean).toBeLessThanOrEqual(MEAN);
  });

  it('are told apart from pictures whose colours have moved a little', async () => {
    const golden = await decodePhoto(readFileSync(new URL('golden/0.png', fixtures)));
    const oneSample = { ...golden, data: golden.data.map((v, i) => (i === 3000 ? v ^ 8 : v)) };
    const everySample = { ...golden, data: golden.data.map((v) => v ^ 1) };
    expect(differences(golden, golden)).toEqual({ most: 0, mean: 0 });
    expect(differences(golden, oneSample).most).toBeGreaterThan(MOST);
    expect(differences(golden, everySample).mean).toBeGreaterThan(MEAN);
  });
});
