import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readClusterRecord } from '../../../../src/main/core/cluster/cluster-record.js';
import { heldTensors } from '../../../../src/main/core/graph/session.js';
import { openColorizer, openRun } from '../../../../src/main/core/runs/index.js';
import { RunWriter } from '../../../../src/main/core/runs/run-writer.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

/** Runs as every version of the format wrote them, kept for good: a new version adds a folder here. */
const fixture = (version: number) => fileURLToPath(new URL(`../../../fixtures/runs/version-${version}`, import.meta.url));

describe('a run of format 1', () => {
  it('opens', async () => {
    const run = await openRun(fixture(1));
    expect(run).toMatchObject({ state: 'finished', file: { steps: 20, step: 20, data: { folder: '/home/someone/photographs' } } });
    const { Q } = run.file.network;
    expect((await run.bins()).Q).toBe(Q);
    expect((await run.prior()).bins.reduce((sum, { prior, weight }) => sum + prior * weight, 0)).toBeCloseTo(1, 6);
    expect(await run.colours()).toBeUndefined();
    expect((await run.split()).training).toHaveLength(run.file.data.training);
    expect((await run.metrics()).map(({ step }) => step)).toEqual([5, 10, 15, 20]);
    expect((await run.checkpoints()).at(-1)!.step).toBe(20);
    expect((await run.previews()).map(({ step }) => step)).toEqual([10, 20]);
    expect(await run.log()).toContain('finished at step 20 of 20');
  });

  it('opens where a cluster has trained it', async () => {
    const copy = join(await temporaryFolder('old'), 'run');
    await cp(fixture(1), copy, { recursive: true });
    await cp(fileURLToPath(new URL('../../../fixtures/runs/version-1-cluster', import.meta.url)), copy, { recursive: true });
    const run = await openRun(copy);
    expect(run.file).toMatchObject({ state: 'finished', cluster: { workers: 2 } });
    expect(run.file.machine).toBeUndefined();
    expect(await readClusterRecord(copy)).toMatchObject({ workers: 2, state: 'ended', start: null });
  });

  it('colorizes', async () => {
    const tensors = heldTensors();
    const colorizer = await openColorizer(fixture(1), { checkpoint: 'newest' });
    const { ab, height, width } = colorizer.decode({ lightness: new Float32Array(64 * 48).fill(60) }, { height: 64, width: 48 }, 0.38);
    colorizer.close();
    expect([height, width]).toEqual([16, 12]);
    expect(ab.every((value) => Math.abs(value) < 110)).toBe(true);
    expect(heldTensors()).toBe(tensors);
  });

  it('can be taken up', async () => {
    const copy = join(await temporaryFolder('old'), 'run');
    await cp(fixture(1), copy, { recursive: true });
    const writer = await RunWriter.resume(copy);
    expect((await writer.newestCheckpoint())?.file).toMatchObject({ step: 20, unreported: { steps: 0 } });
    await writer.close();
  });
});
