import { describe, expect, it } from 'vitest';
import { lookAt } from '../../../../src/main/core/graph-running/result-look.js';
import { resultPicture } from '../../../../src/main/core/graph-running/result-picture.js';
import type { Port } from '../../../../src/main/core/graph-running/runnable.js';
import { TYPE } from '../../../../src/main/core/graph-files/data-types.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';
import { weightColour } from '../../../../src/shared/charts/colour-scale.js';

const port: Port = { name: 'y', type: TYPE.float32, carrier: { by: 'itself', type: 'float32' }, tensor: 'y:0' };

async function colours(values: number[], shape: number[]): Promise<string[]> {
  const { data, info } = await sharp(await resultPicture('y', shape, Float32Array.from(values))).raw().toBuffer({ resolveWithObject: true });
  return Array.from({ length: info.width * info.height }, (_, i) => `#${data.subarray(i * info.channels, i * info.channels + 3).toString('hex')}`);
}

describe('what a node gave', () => {
  it('is told by its first values, also where they are no finite numbers', async () => {
    const { first } = await lookAt({ shape: [4], values: Float32Array.of(1, NaN, Infinity, -Infinity) }, port);
    expect(first).toEqual([1, 'NaN', 'Infinity', '-Infinity']);
  });

  it('is painted on the diverging scale where there are values below zero, one scale for all of its tiles', async () => {
    expect(await colours([-4, 0, 4, NaN], [2, 2])).toEqual([weightColour(-1), '#ffffff', weightColour(1), '#000000']);
    const [first, , second] = await colours([-4, 1, 2, 2], [1, 1, 2, 2]).then((row) => [row[0], row[1], row[3]]);
    expect([first, second]).toEqual([weightColour(-1), weightColour(32 / 127)]);
  });

  it('is gray where all values are of one sign', async () => {
    expect(await colours([1, 2, 3, 3], [2, 2])).toEqual(['#000000', '#808080', '#ffffff', '#ffffff']);
  });
});
