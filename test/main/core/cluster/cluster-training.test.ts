/** A training handed to a cluster that breaks, lies or falls silent; what a real one does is tested in test/e2e/cluster.test.ts. */
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attachToCluster, resumeOnCluster, stopOnCluster, trainOnCluster } from '../../../../src/main/core/cluster/index.js';
import type { JobContext } from '../../../../src/main/core/job.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { StopAsked } from '../../../../src/main/core/stop-asked.js';
import { resumeTraining, train } from '../../../../src/main/core/training/index.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { smallConfig, smallSet } from '../training/small-set.js';
import { FakeHead, type FakeJob } from './fake-head.js';

const STEPS = 20;
const config = smallConfig(`budget.steps=${STEPS}`, 'reports.every=5', 'checkpoints.every=10', 'previews.photos=0');
const patience = { askMs: 100, againMs: 20, lastAgainMs: 50, goneMs: 600 };
const ENDINGS = ['.index', '.data-00000-of-00001'];

let photographs: string;
let place: string;
let head: FakeHead;
/** Files of a checkpoint that fits. */
let weights: Buffer[];
let count = 0;
const runAt = () => join(place, `run-${(count += 1)}`);
const read = async <T>(...parts: string[]) => JSON.parse(await readFile(join(...parts), 'utf8')) as T;
const recordOf = (run: string) => read<{ state: string; job: string }>(run, 'cluster.json');
const stateOf = async (run: string) => (await read<{ state: string }>(run, 'run.json')).state;

/** A context that can be left or stopped, and remembers what it was told. */
function watched() {
  const [aborter, notes] = [new AbortController(), [] as string[]];
  const context: JobContext = { signal: aborter.signal, progress: { progress: () => {}, note: (message) => void notes.push(message), emit: () => {} } };
  return { context, notes, leave: () => aborter.abort(new Error('the program ends')), stop: () => aborter.abort(new StopAsked()) };
}

const options = (out: string) => ({ folder: photographs, out, config, address: head.address, workers: 2, storage: '/storage', patience });

function steps(job: FakeJob, from: number, to: number): void {
  job.tell('steps', { memory: 1, steps: Array.from({ length: to - from + 1 }, (_, k) => [from + k, 3 - (from + k) / 100, 0, 0.01, 0]) });
}

function checkpoint(job: FakeJob, step: number, files = weights): void {
  ENDINGS.forEach((ending, k) => head.storage.set(`checkpoints/step-${String(step).padStart(6, '0')}/model.ckpt${ending}`, files[k]));
  job.tell('checkpoint', { step, validation: { loss: 3 - step / 100, auc: 80, aucRebalanced: 70, temperature: 0.4, spread: 5 } });
}

function wholeTraining(job: FakeJob): void {
  job.tell('began', { step: 0, gradientBytes: 100 });
  for (const step of [10, 20]) {
    steps(job, step - 9, step);
    checkpoint(job, step);
  }
  job.tell('end', { state: 'finished', step: STEPS });
  job.end();
}

/** Half a training, which then waits. */
function halfTraining(job: FakeJob): void {
  job.tell('began', { step: 0, gradientBytes: 100 });
  steps(job, 1, 10);
  checkpoint(job, 10);
}

async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(met, { timeout: 30_000, interval: 20 }).toBe(true);
}

describe('a training on a cluster', () => {
  beforeAll(async () => {
    place = await temporaryFolder('cluster');
    process.env['CHROMABENCH_CACHE'] = join(place, 'cache');
    photographs = await smallSet(24);
    const local = join(place, 'local');
    // A step of the run is a step of both workers.
    await train({ folder: photographs, out: local, config: { ...config, budget: { steps: 1 }, patches: { ...config.patches, batch: 2 * config.patches.batch } } }, quietContext());
    weights = await Promise.all(ENDINGS.map((ending) => readFile(join(local, 'checkpoints/step-000001', `model.ckpt${ending}`))));
  });

  beforeEach(async () => {
    head = await FakeHead.start();
  });

  afterEach(() => head.stop());

  afterAll(async () => rm(photographs, { recursive: true, force: true }));

  it('comes back whole, with every report, the newest and the best weights', async () => {
    head.onTrain = wholeTraining;
    const out = runAt();
    expect(await trainOnCluster(options(out), quietContext())).toMatchObject({ state: 'finished', step: STEPS });
    expect([await stateOf(out), (await recordOf(out)).state]).toEqual(['finished', 'ended']);
    expect((await readFile(join(out, 'metrics.jsonl'), 'utf8')).trim().split('\n').map((line) => (JSON.parse(line) as { step: number }).step)).toEqual([5, 10, 15, 20]);
    expect(await readFile(join(out, 'checkpoints/step-000020/model.ckpt.index'))).toEqual(weights[0]);
  });

  it('shows pictures and filters, made here from the checkpoints', async () => {
    head.onTrain = wholeTraining;
    const [out, shown] = [runAt(), [] as string[]];
    const context: JobContext = { ...quietContext(), progress: { ...quietContext().progress, emit: (name, data) => void shown.push(`${name} ${(data as { step?: number }).step ?? ''}`) } };
    await trainOnCluster({ ...options(out), config: { ...config, previews: { photos: 2 } } }, context);
    expect(shown).toEqual(expect.arrayContaining(['preview 20', 'filters 20', 'checkpoint 20']));
    // Gray, colorized and true of two photographs, seen at 64 pixels.
    expect(await sharp(join(out, 'previews/step-000020.png')).metadata()).toMatchObject({ format: 'png' });
    expect(await readdir(join(out, 'filters'))).toContain('step-000020.bin');
  });

  it('goes on there when the program that follows it ends, and is attached to again', async () => {
    head.onTrain = halfTraining;
    const [out, { context, leave }] = [runAt(), watched()];
    const following = trainOnCluster(options(out), context);
    await until(() => head.trainings.length === 1);
    leave();
    await expect(following).rejects.toThrow('the program ends');
    const [job] = head.trainings;
    expect([job.stops, (await recordOf(out)).state]).toEqual([0, 'running']);
    await expect(resumeTraining({ run: out }, quietContext())).rejects.toThrow('is being trained on the cluster');
    steps(job, 11, 20);
    checkpoint(job, 20);
    job.tell('end', { state: 'finished', step: STEPS });
    job.end();
    expect(await attachToCluster({ run: out, patience }, quietContext())).toMatchObject({ state: 'finished', step: STEPS });
    // The weights of step 10 were gone past when it attached.
    await expect(attachToCluster({ run: out, patience }, quietContext())).rejects.toThrow('has ended');
  });

  it('is stopped where a person asks for it, and asked again where the cluster did not hear', async () => {
    head.onTrain = halfTraining;
    head.onStop = (job) => {
      job.tell('end', { state: 'stopped', step: 10 });
      job.end();
    };
    let deaf = true;
    head.instead = (method, path) => (deaf && method === 'POST' && path.endsWith('/stop') ? { status: 503 } : undefined);
    const [out, { context, notes, stop }] = [runAt(), watched()];
    const following = trainOnCluster(options(out), context);
    await until(() => head.trainings.length === 1);
    stop();
    await until(() => notes.some((note) => note.includes('is asked again')));
    deaf = false;
    expect(await following).toMatchObject({ state: 'stopped', step: 10 });
    expect([await stateOf(out), (await recordOf(out)).state, head.trainings[0].stops]).toEqual(['stopped', 'ended', 1]);
  });

  it.each([
    ['a proxy that does not know who asks any more', () => ({ status: 401 }), 'wants to know who asks'],
    ['a proxy that cannot reach it', () => ({ status: 502, body: 'bad gateway' }), '502'],
    ['a head that does not answer', () => 'nothing' as const, 'does not answer'],
  ])('counts as running after %s, and can be attached to when that is mended', async (_, answer, sentence) => {
    head.onTrain = halfTraining;
    const [out, { context }] = [runAt(), watched()];
    const following = trainOnCluster(options(out), context).catch((error: Error) => error.message);
    await until(() => head.trainings.length === 1);
    const [job] = head.trainings;
    head.instead = answer;
    job.cut();
    expect(await following).toMatch(new RegExp(`${sentence}.*attach to the run again`, 's'));
    expect([(await recordOf(out)).state, job.stops]).toEqual(['running', 0]);
    head.instead = () => undefined;
    steps(job, 11, 20);
    checkpoint(job, 20);
    job.tell('end', { state: 'finished', step: STEPS });
    job.end();
    expect(await attachToCluster({ run: out, patience }, quietContext())).toMatchObject({ state: 'finished' });
  });

  it('takes a line that breaks up again where it was', async () => {
    head.onTrain = halfTraining;
    const [out, { context }] = [runAt(), watched()];
    const following = trainOnCluster(options(out), context);
    await until(() => head.trainings.length === 1);
    const [job] = head.trainings;
    job.cut();
    steps(job, 11, 15);
    job.cut();
    steps(job, 16, 20);
    checkpoint(job, 20);
    job.tell('end', { state: 'finished', step: STEPS });
    job.end();
    expect(await following).toMatchObject({ state: 'finished', step: STEPS });
    expect((await readFile(join(out, 'metrics.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(4);
  });

  it('gives a head up that is silent, without ending the training', async () => {
    head.onTrain = halfTraining;
    const [out, { context, notes }] = [runAt(), watched()];
    const following = trainOnCluster(options(out), context).catch((error: Error) => error.message);
    await until(() => head.trainings.length === 1);
    // The line stays open, and nobody is at its other end.
    head.pongs = false;
    head.instead = () => 'nothing';
    expect(await following).toMatch(/attach to the run again/);
    expect(notes.join()).toContain('It is asked again until it does');
    expect([(await recordOf(out)).state, head.trainings[0].stops]).toEqual(['running', 0]);
  });

  it('that fails there is told in its words, and can be resumed', async () => {
    head.onTrain = (job) => {
      job.tell('failed', { message: 'MemoryError: no room' });
      job.end('FAILED');
    };
    const out = runAt();
    await expect(trainOnCluster(options(out), quietContext())).rejects.toThrow('MemoryError: no room');
    expect([await stateOf(out), (await recordOf(out)).state]).toEqual(['failed', 'ended']);
  });

  it('that a new head knows nothing of is free to be resumed', async () => {
    head.onTrain = halfTraining;
    const [out, { context, leave }] = [runAt(), watched()];
    const following = trainOnCluster(options(out), context);
    await until(() => head.trainings.length === 1);
    leave();
    await expect(following).rejects.toThrow();
    head.jobs.clear();
    await expect(attachToCluster({ run: out, patience }, quietContext())).rejects.toThrow(/does not know this job.*Resume the run/s);
    expect([await stateOf(out), (await recordOf(out)).state]).toEqual(['stopped', 'ended']);
  });

  it.each([
    ['of another network', () => [Buffer.from('no index'), weights[1]], /is damaged, or no index/],
    ['larger than the network', () => [weights[0], Buffer.alloc(weights[1].length + 2 ** 20)], /is larger than such a file can be/],
  ])('takes no weights %s in place of good ones', async (_, files, sentence) => {
    head.onTrain = (job) => {
      halfTraining(job);
      steps(job, 11, 20);
      checkpoint(job, 20, files());
      job.tell('end', { state: 'finished', step: STEPS });
      job.end();
    };
    const [out, { context, notes }] = [runAt(), watched()];
    await expect(trainOnCluster(options(out), context)).rejects.toThrow(/step 20, could not be fetched.*attach to the run again/s);
    expect(notes.join('\n')).toMatch(sentence);
    expect((await recordOf(out)).state).toBe('running');
  });

  it('whose log has a line without end is left', async () => {
    head.onTrain = (job) => {
      for (let k = 0; k < 20; k++) job.say('x'.repeat(2 ** 20));
    };
    const out = runAt();
    await expect(trainOnCluster(options(out), quietContext())).rejects.toThrow('a line without end');
    expect((await recordOf(out)).state).toBe('running');
  });

  it('is found again where the answer to its sending was lost', async () => {
    head.onTrain = wholeTraining;
    const lost = (method: string, path: string) => (method === 'POST' && path === 'api/jobs/' && head.jobs.size > 1 ? 'nothing' as const : undefined);
    head.instead = lost;
    const out = runAt();
    expect(await trainOnCluster(options(out), quietContext())).toMatchObject({ state: 'finished' });
    expect(head.trainings).toHaveLength(1);
  });

  it('is handed over once, also where two ask at the same time', async () => {
    const out = runAt();
    head.onTrain = halfTraining;
    const first = watched();
    const following = trainOnCluster(options(out), first.context);
    await until(() => head.trainings.length === 1);
    const [job] = head.trainings;
    job.tell('end', { state: 'stopped', step: 10 });
    job.end();
    await following;
    const ask = () => resumeOnCluster({ run: out, address: head.address, workers: 2, storage: '/storage', place: '/photographs', detach: true }, quietContext()).then(() => 'taken', (error: Error) => error.message);
    expect((await Promise.all([ask(), ask()])).filter((word) => word === 'taken')).toHaveLength(1);
    expect(head.trainings).toHaveLength(2);
  });

  it('is stopped for whoever follows it elsewhere', async () => {
    head.onTrain = halfTraining;
    head.onStop = (job) => {
      job.tell('end', { state: 'stopped', step: 10 });
      job.end();
    };
    const [out, { context }] = [runAt(), watched()];
    const following = trainOnCluster(options(out), context);
    await until(() => head.trainings.length === 1);
    expect(await stopOnCluster({ run: out, patience }, quietContext())).toMatchObject({ state: 'stopped', reason: expect.stringContaining('fetches what it has') as string });
    expect(await following).toMatchObject({ state: 'stopped', step: 10 });
  });

  it('is refused before anything runs where its step would be too large, or a place would tell a secret', async () => {
    const out = runAt();
    await expect(trainOnCluster({ ...options(out), workers: 1000 }, quietContext())).rejects.toThrow(/1000 workers with 4 pieces each.*256 workers at most/);
    await expect(trainOnCluster({ ...options(out), storage: 's3://KEY:SECRET@bucket/runs' }, quietContext())).rejects.toThrow(/credentials/);
    await expect(trainOnCluster({ ...options(out), address: 'http://10.0.0.1:8265/?token=abc' }, quietContext())).rejects.toThrow(/belongs in a header/);
    expect(head.asked).toEqual([]);
  });

  it('goes on from a copy of the run, whose folder alone knows the job', async () => {
    head.onTrain = halfTraining;
    const [out, { context, leave }] = [runAt(), watched()];
    const following = trainOnCluster(options(out), context);
    await until(() => head.trainings.length === 1);
    leave();
    await expect(following).rejects.toThrow();
    const copy = runAt();
    await cp(out, copy, { recursive: true });
    await stopOnCluster({ run: copy, forget: true }, quietContext());
    expect([await stateOf(copy), (await recordOf(copy)).state]).toEqual(['stopped', 'ended']);
    expect((await recordOf(out)).state).toBe('running');
  });
});
