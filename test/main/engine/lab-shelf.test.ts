/** Runs of the laboratories as a window lists and reads them, on real folders. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runRegularization } from '../../../src/main/core/labs/regularization/experiment.js';
import { runSweep } from '../../../src/main/core/labs/regularization/sweep.js';
import { quietContext } from '../../../src/main/core/job.js';
import { labsAnswers } from '../../../src/main/engine/answers/labs.js';
import { LabShelf } from '../../../src/main/engine/lab-shelf.js';
import { SettingsStore } from '../../../src/main/engine/settings-store.js';
import { checked } from '../../../src/shared/contract/check.js';
import { REQUESTS } from '../../../src/shared/contract/requests.js';
import { REGULARIZATION_PRESETS, SWEEP_DEFAULT } from '../../../src/shared/labs/regularization/presets.js';
import { parametersOfSizes, unpackedNetworks } from '../../../src/shared/labs/regularization/packed-layers.js';
import { sparsityOf } from '../../../src/shared/labs/regularization/weights.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const place = await temporaryFolder('lab-shelf');
const home = join(place, 'labs');
const post = REGULARIZATION_PRESETS.post.config;
const config = { ...post, runs: 2, epochs: 6, penalty: { ...post.penalty, kinds: ['l1-proximal' as const, 'l2' as const] } };
const shelf = new LabShelf(new SettingsStore(join(place, 'settings')), home);
const answers = labsAnswers(shelf, (job) => ({ 'regularization-1': { out: join(home, 'penalties') }, 'film-2': { run: join(home, 'penalties'), out: place } })[job]);

describe('runs of the laboratories', () => {
  beforeAll(async () => {
    await runRegularization({ config, out: join(home, 'penalties') }, quietContext());
    await runSweep({ config: { ...SWEEP_DEFAULT, epochs: 2, sweep: { lambdas: [0, 0.1], folds: 2 } }, out: join(place, 'elsewhere', 'sweep') }, quietContext());
    mkdirSync(join(home, 'broken'));
    writeFileSync(join(home, 'broken', 'lab.json'), '{"schemaVersion": 1, "kind": "sweep"}');
    mkdirSync(join(home, 'torn'));
    writeFileSync(join(home, 'torn', 'lab.json'), '{"schemaVersion": 1, "kin');
    mkdirSync(join(home, 'no run'));
  });

  it('are listed with what came out; one that cannot be read says why, other folders are passed over', async () => {
    const list = checked(REQUESTS.listLabs.reply, await answers.listLabs({}), 'listLabs');
    expect(list.map(({ name, state }) => [name, state]).sort()).toEqual([['broken', 'unreadable'], ['penalties', 'finished'], ['torn', 'unreadable']]);
    expect(list.find(({ name }) => name === 'broken')?.reason).toContain(`${join(home, 'broken', 'lab.json')} is damaged: `);
    // The list of its kind tells of it.
    expect(list.find(({ name }) => name === 'broken')?.kind).toBe('sweep');
    expect(list.find(({ name }) => name === 'torn')).toMatchObject({ reason: expect.stringContaining('it is no whole JSON text') as string });
    expect(list.find(({ name }) => name === 'penalties')?.figures).toMatch(/^error: L1, proximal [\d.]+ ± [\d.]+ · L2 [\d.]+ ± [\d.]+$/);
  });

  it('one that lies elsewhere is remembered once it was opened', async () => {
    const { id } = await answers.openLab({ path: join(place, 'elsewhere', 'sweep') });
    expect((await answers.listLabs({})).map((lab) => lab.id)).toContain(id);
    const details = checked(REQUESTS.readLab.reply, await answers.readLab({ lab: id, points: 100 }), 'readLab');
    expect(details.kind === 'sweep' && details.result?.points.map(({ lambda }) => lambda)).toEqual(expect.arrayContaining([0, 0.1]));
  });

  it('are read with points, reports and result, and with the weights of every epoch', async () => {
    const lab = shelf.introduce(join(home, 'penalties'));
    const details = checked(REQUESTS.readLab.reply, await answers.readLab({ lab, points: 100 }), 'readLab');
    if (details.kind !== 'regularization') throw new Error('another kind');
    expect(details.reports.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(details.points[0].x).toHaveLength(50);

    const read = checked(REQUESTS.readLabWeights.reply, await answers.readLabWeights({ lab, first: 5, count: 1000 }), 'readLabWeights');
    expect(read).toMatchObject({ records: 7, first: 5, count: 2, sizes: [1, 10, 10, 10, 1] });
    const numbers = new Float32Array(new Uint8Array(Buffer.from(read.values, 'base64')).buffer);
    const each = read.members.length * parametersOfSizes(read.sizes);
    const last = unpackedNetworks(numbers.subarray(each), read.members.length, read.sizes);
    // The weights at the last epoch are those that the result counted.
    const counted = details.result?.penalties.flatMap(({ runs }) => runs.map(({ sparsity }) => sparsity));
    expect(last.map((layers) => sparsityOf(layers, config.threshold))).toEqual(counted);
    expect((await answers.readLabWeights({ lab, first: 99, count: 1 })).count).toBe(0);
  });

  it('get a free place, a new name, and are found by the job that writes them', async () => {
    expect((await answers.placeForLab({ name: 'penalties' })).path).toBe(join(home, 'penalties 2'));
    expect(await answers.labOfJob({ id: 'regularization-1' })).toEqual({ path: join(home, 'penalties'), id: shelf.introduce(join(home, 'penalties')) });
    expect(await answers.labOfJob({ id: 'film-2' })).toBeNull();
    const renamed = await answers.renameLab({ lab: shelf.introduce(join(home, 'penalties')), name: 'first try' });
    expect(renamed).toMatchObject({ name: 'first try', path: join(home, 'first try'), state: 'finished' });
    await expect(answers.renameLab({ lab: renamed.id, name: 'broken' })).rejects.toThrow('broken is there already. Choose another name.');
  });

  it('one that a killed process left is interrupted, and can be put away', async () => {
    const path = join(home, 'first try');
    const file = { ...(await answers.readLab({ lab: shelf.introduce(path), points: 10 })).file, state: 'training' };
    writeFileSync(join(path, 'lab.json'), JSON.stringify(file));
    expect((await answers.listLabs({})).find(({ name }) => name === 'first try')).toMatchObject({ state: 'interrupted', figures: undefined });
    await shelf.discard(shelf.introduce(path), async (from) => {
      renameSync(from, join(place, 'bin'));
      return 'the bin';
    });
    expect((await answers.listLabs({})).map(({ name }) => name)).not.toContain('first try');
  });
});
