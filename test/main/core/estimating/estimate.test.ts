import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrainingConfig } from '../../../../src/shared/run/config.js';
import { readCatalogue } from '../../../../src/main/core/catalogue/catalogue.js';
import { makeCatalogue } from '../../../../src/main/core/catalogue/make-catalogue.js';
import { catalogueLesson } from '../../../../src/main/core/estimating/catalogue-lesson.js';
import { estimateOf, planOf, type Lesson } from '../../../../src/main/core/estimating/estimate.js';
import { measuredEstimate } from '../../../../src/main/core/estimating/measure.js';
import { readSpeeds, rememberSpeed, speedRecord } from '../../../../src/main/core/estimating/speed-records.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { openRun } from '../../../../src/main/core/runs/index.js';
import { train } from '../../../../src/main/core/training/index.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { smallConfig, smallSet } from '../training/small-set.js';

let cache: string;
beforeEach(async () => {
  cache = await temporaryFolder('speeds');
  process.env.CHROMABENCH_CACHE = cache;
});

const square = { width: 64, height: 64 };
const lesson: Lesson = { training: Array(90).fill(square), validation: Array(10).fill(square), test: [], Q: 40 };

/** Half a second a step, a tenth a validated photograph, 100 MB and 200 MB. */
function timed(config: TrainingConfig) {
  const plan = planOf(config, lesson);
  const figures = { secondsAStep: 0.5, secondsAValidated: 0.1, idleMemory: 1e8, stepMemory: 2e8, from: 'measurement' as const };
  return { plan, record: speedRecord(config, { Q: lesson.Q, patch: plan.patch }, plan.work, figures) };
}

describe('an estimate', () => {
  const config = smallConfig('budget.steps=100');
  const { plan, record } = timed(config);

  it('tells steps where nothing was timed yet, and no time', () => {
    const told = estimateOf(config, lesson, []);
    expect(told).toMatchObject({ steps: 100, Q: 40, patch: 48, stepsAnEpoch: 90 / 4, photographs: { training: 90, validation: 10, test: 0 } });
    expect(told.speed).toBeUndefined();
    expect(estimateOf(smallConfig('budget.minutes=1'), lesson, []).steps).toBeUndefined();
    expect(estimateOf(smallConfig('budget.epochs=2'), lesson, []).steps).toBe(45);
  });

  it('of settings that were timed is that time, validations counted in', () => {
    const { speed } = estimateOf(config, lesson, [record]);
    // A hundred steps, ten validations of ten photographs.
    expect(speed).toMatchObject({ basis: 'same', factor: 1, secondsAStep: 0.5, from: 'measurement' });
    expect(speed!.seconds).toBeCloseTo(100 * 0.5 + 10 * 10 * 0.1);
    expect([speed!.lowest, speed!.highest]).toEqual([speed!.seconds / 1.2, speed!.seconds * 1.2]);
    expect(speed!.memory).toBeCloseTo(3e8 + plan.photoBytes);
  });

  it('stands on the same settings where only a bin or two differ', () => {
    const { speed } = estimateOf(config, { ...lesson, Q: 41 }, [record]);
    expect(speed!.basis).toBe('same');
    expect(speed!.factor).toBeGreaterThan(1);
    expect(speed!.factor).toBeLessThan(1.1);
    expect(estimateOf(config, { ...lesson, Q: 400 }, [record]).speed!.basis).toBe('scaled');
  });

  it('of a time asked for tells the steps that fit into it', () => {
    // A step with its part of the validations takes 0.6 s.
    expect(estimateOf(smallConfig('budget.minutes=1'), lesson, [record]).steps).toBe(100);
  });

  it('of other settings of the network is scaled by the work of a step, and less sure', () => {
    const twice = estimateOf(smallConfig('budget.steps=100', 'patches.batch=8'), lesson, [record]).speed!;
    expect(twice.basis).toBe('scaled');
    expect(twice.factor).toBeCloseTo(2, 6);
    expect(twice.secondsAStep).toBeCloseTo(1, 6);
    expect(twice.highest / twice.seconds).toBeCloseTo(1.3, 6);
    expect(twice.memory).toBeGreaterThan(4e8);
    // The same photographs are validated, whatever the batch.
    expect(twice.seconds).toBeCloseTo(100 * 1 + 10 * 10 * 0.1, 4);
  });

  it('takes the settings with the most similar work, of the same network before others', () => {
    const wide = timed(smallConfig('network.width=0.4')).record;
    expect(estimateOf(smallConfig('network.width=0.35'), lesson, [record, wide]).speed!.factor).toBeCloseTo(planOf(smallConfig('network.width=0.35'), lesson).work.multiplications / wide.multiplications);
    const seed = estimateOf(smallConfig('network.architecture=seed'), lesson, [record]).speed!;
    expect(seed.basis).toBe('other');
    expect(seed.highest).toBeCloseTo(2 * seed.seconds);
  });

  it('counts the multiplications of a step: three times those of the way forward but for the first layer', () => {
    const { multiplications } = planOf(smallConfig('network.architecture=seed', 'patches.side=32', 'patches.cut=grid', 'patches.batch=1', 'network.width=1'), { ...lesson, Q: 8 }).work;
    // Eight filters at width 1 and Q = 8: layers of 1 to 7 and 8 filters, 3 x 3 without padding, on 30 x 30 down to 16 x 16.
    const layers = Array.from({ length: 8 }, (_, k) => ({ into: k === 0 ? 1 : k, out: k + 1, side: 30 - 2 * k }));
    const forward = layers.map(({ into, out, side }) => side ** 2 * 9 * into * out);
    expect(multiplications).toBe(3 * forward.reduce((sum, n) => sum + n, 0) - forward[0]);
  });
});

describe('speeds of this machine', () => {
  it('are kept, the newest of the same settings, and forgotten on another machine or when damaged', async () => {
    const { record } = timed(smallConfig());
    await rememberSpeed(record);
    await rememberSpeed({ ...record, secondsAStep: 0.25 });
    expect((await readSpeeds()).map(({ secondsAStep }) => secondsAStep)).toEqual([0.25]);
    const file = join(cache, 'speeds.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/"machine":"[^"]*"/, '"machine":"another"'));
    expect(await readSpeeds()).toEqual([]);
    await writeFile(file, '{');
    expect(await readSpeeds()).toEqual([]);
  });

  it('are kept apart for each engine', async () => {
    const { record } = timed(smallConfig());
    await rememberSpeed({ ...record, secondsAStep: 0.5 });
    vi.stubEnv('CHROMABENCH_ENGINE', 'gpu');
    expect(await readSpeeds()).toEqual([]);
    await rememberSpeed({ ...record, secondsAStep: 0.01 });
    vi.stubEnv('CHROMABENCH_ENGINE', 'cpu');
    expect((await readSpeeds()).map(({ secondsAStep }) => secondsAStep)).toEqual([0.5]);
    vi.unstubAllEnvs();
  });
});

describe('with photographs', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await smallSet(48);
  });

  it('steps are timed once for the same settings, and the training then keeps what was expected and remembers what came out', async () => {
    const config = smallConfig('budget.steps=30');
    const first = await measuredEstimate({ folder, config, measure: 'if-needed' }, quietContext());
    expect(first.speed).toMatchObject({ basis: 'same', from: 'measurement' });
    expect(first.speed!.secondsAStep).toBeGreaterThan(0);
    expect(first.speed!.memory).toBeGreaterThan(5e7);
    const { at } = (await readSpeeds())[0];
    await measuredEstimate({ folder, config, measure: 'if-needed' }, quietContext());
    expect((await readSpeeds())[0].at).toBe(at);

    const out = join(await temporaryFolder('estimated'), 'run');
    await train({ folder, out, config }, quietContext());
    const run = await openRun(out);
    const { machineMemory, ...expected } = (await run.estimate())!;
    expect(expected).toMatchObject({ steps: 30, Q: run.file.network.Q, parameters: run.file.network.parameters, patch: run.file.network.patch, speed: { secondsAStep: first.speed!.secondsAStep } });
    expect(machineMemory).toBeGreaterThan(1e8);
    expect((await readSpeeds()).map(({ from }) => from)).toEqual(['training']);
  });

  it('a catalogue gives the same split and bins as the training', async () => {
    const config = smallConfig('photos.testShare=0.2');
    const { id } = await makeCatalogue(folder, quietContext());
    const from = await catalogueLesson((await readCatalogue(id))!, config);
    const out = join(await temporaryFolder('split'), 'run');
    await train({ folder, out, config: smallConfig('photos.testShare=0.2', 'budget.steps=1') }, quietContext());
    const split = await (await openRun(out)).split();
    for (const use of ['training', 'validation', 'test'] as const) expect(from[use].map(({ path }) => path)).toEqual(split[use].map(({ path }) => path));
  });
});
