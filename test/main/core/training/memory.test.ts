import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { heldTensors } from '../../../../src/main/core/graph/session.js';
import { train } from '../../../../src/main/core/training/index.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { Recorder } from './recorder.js';
import { smallConfig, smallSet } from './small-set.js';

const MEGABYTE = 2 ** 20;

describe('a long training', () => {
  it('takes no more memory at step 2,000 than before, and stays below 1.5 GB', async () => {
    const place = await temporaryFolder('memory');
    process.env['CHROMABENCH_CACHE'] = join(place, 'cache');
    const tensors = heldTensors();
    const recorder = new Recorder();
    const config = smallConfig('budget.steps=2000', 'reports.every=50', 'checkpoints.every=500', 'previews.photos=0', 'encoding.kind=soft');
    await train({ folder: await smallSet(30), out: join(place, 'run'), config }, recorder);
    expect(heldTensors()).toBe(tensors);

    const highest = (from: number, to: number) => Math.max(...recorder.metrics.filter(({ step }) => step > from && step <= to).map(({ memory }) => memory));
    expect(highest(1500, 2000) - highest(500, 1000)).toBeLessThan(50 * MEGABYTE);
    expect(highest(0, 2000)).toBeLessThan(1500 * MEGABYTE);
  }, 600_000);
});
