import { mkdirSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegularizationConfig } from '../../../../../src/shared/labs/regularization/config.js';
import { OUTLIERS_DEFAULT, REGULARIZATION_PRESETS, SWEEP_DEFAULT } from '../../../../../src/shared/labs/regularization/presets.js';
import type { PenaltyResult, RegularizationResult } from '../../../../../src/shared/labs/regularization/results.js';
import { answersOf } from '../../../../../src/shared/labs/regularization/weights.js';
import { JOB_KINDS } from '../../../../../src/shared/contract/kinds.js';
import { heldTensors } from '../../../../../src/main/core/graph/session.js';
import { quietContext } from '../../../../../src/main/core/job.js';
import { openLab } from '../../../../../src/main/core/labs/lab-folder.js';
import { runRegularization } from '../../../../../src/main/core/labs/regularization/experiment.js';
import { filmWeights } from '../../../../../src/main/core/labs/regularization/film.js';
import { runOutliers } from '../../../../../src/main/core/labs/regularization/outliers.js';
import { readExperiment } from '../../../../../src/main/core/labs/regularization/record.js';
import { shrinkNetwork } from '../../../../../src/main/core/labs/regularization/shrink.js';
import { runSweep } from '../../../../../src/main/core/labs/regularization/sweep.js';
import { sharp } from '../../../../../src/main/core/photos/codec.js';
import { temporaryFolder } from '../../../../helpers/temporary-folder.js';

const POST = REGULARIZATION_PRESETS.post.config;
const folder = await temporaryFolder('regularization');
const place = (name: string) => join(folder, name);

function of(result: RegularizationResult, kind: PenaltyResult['kind']): PenaltyResult {
  return result.penalties.find((one) => one.kind === kind)!;
}

function changed(change: Partial<RegularizationConfig>): RegularizationConfig {
  return { ...structuredClone(POST), ...change };
}

describe("the post's experiment", () => {
  let post: string;
  let result: RegularizationResult;
  beforeAll(async () => {
    ({ run: post, result } = await runRegularization({ config: POST, out: place('post') }, quietContext()));
  });

  it('trains every penalty five times, and each fits the line far better than the start', () => {
    expect(result.penalties.map(({ kind, runs }) => [kind, runs.length])).toEqual(POST.penalty.kinds.map((kind) => [kind, 5]));
    for (const { error, runs } of result.penalties) {
      expect(error.count).toBe(5);
      // Ten test points whose y reach from 1 to 30: an untrained network is off by 8 to 17 a point.
      expect(error.mean).toBeLessThan(40);
      expect(runs.every(({ diverged }) => diverged === undefined)).toBe(true);
    }
  });

  it('comes to exact zeros by the proximal step alone', () => {
    expect(of(result, 'l1').exactZeros.mean).toBe(0);
    expect(of(result, 'l1-proximal').exactZeros.mean).toBeGreaterThan(80);
    expect(of(result, 'elastic-proximal').exactZeros.mean).toBeGreaterThan(50);
    expect(of(result, 'l2').exactZeros.mean).toBe(0);
  });

  it('gives a penalty the same numbers when it is trained beside fewer others, and when it is repeated', async () => {
    const config = changed({ runs: 2, epochs: 20, penalty: { ...POST.penalty, kinds: ['l2'] } });
    const beside = await runRegularization({ config: { ...config, runs: 3, penalty: { ...config.penalty, kinds: ['none', 'l2'] } }, out: place('beside') }, quietContext());
    const [first, second] = [await runRegularization({ config, out: place('a') }, quietContext()), await runRegularization({ config, out: place('b') }, quietContext())];
    expect(second.result).toEqual(first.result);
    const errors = of(beside.result, 'l2').runs.map(({ error }) => error!);
    of(first.result, 'l2').runs.forEach(({ error }, run) => expect(Math.abs(error! - errors[run])).toBeLessThan(0.01));
  });

  it('keeps weights that give the answers it reports', async () => {
    const { networksAt, epochs, points } = await readExperiment(await openLab(post, 'regularization'));
    expect(epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 101 }, (_, k) => k));
    const [set] = points;
    networksAt(100, 'l1').forEach((layers, run) => {
      const answers = answersOf(layers, 'none', set.test.map((k) => set.x[k]));
      const error = answers.reduce((sum, v, k) => sum + Math.abs(v - set.y[set.test[k]]), 0);
      expect(Math.abs(error - of(result, 'l1').runs[run].error!)).toBeLessThan(1e-3);
    });
    // Pairs begin alike.
    expect(networksAt(0, 'l1')).toEqual(networksAt(0, 'l2'));
  });

  it('is shrunk at exact zeros to a network that gives the same answers', async () => {
    const { shrink } = await shrinkNetwork({ run: post, out: place('small'), penalty: 'l1-proximal', number: 0, weights: 'keep' }, quietContext());
    expect(shrink.threshold).toBe(0);
    expect(shrink.small.parameters).toBeLessThan(shrink.full.parameters / 5);
    expect(shrink.difference).toBeLessThan(1e-5);
    expect(Math.abs(shrink.small.errorBefore! - shrink.full.error!)).toBeLessThan(1e-4);
    expect(shrink.small.errors.length).toBe(5);
    const lab = await openLab(place('small'), 'regularization');
    expect(lab.file.origin).toMatchObject({ created: (await openLab(post)).file.created, penalty: 'l1-proximal', threshold: 0, weights: 'keep' });
    expect(lab.file.config.network.hidden).toEqual(shrink.small.sizes.slice(1, -1));
  });

  it('shrunk, is not finished before both networks stand side by side on disk', async () => {
    // Nothing can be written in the place of a folder.
    const inTheWay = (name: string) => void (name === 'started' && mkdirSync(place('unfinished/shrink.json')));
    const context = { ...quietContext(), progress: { progress() {}, note() {}, emit: inTheWay } };
    await expect(shrinkNetwork({ run: post, out: place('unfinished'), penalty: 'l1-proximal', number: 0, weights: 'keep' }, context)).rejects.toThrow('shrink.json');
    expect((await openLab(place('unfinished'))).state).toBe('failed');
  });

  it('is shrunk by the threshold where zeros are only near, and refuses where no neuron is dead', async () => {
    const { shrink } = await shrinkNetwork({ run: post, out: place('afresh'), penalty: 'l1', number: 1, weights: 'fresh' }, quietContext());
    expect(shrink.threshold).toBe(POST.threshold);
    expect(shrink.difference).toBeNull();
    expect(shrink.small.sizes.slice(1, -1).every((size) => size < 10)).toBe(true);
    await expect(shrinkNetwork({ run: post, out: place('none'), penalty: 'none', number: 0, threshold: 0, weights: 'keep' }, quietContext()))
      .rejects.toThrow('No neuron of this network (No penalty) is dead');
  });
});

describe('a film of the weights', () => {
  it('has as many frames as epochs were recorded', async () => {
    const config = changed({ runs: 1, epochs: 4, penalty: { ...POST.penalty, kinds: ['l1', 'l2'] } });
    const { run } = await runRegularization({ config, out: place('short') }, quietContext());
    const { files, frames } = await filmWeights({ run, out: place('film'), formats: ['gif', 'webp', 'png'], number: 0 }, quietContext());
    expect(frames).toBe(5);
    for (const file of files.slice(0, 2)) {
      const { pages, format } = await sharp(file, { animated: true }).metadata();
      expect([format, pages]).toEqual([file.slice(file.lastIndexOf('.') + 1), 5]);
    }
    expect((await readdir(files[2])).length).toBe(5);
    const [first, last] = await Promise.all([0, 4].map((page) => sharp(files[0], { page }).raw().toBuffer()));
    expect(first.equals(last)).toBe(false);
  });
});

describe('over twenty pairs of runs', () => {
  it('plain-gradient L1 leaves more weights zero and more neurons dead than L2', async () => {
    const { result } = await runRegularization({ config: REGULARIZATION_PRESETS.paired.config, out: place('paired') }, quietContext());
    const [l1, l2] = [of(result, 'l1'), of(result, 'l2')];
    expect(l1.runs.length).toBe(20);
    const more = (measure: 'zeroWeights' | 'deadNeurons') => l1.runs.filter(({ sparsity }, run) => sparsity[measure] > l2.runs[run].sparsity[measure]).length;
    expect(more('zeroWeights')).toBe(20);
    expect(more('deadNeurons')).toBe(20);
    for (const measure of ['zeroWeights', 'deadNeurons'] as const) {
      const comparison = result.comparisons.find((one) => one.measure === measure)!;
      expect(comparison).toMatchObject({ first: 'l1', second: 'l2', clear: true, pairs: 20, firstLower: 0 });
      expect(comparison.difference).toBeGreaterThan(0);
    }
  });
});

describe('a training that diverges', () => {
  it('is told with step and cause, and the others come to their end', async () => {
    // A plain step with L2 multiplies weights by 1 - 0.01 * 300.
    const config = changed({ runs: 2, epochs: 20, penalty: { kinds: ['none', 'l2'], lambda: 300, mix: 0.5 } });
    const { result } = await runRegularization({ config, out: place('diverged') }, quietContext());
    const gone = of(result, 'l2').runs;
    expect(gone.every(({ error, diverged }) => error === null && diverged!.step > 0)).toBe(true);
    expect(gone[0].diverged!.cause).toContain('The penalty overshoots: rate (0.01)');
    expect(of(result, 'none').error).toMatchObject({ count: 2 });
    await expect(shrinkNetwork({ run: place('diverged'), out: place('of-diverged'), penalty: 'l2', number: 0, weights: 'keep' }, quietContext())).rejects.toThrow('diverged: its weights say nothing');
    expect(result.statements[0]).toMatch(/^L2: 2 of 2 runs diverged, the first at step \d+\./);
  });
});

describe("a person's own points", () => {
  it('are fitted whatever their units are, with errors in these', async () => {
    const lines = Array.from({ length: 40 }, (_, k) => `${1000 + 25 * k},${5e5 - 300 * (1000 + 25 * k)}`);
    await writeFile(place('own.csv'), ['year,price', ...lines].join('\n'));
    const data = { ...POST.data, kind: 'csv' as const, file: place('own.csv') };
    const config = changed({ runs: 2, epochs: 60, batch: 4, data, penalty: { ...POST.penalty, kinds: ['none'] } });
    const { result } = await runRegularization({ config, out: place('own') }, quietContext());
    // Values reach over 292,500: eight test points within five percent of that, where the mean alone would be a quarter off.
    expect(of(result, 'none').error.mean).toBeLessThan(8 * 0.05 * 292_500);
  });

  it('that are named nowhere are asked for before anything is made', async () => {
    const config = { ...SWEEP_DEFAULT, data: { ...POST.data, kind: 'csv' as const, file: null } };
    await expect(runSweep({ config, out: place('nowhere') }, quietContext())).rejects.toThrow('choose a CSV file of x,y (data.file)');
    await expect(runOutliers({ config, out: place('nowhere') }, quietContext())).rejects.toThrow('Which points of your own file are outliers is not known');
    await expect(readFile(place('nowhere/lab.json'))).rejects.toThrow('ENOENT');
  });

  it('that cannot be read are told in a sentence, and nothing is made', async () => {
    const config = changed({ data: { ...POST.data, kind: 'csv', file: place('missing.csv') } });
    await expect(runRegularization({ config, out: place('nothing') }, quietContext())).rejects.toThrow('missing.csv cannot be read (ENOENT)');
    await expect(readFile(place('nothing/lab.json'))).rejects.toThrow('ENOENT');
  });
});

describe('loss and penalty against outliers', () => {
  it('finds that the squared loss lets outliers pull the line further, whichever the penalty', async () => {
    const { result } = await runOutliers({ config: { ...OUTLIERS_DEFAULT, runs: 5, epochs: 150, rate: 0.01 }, out: place('outliers') }, quietContext());
    expect(result.cells.map(({ loss, penalty, diverged }) => [loss, penalty, diverged])).toEqual([
      ['absolute', 'l1', 0], ['absolute', 'l2', 0], ['squared', 'l1', 0], ['squared', 'l2', 0],
    ]);
    expect(result.ofLoss).toMatchObject({ clear: true });
    expect(result.ofLoss.difference).toBeGreaterThan(Math.abs(result.ofPenalty.difference!));
  });
});

describe('while trainings go on', () => {
  it('a sweep and a comparison of losses tell where they stand, as their contract has it', async () => {
    const told: { name: string; data: unknown }[] = [];
    const context = { ...quietContext(), progress: { progress() {}, note() {}, emit: (name: string, data: unknown) => void told.push({ name, data }) } };
    const sweep = { ...SWEEP_DEFAULT, epochs: 2, penalty: { ...SWEEP_DEFAULT.penalty, kinds: ['l2' as const] }, sweep: { lambdas: [0.01, 0.1], folds: 3 } };
    await runSweep({ config: sweep, out: place('told-sweep') }, context);
    await runOutliers({ config: { ...OUTLIERS_DEFAULT, runs: 2, epochs: 2 }, out: place('told-outliers') }, context);
    expect(told.map(({ name }) => name).slice(0, 2)).toEqual(['started', 'standing']);
    expect(JOB_KINDS.sweep.events.started.parse(told[0].data)).toMatchObject({ networks: 6 });
    const standing = JOB_KINDS.sweep.events.standing.parse(told[1].data);
    expect(standing).toMatchObject({ epoch: 0, epochs: 4 });
    // Both lambdas start from the same weights.
    expect(standing.result.points[0].error).toEqual(standing.result.points[1].error);
    const pulls = JOB_KINDS.outliers.events.standing.parse(told.find(({ name, data }) => name === 'standing' && 'cells' in (data as { result: object }).result)?.data);
    expect(pulls.result.cells.map(({ pull }) => pull.mean)).toEqual([0, 0, 0, 0]);
  });
});

describe('settings that ask for too much', () => {
  it('are told before anything is made', async () => {
    const sweep = { ...POST, data: { ...POST.data, points: 5, outliers: 0 }, sweep: { lambdas: [0.1], folds: 6 } };
    await expect(runSweep({ config: sweep, out: place('folds') }, quietContext())).rejects.toThrow('5 points cannot be divided into 6 folds');
    const large = changed({ runs: 50, data: { ...POST.data, points: 2000 }, network: { ...POST.network, hidden: [256, 256] } });
    await expect(runRegularization({ config: large, out: place('large') }, quietContext())).rejects.toThrow('are too much for one experiment');
  });
});

describe('a sweep', () => {
  it('judges each lambda on every fold and marks the lowest error; a lambda that stifles the weights is no good', async () => {
    const config = { ...SWEEP_DEFAULT, epochs: 40, penalty: { ...SWEEP_DEFAULT.penalty, kinds: ['none', 'l1-proximal'] as const }, sweep: { lambdas: [0.01, 100], folds: 3 } };
    const { result } = await runSweep({ config: { ...config, penalty: { ...config.penalty, kinds: [...config.penalty.kinds] } }, out: place('sweep') }, quietContext());
    expect(result.points.map(({ kind, lambda, error }) => [kind, lambda, error.count])).toEqual([['none', 0, 3], ['l1-proximal', 0.01, 3], ['l1-proximal', 100, 3]]);
    const [none, small, huge] = result.points;
    expect(huge.zeroWeights.mean).toBe(100);
    expect(huge.error.mean).toBeGreaterThan(2 * small.error.mean!);
    const lowest = [none, small].reduce((so, one) => (one.error.mean! < so.error.mean! ? one : so));
    expect(result.best).toEqual({ kind: lowest.kind, lambda: lowest.lambda, error: lowest.error.mean });
  });
});

afterAll(() => {
  expect(heldTensors()).toBe(0);
});
