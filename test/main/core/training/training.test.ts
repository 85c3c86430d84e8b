import { renameSync, rmSync } from 'node:fs';
import { copyFile, cp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunFile } from '../../../../src/shared/run/files.js';
import type { MetricsLine } from '../../../../src/shared/run/metrics.js';
import { quietContext, type Progress } from '../../../../src/main/core/job.js';
import { heldTensors } from '../../../../src/main/core/graph/session.js';
import { openColorizer, openRun } from '../../../../src/main/core/runs/index.js';
import { filterIndex, readFilters } from '../../../../src/main/core/runs/filter-snapshot.js';
import { Network } from '../../../../src/main/core/runs/network.js';
import { PauseControl, resumeTraining, train } from '../../../../src/main/core/training/index.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { Recorder } from './recorder.js';
import { smallConfig, smallSet } from './small-set.js';

let folder: string;
let place: string;
let out: string;

beforeAll(async () => {
  process.env['CHROMABENCH_CACHE'] = await temporaryFolder('cache');
  folder = await smallSet(48);
});

beforeEach(async () => {
  place = await temporaryFolder('training');
  out = join(place, 'run');
});

/** What of a report does not depend on the clock. */
function numbers({ step, epoch, loss, penalty, rate, validation }: MetricsLine) {
  return { step, epoch, loss, penalty, rate, validation };
}

function expectSameLosses(lines: readonly MetricsLine[], expected: readonly MetricsLine[]): void {
  expect(lines.map(({ step }) => step)).toEqual(expected.map(({ step }) => step));
  lines.forEach((line, i) => {
    expect(Math.abs(line.loss / expected[i].loss - 1), `loss at step ${line.step}`).toBeLessThan(1e-3);
    if (expected[i].validation === undefined) return;
    expect(Math.abs(line.validation!.loss / expected[i].validation.loss - 1), `validation loss at step ${line.step}`).toBeLessThan(1e-3);
  });
}

describe('a training', () => {
  it('learns, and leaves a whole run', async () => {
    const tensors = heldTensors();
    const recorder = new Recorder();
    const report = await train({ folder, out, config: smallConfig('budget.steps=60') }, recorder);
    expect(heldTensors()).toBe(tensors);
    expect(report).toMatchObject({ run: out, state: 'finished', step: 60, steps: 60, alarms: [], skipped: [] });

    const run = await openRun(out);
    expect(run.state).toBe('finished');
    expect(run.file.data).toMatchObject({ folder, seenSide: 64, test: 0 });
    expect(run.file.data.training + run.file.data.validation).toBe(48);
    const metrics = await run.metrics();
    expect(metrics).toEqual(recorder.metrics);
    expect(metrics.map(({ step }) => step)).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]);
    expect(metrics.at(-1)!.loss).toBeLessThan(0.95 * metrics[0].loss);
    expect(metrics.at(-1)!.validation!.auc).toBeGreaterThan(metrics[1].validation!.auc);
    expect(metrics.at(-1)!.secondsLeft).toBe(0);
    expect(metrics.at(-1)!.epoch).toBeCloseTo((60 * 4) / run.file.data.training);

    expect((await run.checkpoints()).map(({ step }) => step)).toEqual([40, 50, 60]);
    expect(report.best).toEqual({ step: (await run.checkpoint('best')).step, ...(await run.checkpoint('best')).file.validation });
    expect((await run.previews()).map(({ step }) => step)).toEqual([10, 20, 30, 40, 50, 60]);
    const { steps, layers } = await filterIndex(out);
    expect(steps).toEqual([0, 10, 20, 30, 40, 50, 60]);
    const colorizer = await openColorizer(run, { checkpoint: 60 });
    const [first] = colorizer.filters();
    colorizer.close();
    const page = await readFilters(out, 60, { layer: first.layer, firstInput: 0, firstOutput: 0, inputs: 64, outputs: 256 });
    expect(layers.map(({ layer }) => layer)).toContain(first.layer);
    expect(page.values).toHaveLength(first.values.length);
    page.values.forEach((weight, k) => expect(Math.abs(weight - first.values[k])).toBeLessThanOrEqual(page.layer.scale / 254 + 1e-7));
    expect(await run.log()).toContain('finished at step 60 of 60');
  });

  it('shows pictures and filters before the first checkpoint', async () => {
    const recorder = new Recorder();
    await train({ folder, out, config: smallConfig('checkpoints.every=30') }, recorder);
    expect((await (await openRun(out)).previews()).map(({ step }) => step)).toEqual([10, 25, 30]);
    expect((await filterIndex(out)).steps).toEqual([0, 10, 25, 30]);
    expect(recorder.of('preview')).toMatchObject([{ step: 10 }, { step: 25 }, { step: 30 }]);
    expect(recorder.of('checkpoint')).toMatchObject([{ step: 30 }]);
  });

  it('gives the same numbers for the same seed and others for another', async () => {
    const [first, again, other] = [new Recorder(), new Recorder(), new Recorder()];
    await train({ folder, out, config: smallConfig() }, first);
    await train({ folder, out: join(place, 'again'), config: smallConfig() }, again);
    await train({ folder, out: join(place, 'other'), config: smallConfig('seed=2') }, other);
    expect(again.metrics.map(numbers)).toEqual(first.metrics.map(numbers));
    expect(other.metrics[0].loss).not.toBeCloseTo(first.metrics[0].loss, 5);
  });

  it('never overwrites a run', async () => {
    await train({ folder, out, config: smallConfig('budget.steps=1') }, quietContext());
    await expect(train({ folder, out, config: smallConfig() }, quietContext())).rejects.toThrow(`${out} holds a run already and is not overwritten.`);
  });

  it.each([
    ['encoding.kind=soft', 'penalty.kind=elastic', 'optimizer.kind=momentum', 'bins.rebalancing=off'],
    ['encoding.kind=kernel', 'penalty.kind=l1', 'optimizer.kind=adamw', 'optimizer.weightDecay=0.01', 'bins.from=gamut', 'bins.smoothing=5'],
  ])('takes the settings %s, %s, %s, %s ...', async (...assignments) => {
    const report = await train({ folder, out, config: smallConfig(...assignments, 'budget.steps=2') }, quietContext());
    expect(report).toMatchObject({ state: 'finished', step: 2 });
  });

  it('rounds the side of its pieces to what the network takes', async () => {
    const sides = await Promise.all(['40', '50', '100'].map(async (side) => {
      const own = join(place, side);
      await train({ folder, out: own, config: smallConfig(`patches.side=${side}`, 'photos.side=128', 'budget.steps=1') }, quietContext());
      return (await openRun(own)).file.network.patch;
    }));
    // Multiples of 16, and the photographs have 64 pixels.
    expect(sides).toEqual([32, 48, 64]);
  });

  it('turns minutes into steps, which the run keeps, and does not learn from the warm-up', async () => {
    const [timed, counted] = [new Recorder(), new Recorder()];
    const { steps } = await train({ folder, out, config: smallConfig('budget.minutes=0.02', 'rate.schedule=constant') }, timed);
    const run = await openRun(out);
    expect(run.file.steps).toBe(steps);
    expect(run.config.budget).toEqual({ minutes: 0.02 });
    await train({ folder, out: join(place, 'counted'), config: smallConfig(`budget.steps=${steps}`, 'rate.schedule=constant') }, counted);
    expectSameLosses(counted.metrics, timed.metrics);
  });

  it('turns epochs into steps: every window of the post once', async () => {
    const config = smallConfig('budget.epochs=1', 'network.architecture=seed', 'patches.side=32', 'patches.cut=grid', 'patches.batch=32');
    const { steps } = await train({ folder, out, config }, quietContext());
    const { training } = (await openRun(out)).file.data;
    expect(steps).toBe(Math.ceil((training * 4) / 32));
  });

  it('ends early when validation gets no better', async () => {
    const config = smallConfig('budget.steps=200', 'rate.start=1e-8', 'rate.schedule=constant', 'earlyStopping.patience=2', 'checkpoints.best=auc', 'checkpoints.every=2', 'optimizer.kind=sgd', 'bins.rebalancing=off');
    const report = await train({ folder, out, config }, quietContext());
    expect(report.state).toBe('finished');
    expect(report.step).toBeLessThan(200);
    expect(report.reason).toMatch(/^Ended early at step \d+: 2 validations without a better one than at step \d+ \(earlyStopping\.patience\)\.$/);
    expect(await resumeTraining({ run: out }, quietContext())).toMatchObject({ state: 'finished', step: report.step, reason: report.reason });
  });
});

describe('a run taken up again', () => {
  let whole: Recorder;
  beforeAll(async () => {
    whole = new Recorder();
    await train({ folder, out: join(await temporaryFolder('whole'), 'run'), config: smallConfig('network.dropout=0.2') }, whole);
  });

  it('after a stop between two reports goes on as if never stopped', async () => {
    const stopped = new Recorder((name, data, self) => {
      if (name === 'progress' && (data as Progress).phase === 'Training' && (data as Progress).done === 17) self.stop();
    });
    const config = smallConfig('network.dropout=0.2');
    expect(await train({ folder, out, config }, stopped)).toMatchObject({ state: 'stopped' });
    const run = await openRun(out);
    expect(run.state).toBe('stopped');
    expect(run.file.step).toBe(17);

    const tensors = heldTensors();
    expect(await resumeTraining({ run: out }, new Recorder())).toMatchObject({ state: 'finished', step: 30 });
    expect(heldTensors()).toBe(tensors);
    expectSameLosses(await (await openRun(out)).metrics(), whole.metrics);
  });

  it('after a stop before the first step begins there', async () => {
    const recorder = new Recorder((name, _, self) => name === 'started' && self.stop());
    expect(await train({ folder, out, config: smallConfig('network.dropout=0.2') }, recorder)).toMatchObject({ state: 'stopped', step: 0 });
    await resumeTraining({ run: out }, new Recorder());
    expectSameLosses(await (await openRun(out)).metrics(), whole.metrics);
  });

  it.each([10, 30])('after a fault in the validation of step %i first makes that validation', async (step) => {
    const own = join(place, 'photographs');
    await cp(folder, own, { recursive: true });
    const config = smallConfig('network.dropout=0.2', `checkpoints.every=${step}`);
    const unbroken = new Recorder();
    const { best } = await train({ folder: own, out: join(place, 'unbroken'), config }, unbroken);
    const recorder = new Recorder((name, data) => {
      if (name === 'progress' && (data as Progress).phase === 'Training' && (data as Progress).done === step) renameSync(own, `${own}-away`);
    });
    await expect(train({ folder: own, out, config }, recorder)).rejects.toThrow(`The folder of photographs ${own} is gone.`);
    const failed = await openRun(out);
    expect(failed.file).toMatchObject({ state: 'failed', step });
    expect((await failed.checkpoint('newest')).file.validation).toBeUndefined();

    await rename(`${own}-away`, own);
    expect(await resumeTraining({ run: out }, new Recorder())).toMatchObject({ state: 'finished', step: 30, best: { step: best!.step } });
    const run = await openRun(out);
    expectSameLosses(await run.metrics(), unbroken.metrics);
    expect((await run.checkpoints()).filter(({ file }) => file.validation === undefined)).toEqual([]);
    expect((await run.previews()).map((preview) => preview.step)).toEqual((await openRun(join(place, 'unbroken')).then((made) => made.previews())).map((preview) => preview.step));
  });

  it('after memory ran out inside a step goes on from before it', async () => {
    const { train: step } = Network.prototype;
    const failing = vi.spyOn(Network.prototype, 'train').mockImplementation(function (this: Network, lesson, rate, seed, number) {
      const losses = step.call(this, lesson, rate, seed, number);
      if (number === 13) throw new Error('OOM when allocating tensor');
      return losses;
    });
    const broken = train({ folder, out, config: smallConfig('network.dropout=0.2') }, new Recorder());
    await expect(broken).rejects.toThrow('Memory ran out in a training step. Lower patches.batch (4)').finally(() => failing.mockRestore());
    expect((await (await openRun(out)).checkpoints()).map((checkpoint) => checkpoint.step)).toEqual([10]);
    expect(await resumeTraining({ run: out }, new Recorder())).toMatchObject({ state: 'finished', step: 30 });
    expectSameLosses(await (await openRun(out)).metrics(), whole.metrics);
  });

  it('after a kill between its last validation and its end does not go on', async () => {
    const config = smallConfig('budget.steps=200', 'rate.start=1e-8', 'rate.schedule=constant', 'earlyStopping.patience=2', 'checkpoints.best=auc', 'checkpoints.every=2', 'optimizer.kind=sgd', 'bins.rebalancing=off');
    const { step, reason } = await train({ folder, out, config }, quietContext());
    const path = join(out, 'run.json');
    const file = JSON.parse(await readFile(path, 'utf8')) as RunFile;
    await writeFile(path, JSON.stringify({ ...file, state: 'training', reason: undefined }));
    expect(await resumeTraining({ run: out }, quietContext())).toMatchObject({ state: 'finished', step, reason });
  });

  it('is reported as it is when it is finished', async () => {
    const report = await train({ folder, out, config: smallConfig('budget.steps=10') }, quietContext());
    expect(await resumeTraining({ run: out }, quietContext())).toMatchObject({ state: 'finished', step: 10, best: report.best });
  });

  it('is refused while it is trained', async () => {
    let refused: unknown;
    const recorder = new Recorder((name) => {
      if (name === 'started') resumeTraining({ run: out }, quietContext()).catch((error: unknown) => (refused = error));
    });
    await train({ folder, out, config: smallConfig() }, recorder);
    expect(String(refused)).toContain(`is being trained by process ${process.pid}`);
  });
});

describe('a pause', () => {
  it('keeps a checkpoint, waits, and changes nothing', async () => {
    const control = new PauseControl();
    const whole = new Recorder();
    await train({ folder, out: join(place, 'whole'), config: smallConfig() }, whole);
    const recorder = new Recorder((name) => {
      if (name === 'metrics' && recorder.metrics.length === 3) control.pause();
      if (name === 'paused') setTimeout(() => control.resume(), 300);
    });
    await train({ folder, out, config: smallConfig() }, recorder, control);
    expect(recorder.of('paused')).toEqual([{ step: 15 }]);
    expect(recorder.of('checkpoint')).toContainEqual({ step: 15, best: false });
    expectSameLosses(recorder.metrics, whole.metrics);
  });

  it('can end in a stop', async () => {
    const control = new PauseControl();
    control.pause();
    const recorder = new Recorder((name, _, self) => name === 'paused' && setTimeout(() => self.stop(), 100));
    expect(await train({ folder, out, config: smallConfig() }, recorder, control)).toMatchObject({ state: 'stopped', step: 0 });
  });
});

describe('what goes wrong outside', () => {
  it('a photograph deleted during the training is left out, with a note', async () => {
    const own = await smallSet(12);
    const config = smallConfig('photos.memory=16');
    const lost = join(own, 'coast', '1.png');
    const recorder = new Recorder((name, data) => {
      if (name !== 'progress') return;
      const { phase, done, total } = data as Progress;
      if (phase === 'Reading photographs' && done === total) rmSync(lost);
    });
    const report = await train({ folder: own, out, config }, recorder);
    expect(report).toMatchObject({ state: 'finished', skipped: [{ path: 'coast/1.png' }] });
    expect(recorder.notes.join()).toContain('coast/1.png is left out from now on: ');
  });

  it('a photograph replaced by another of its name is left out when the run goes on', async () => {
    const own = await smallSet(12);
    const first = new Recorder((name, _, self) => name === 'checkpoint' && self.stop());
    await train({ folder: own, out, config: smallConfig() }, first);
    const [{ path }] = (await (await openRun(out)).split()).training;
    await copyFile(join(folder, 'coast', '41.png'), join(own, path));
    expect(await resumeTraining({ run: out }, quietContext())).toMatchObject({
      state: 'finished', step: 30, skipped: [{ path, reason: 'The file is not the one that the run was begun with.' }],
    });
  });

  it('a folder that is gone ends it clearly; when it is back the run goes on', async () => {
    const own = await smallSet(24);
    const first = new Recorder((name, _, self) => name === 'checkpoint' && self.stop());
    await train({ folder: own, out, config: smallConfig() }, first);
    await rename(own, `${own}-away`);
    const gone = `The folder of photographs ${own} is gone. Bring it back, then resume the run: it goes on where it stopped.`;
    await expect(resumeTraining({ run: out }, quietContext())).rejects.toThrow(gone);
    const run = await openRun(out);
    expect(run).toMatchObject({ state: 'failed', file: { reason: gone } });
    await rename(`${own}-away`, own);
    expect(await resumeTraining({ run: out }, quietContext())).toMatchObject({ state: 'finished', step: 30 });
    expect((await openRun(out)).file.reason).toBeUndefined();
  });

  it('a full disk ends it clearly, and the run still opens and goes on', async () => {
    const first = new Recorder((name, _, self) => name === 'checkpoint' && self.stop());
    await train({ folder, out, config: smallConfig() }, first);
    await rename(join(out, 'log.txt'), join(place, 'log.txt'));
    await symlink('/dev/full', join(out, 'log.txt'));
    await expect(resumeTraining({ run: out }, quietContext())).rejects.toThrow('The disk is full: ');
    expect((await openRun(out)).state).toBe('failed');
    await rename(join(place, 'log.txt'), join(out, 'log.txt'));
    expect(await resumeTraining({ run: out }, quietContext())).toMatchObject({ state: 'finished', step: 30 });
  });

  it('a run folder deleted during the training ends it clearly', async () => {
    const recorder = new Recorder((name) => name === 'started' && void rm(out, { recursive: true }));
    await expect(train({ folder, out, config: smallConfig() }, recorder)).rejects.toThrow('could not be written: its folder is not there (any more)');
  });

  it('too few photographs cannot be trained on', async () => {
    const own = await smallSet(1);
    await expect(train({ folder: own, out, config: smallConfig() }, quietContext())).rejects.toThrow(
      `${own} holds one photograph to learn from (and nothing else); a training needs at least two. Give a folder with colour photographs.`,
    );
  });
});

describe('photographs kept apart', () => {
  it('by a list stay apart whatever their content, and unknown names are told', async () => {
    const list = join(place, 'test.txt');
    const own = await smallSet(12);
    await copyFile(join(own, 'coast', '1.png'), join(own, 'zz-copy.png'));
    await writeFile(list, '# kept\nfield/0.png\r\n\ncoast/1.png\nnot/there.jpg\n');
    const recorder = new Recorder();
    await train({ folder: own, out, config: smallConfig(`photos.testList=${list}`, 'budget.steps=1', 'photos.testShare=0.5') }, recorder);
    const split = await (await openRun(out)).split();
    expect(split.test.map(({ path }) => path)).toEqual(['field/0.png', 'zz-copy.png']);
    expect(split.training.length + split.validation.length).toBe(10);
    expect(recorder.notes.join()).toContain('1 of 3 paths in the test list are not in the folder, the first being not/there.jpg.');
    await writeFile(list, 'elsewhere/1.jpg\n');
    await expect(train({ folder: own, out: join(place, 'other'), config: smallConfig(`photos.testList=${list}`) }, quietContext())).rejects.toThrow(
      `None of the 1 paths in the test list ${list} is in ${own}, the first being elsewhere/1.jpg.`,
    );
  });
});

describe('the colorizer of a run', () => {
  it('answers for pictures of any size, the same whatever stands beside them, and frees what it held', async () => {
    await train({ folder, out, config: smallConfig('budget.steps=10') }, quietContext());
    const tensors = heldTensors();
    const colorizer = await openColorizer(out);
    try {
      expect(colorizer).toMatchObject({ step: 10, seenSide: 64, stride: 4 });
      const lightness = Float32Array.from({ length: 37 * 50 }, (_, i) => (i * 7) % 100);
      const one = colorizer.decode({ lightness }, { height: 37, width: 50 }, 0.38);
      expect([one.height, one.width, one.ab.length]).toEqual([10, 13, 260]);
      const two = Float32Array.from([...lightness, ...lightness.map((L) => 100 - L)]);
      const both = colorizer.decode({ lightness: two }, { height: 37, width: 50, count: 2 }, 0.38);
      expect(Math.max(...one.ab.map((v, i) => Math.abs(v - both.ab[i])))).toBeLessThan(1e-3);
      const { logits } = colorizer.logits({ lightness }, { height: 37, width: 50 });
      expect(logits.length).toBe(10 * 13 * colorizer.bins.Q);
      const [first] = colorizer.filters();
      expect(first.shape).toHaveLength(4);
      expect(first.values.length).toBe(first.shape.reduce((product, side) => product * side));
      expect(colorizer.decode({ lightness: Float32Array.of(50) }, { height: 1, width: 1 }, 0).ab).toHaveLength(2);
    } finally {
      colorizer.close();
    }
    expect(heldTensors()).toBe(tensors);
    expect(await readFile(join(out, 'graph.pb'))).not.toHaveLength(0);
  });
});
