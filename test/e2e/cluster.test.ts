/** The same run on a Ray cluster: a real head on this machine, two workers, TensorFlow's collective operations between them. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { gatherOnCluster } from '../../src/main/core/cluster/cluster-material.js';
import { RayJobs } from '../../src/main/core/cluster/ray-jobs.js';
import { quietContext } from '../../src/main/core/job.js';
import { gatherMaterial } from '../../src/main/core/training/material.js';
import { assembleConfig } from '../../src/shared/run/assemble.js';
import { photographs, type RunningCommand, Workplace } from './program.js';
import { CLUSTER_PYTHON, RayHead } from './ray-head.js';

const training = join(photographs, 'training');
const SMALL = { 'network.width': 0.25, 'reports.every': 1, 'checkpoints.every': 10, 'previews.photos': 0 };

const settings = (more: object) => Object.entries({ ...SMALL, ...more }).flatMap(([key, value]) => ['--set', `${key}=${value}`]);

// Ray's processes on a busy machine now and then lose each other: once more, from the start, tells that from a fault of ours.
describe.skipIf(CLUSTER_PYTHON === '' || process.platform !== 'linux')('a run on a Ray cluster', { retry: 1 }, () => {
  let place: Workplace;
  // Ray's sockets lie below it, and their paths are bounded.
  const folder = mkdtempSync(join(tmpdir(), 'ray-'));
  let head: RayHead;

  beforeAll(async () => {
    head = await RayHead.start(folder);
  }, 180_000);

  beforeEach(() => {
    place = new Workplace();
  });

  afterEach(() => place.remove());

  afterAll(async () => {
    await head?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const storage = () => place.path('storage');
  const train = (run: string, steps: number, more: object, ...words: string[]): RunningCommand =>
    place.start('cluster', 'train', training, '--address', head.address, '--workers', '2', '--storage', storage(), '--out', run, '--preset', 'seed', '--steps', String(steps), ...settings({ 'patches.batch': 8, ...more }), ...words);

  const linesOf = (run: string) => readFileSync(place.path(run, 'metrics.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { step: number; loss: number; validation?: { loss: number; aucRebalanced: number } });
  const fileOf = (run: string) => JSON.parse(readFileSync(place.path(run, 'run.json'), 'utf8')) as { state: string; step: number; cluster?: object; config: { patches: { batch: number } } };

  test.each([{}, { 'patches.cut': 'random', 'patches.zoom': 1.5, 'patches.lightness': 0.2 }])('of two workers has the losses of one here with twice the batch, and comes back as any other: %j', async (pieces) => {
    const [there, here] = [train('there', 20, pieces), place.start('train', training, '--out', 'here', '--preset', 'seed', '--steps', '20', ...settings({ 'patches.batch': 16, ...pieces }))];
    expect((await here.ended).code, (await here.ended).err).toBe(0);
    const { code, err } = await there.ended;
    expect(code, err).toBe(0);
    expect(fileOf('there')).toMatchObject({ state: 'finished', step: 20, config: { patches: { batch: 16 } } });
    expect(Object.keys(fileOf('there'))).not.toContain('machine');
    expect(fileOf('there').cluster).toEqual({ workers: 2 });
    const [one, other] = [linesOf('there'), linesOf('here')];
    expect(one.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, k) => k + 1));
    one.forEach(({ loss }, k) => expect(Math.abs(loss - other[k].loss)).toBeLessThan(1e-3));
    for (const step of [10, 20]) {
      const [a, b] = [one, other].map((lines) => lines.find((line) => line.step === step)?.validation);
      expect(Math.abs((a?.loss ?? NaN) - (b?.loss ?? NaN))).toBeLessThan(1e-3);
      expect(Math.abs((a?.aucRebalanced ?? NaN) - (b?.aucRebalanced ?? NaN))).toBeLessThan(0.1);
    }
    const colorized = await place.run('colorize', 'there', join(training, 'park-01.jpg'), '--out', 'coloured');
    expect(colorized.code, colorized.err).toBe(0);
  }, 400_000);

  test('that is stopped goes on here, and from there on the cluster', async () => {
    const command = train('round', 4000, { 'checkpoints.every': 5 });
    await command.shows(/^Step 5: loss/m);
    command.process.kill('SIGINT');
    const stopped = await command.ended;
    expect(fileOf('round').state, stopped.err).toBe('stopped');
    const reached = fileOf('round').step;
    expect(reached).toBeGreaterThanOrEqual(5);
    expect(reached).toBeLessThan(4000);
    // The budget is part of the run: a copy with a nearer end spares the test the rest.
    cpSync(place.path('round'), place.path('shorter'), { recursive: true });
    const local = place.start('resume', 'shorter');
    await local.shows(new RegExp(`^Step ${5 * (Math.floor(reached / 5) + 1)}: loss`, 'm'));
    local.process.kill('SIGINT');
    expect((await local.ended).code).not.toBeNull();
    const further = fileOf('shorter').step;
    expect(further).toBeGreaterThan(reached);
    const again = place.start('cluster', 'resume', 'shorter', '--address', head.address, '--workers', '2', '--storage', storage());
    await again.shows(new RegExp(`^Step ${5 * (Math.floor(further / 5) + 1)}: loss`, 'm'));
    again.process.kill('SIGINT');
    await again.ended;
    expect(fileOf('shorter').step).toBeGreaterThan(further);
    const steps = linesOf('shorter').map(({ step }) => step);
    expect(new Set(steps).size).toBeGreaterThanOrEqual(further);
  }, 500_000);

  test('outlives a killed worker: another one takes its place, from the last checkpoint on', async () => {
    const command = train('outliving', 400, { 'checkpoints.every': 20 });
    await command.shows(/^Step 20: loss/m);
    const workers = head.processes().filter(({ command: words }) => /RayTrainWorker/.test(words));
    expect(workers.length).toBe(2);
    process.kill(workers[1].pid, 'SIGKILL');
    const { code, err } = await command.ended;
    expect(code, err).toBe(0);
    expect(fileOf('outliving')).toMatchObject({ state: 'finished', step: 400 });
    expect([...new Set(linesOf('outliving').map(({ step }) => step))].sort((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, k) => k + 1));
  }, 500_000);

  test('that is handed over and left is fetched later', async () => {
    const begun = await train('left', 40, {}, '--detach').ended;
    expect(begun.code, begun.err).toBe(0);
    const followed = await place.run('cluster', 'attach', 'left');
    expect(followed.code, followed.err).toBe(0);
    expect(fileOf('left')).toMatchObject({ state: 'finished', step: 40 });
    expect(linesOf('left').map(({ step }) => step)).toEqual(Array.from({ length: 40 }, (_, k) => k + 1));
  }, 400_000);

  test('goes on there when the program that follows it is ended, and is taken up again', async () => {
    const command = train('ended', 120, {});
    await command.shows(/^Step 10: loss/m);
    command.process.kill('SIGTERM');
    const ended = await command.ended;
    expect(ended.err).toContain('it goes on there');
    expect(JSON.parse(readFileSync(place.path('ended', 'cluster.json'), 'utf8'))).toMatchObject({ state: 'running' });
    const followed = await place.run('cluster', 'attach', 'ended');
    expect(followed.code, followed.err).toBe(0);
    expect(fileOf('ended')).toMatchObject({ state: 'finished', step: 120 });
    expect([...new Set(linesOf('ended').map(({ step }) => step))]).toEqual(Array.from({ length: 120 }, (_, k) => k + 1));
    // What it kept there is here by now; photographs as they are seen stay for the next.
    expect(readdirSync(storage()).filter((name) => name !== 'chromabench-decoded')).toEqual([]);
  }, 400_000);

  describe('its photographs looked through there', () => {
    const gathered = async (folder: string) => {
      vi.stubEnv('CHROMABENCH_CACHE', place.path('cache'));
      const config = assembleConfig([{ preset: 'seed', budget: { steps: 1 } }]);
      const jobs = new RayJobs(head.address);
      return [await gatherOnCluster(jobs, { folder, place: folder, storage: storage() }, config, quietContext()), await gatherMaterial(folder, config, quietContext())];
    };

    afterEach(() => vi.unstubAllEnvs());

    test('are split alike and have exactly the same colours, where they are lossless', async () => {
      const folder = place.path('lossless');
      mkdirSync(join(folder, 'deep'), { recursive: true });
      const sources = readdirSync(training).sort().slice(0, 12);
      await Promise.all(sources.map((name, k) => sharp(join(training, name)).png().toFile(join(folder, k % 3 === 0 ? 'deep' : '.', `photo-${k}.png`))));
      await sharp(join(training, sources[1])).png({ compressionLevel: 1 }).toFile(join(folder, 'twin.png'));
      await sharp(join(training, sources[2])).grayscale().png().toFile(join(folder, 'gray.png'));
      await sharp(join(training, sources[3])).resize(40, 40).png().toFile(join(folder, 'small.png'));
      writeFileSync(join(folder, 'text.png'), 'no picture');
      writeFileSync(join(folder, '.hidden.png'), 'nobody means it');
      mkdirSync(join(folder, 'thumbs'));
      cpSync(join(folder, 'twin.png'), join(folder, 'thumbs/one.png'));
      cpSync(join(folder, 'twin.png'), join(folder, 'thumbs/another.png'));
      const [there, here] = await gathered(folder);
      expect(there).toEqual(here);
      expect(here.refused).toEqual({ duplicate: 1, gray: 1, 'not-a-picture': 1, skipped: 2, 'too-small': 1 });
    }, 200_000);

    test('differ by less than half a percent of the pixels, where they are JPEGs', async () => {
      const [there, here] = await gathered(training);
      expect(there.split).toEqual(here.split);
      const shares = ({ colours: { cells, counts, pixels } }: typeof there) => new Map(cells.map((cell, k) => [cell, counts[k] / pixels]));
      const [one, other] = [shares(there), shares(here)];
      const variation = [...new Set([...one.keys(), ...other.keys()])].reduce((sum, cell) => sum + Math.abs((one.get(cell) ?? 0) - (other.get(cell) ?? 0)), 0) / 2;
      expect(there.colours.pixels).toBe(here.colours.pixels);
      expect(variation).toBeLessThan(0.005);
    }, 200_000);
  });

  test.each([
    ['an address where nothing answers', ['--address', 'http://127.0.0.1:9'], /does not answer/],
    ['what is no address', ['--address', 'cluster'], /is no address of a cluster/],
    ['a folder that its machines do not see', ['--place', '/nowhere/photographs'], /\/nowhere\/photographs/],
  ])('refuses %s in one sentence, before anything runs', async (_, words, sentence) => {
    const { code, err } = await place.run('cluster', 'train', training, '--address', head.address, '--workers', '2', '--storage', storage(), '--out', 'refused', '--preset', 'seed', '--steps', '20', ...settings({}), ...words);
    expect(code).not.toBe(0);
    expect(err).toMatch(sentence);
    expect(() => fileOf('refused')).toThrow();
  }, 120_000);
});
