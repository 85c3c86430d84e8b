import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { Counters } from '../../../../src/main/core/photos/counters.js';
import { decodePhoto, type EightBitPixels } from '../../../../src/main/core/photos/decode.js';
import { factsOfPixels } from '../../../../src/main/core/photos/pixel-facts.js';

const folder = fileURLToPath(new URL('../../../../resources/photographs/training', import.meta.url));
const photographs = readdirSync(folder).filter((name) => name.endsWith('.jpg')).map((name) => join(folder, name));

let counters: Counters;
afterEach(() => counters.close());

describe('photographs counted in threads', () => {
  it('have the very facts and counts that one thread finds, gray ones and those of several frames, too', async () => {
    const gray: EightBitPixels = { width: 64, height: 64, channels: 3, depth: 8, data: new Uint8Array(64 * 64 * 3).fill(90) };
    const pixels = [...(await Promise.all(photographs.slice(0, 12).map((path) => decodePhoto(path)))), gray];
    counters = new Counters(1000);
    const found = await Promise.all(pixels.map((one, k) => counters.look(one, { severalFrames: k === 1 })));
    expect(found).toEqual(pixels.map((one, k) => factsOfPixels(one, { severalFrames: k === 1 })));
    expect(found.at(-1)?.facts).toMatchObject({ usable: false, fate: 'gray' });
    expect(found[1].facts).toMatchObject({ note: expect.stringContaining('Several frames') as unknown });
  });

  it('are not waited for for ever when the threads end', async () => {
    counters = new Counters(1000);
    const found = counters.look(await decodePhoto(photographs[0]), { severalFrames: false });
    const refused = expect(found).rejects.toThrow(/threads were ended/);
    await counters.close();
    await refused;
  });
});
