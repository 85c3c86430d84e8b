import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { paintPicture } from '../../../../src/main/core/colorizing/painted-picture.js';
import { Painters } from '../../../../src/main/core/colorizing/painters.js';
import type { PaintingTask } from '../../../../src/main/core/colorizing/painting-thread.js';
import { decodePhoto } from '../../../../src/main/core/photos/decode.js';

const folder = fileURLToPath(new URL('../../../../resources/photographs/training', import.meta.url));
const photographs = readdirSync(folder).filter((name) => name.endsWith('.jpg')).map((name) => join(folder, name));

/** A photograph with colours from one corner of the gamut to the other, some of which no lightness has in sRGB. */
async function task(path: string, depth: 8 | 16): Promise<PaintingTask> {
  const pixels = await decodePhoto(path, { depth });
  const cells = { width: Math.ceil(pixels.width / 4), height: Math.ceil(pixels.height / 4) };
  const plane = (value: (i: number) => number) => Float32Array.from({ length: cells.width * cells.height }, (_, i) => value(i));
  const coarse = { ...cells, L: plane((i) => (i * 7) % 100), a: plane((i) => ((i * 13) % 200) - 100), b: plane((i) => ((i * 29) % 200) - 100) };
  return { pixels, seen: { width: pixels.width, height: pixels.height }, coarse, stride: 4 };
}

let painters: Painters;
afterEach(() => painters.close());

describe('pictures painted beside the network', () => {
  it.each([8, 16] as const)('are, bit for bit, what one thread paints (%i bits a sample), and leave the photograph as it was', async (depth) => {
    const tasks = await Promise.all(photographs.slice(0, 9).map((path) => task(path, depth)));
    painters = new Painters(tasks.length);
    const painted = await Promise.all(tasks.map((one) => painters.paint(one)));
    for (const [k, { pixels, seen, coarse, stride }] of tasks.entries()) {
      const expected = await paintPicture(pixels, seen, coarse, stride);
      expect(painted[k].depth).toBe(depth);
      expect(Buffer.from(painted[k].data.buffer).equals(Buffer.from(expected.data.buffer))).toBe(true);
    }
  });

  it('are not waited for for ever when the threads end', async () => {
    painters = new Painters(100);
    const painted = painters.paint(await task(photographs[0], 8));
    const refused = expect(painted).rejects.toThrow(/threads were ended/);
    await painters.close();
    await refused;
  });
});
