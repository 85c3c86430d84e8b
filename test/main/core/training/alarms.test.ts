import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { quietContext } from '../../../../src/main/core/job.js';
import { openRun } from '../../../../src/main/core/runs/index.js';
import { resumeTraining, train, type Alarm } from '../../../../src/main/core/training/index.js';
import { Watch } from '../../../../src/main/core/training/alarms.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { Recorder } from './recorder.js';
import { smallConfig, smallSet } from './small-set.js';

let folder: string;
let out: string;

beforeAll(async () => {
  process.env['CHROMABENCH_CACHE'] = await temporaryFolder('cache');
  folder = await smallSet(30);
});

beforeEach(async () => {
  out = join(await temporaryFolder('alarms'), 'run');
});

async function alarmsOf(...assignments: string[]): Promise<Alarm[]> {
  const recorder = new Recorder();
  const { alarms } = await train({ folder, out, config: smallConfig(...assignments) }, recorder);
  expect(recorder.of('alarm')).toEqual(alarms);
  return alarms;
}

describe('alarms', () => {
  it('stay silent in a healthy training of each architecture', async () => {
    expect(await alarmsOf('budget.steps=260', 'reports.every=20', 'checkpoints.every=65')).toEqual([]);
    out += '-seed';
    expect(await alarmsOf(
      'network.architecture=seed', 'patches.side=32', 'patches.cut=grid', 'encoding.kind=kernel', 'network.width=1', 'rate.start=5e-4', 'rate.schedule=constant',
      'budget.steps=260', 'reports.every=20', 'checkpoints.every=65', 'patches.batch=8',
    )).toEqual([]);
  });

  it('a loss that is no number stops the training and names step and setting; the run opens at its last sound checkpoint', async () => {
    const recorder = new Recorder();
    const config = smallConfig('rate.start=100', 'rate.schedule=constant', 'optimizer.kind=momentum', 'budget.steps=100', 'checkpoints.every=1', 'previews.photos=0');
    await expect(train({ folder, out, config }, recorder)).rejects.toThrow(
      /^The loss is not a number any more at step \d+; the training was stopped\. The learning rate is most likely too high \(rate\.start is 100\): try 10\. /,
    );
    expect(recorder.of('alarm')).toMatchObject([{ kind: 'not-a-number' }]);
    const run = await openRun(out);
    expect(run.state).toBe('failed');
    expect(run.file.reason).toContain('The loss is not a number any more');
    for (const { file } of await run.checkpoints()) expect(Number.isFinite(file.validation?.loss)).toBe(true);
  });

  it('a penalty that drives the weights away is named', async () => {
    const config = smallConfig('optimizer.kind=sgd', 'rate.start=1', 'rate.schedule=constant', 'penalty.kind=l2', 'penalty.strength=10', 'budget.steps=60');
    await expect(train({ folder, out, config }, quietContext())).rejects.toThrow('The penalty overshoots: rate.start (1) times penalty.strength (10) must stay below 1; try penalty.strength 0.01.');
  });

  it('one colour everywhere is told once', async () => {
    // With so few filters and so high a rate every unit of the post's network soon gives 0 for good.
    const alarms = await alarmsOf(
      'network.architecture=seed', 'patches.side=32', 'rate.start=0.1', 'bins.lambda=1', 'budget.steps=300', 'checkpoints.every=50', 'reports.every=300',
    );
    expect(alarms.map(({ kind }) => kind)).toEqual(['one-colour']);
    expect(alarms[0].message).toMatch(/^At step 250 the network gives nearly one colour everywhere \(spread .+ % of the photographs' own\)\. Rebalancing is all but off/);
  });

  it('a loss that does not fall is told once, also over a resume', async () => {
    const flat = ['rate.start=1e-9', 'rate.schedule=constant', 'checkpoints.every=240', 'reports.every=20', 'budget.steps=480', 'previews.photos=0'];
    const recorder = new Recorder((name, data, self) => name === 'checkpoint' && (data as { step: number }).step === 240 && self.stop());
    await train({ folder, out, config: smallConfig(...flat) }, recorder);
    expect(recorder.of('alarm')).toMatchObject([{ kind: 'flat-loss', step: 200 }]);
    expect((recorder.of('alarm')[0] as Alarm).message).toMatch(/^The loss does not fall: \S+ at the start, \S+ at step 200\. The learning rate is most likely too low \(rate\.start is 1e-9\): try 1e-8\.$/);
    expect((await resumeTraining({ run: out }, quietContext())).alarms.filter(({ kind }) => kind === 'flat-loss')).toEqual([]);
  });

  it('a warm-up of the rate is waited for', () => {
    const watch = new Watch(smallConfig('rate.warmup=300'));
    const flatAt = (steps: number, lossOf: (step: number) => number) => {
      let alarm: Alarm | undefined;
      for (let step = 1; step <= steps && alarm === undefined; step++) {
        watch.loss(step, lossOf(step), 0);
        alarm = watch.flat(step);
      }
      return alarm?.step;
    };
    // It hardly moves while the rate rises, then falls.
    expect(flatAt(800, (step) => (step <= 300 ? 5 : 4 + Math.exp((300 - step) / 200)))).toBeUndefined();
    expect(new Watch(smallConfig('rate.warmup=300')).state.firstLosses).toEqual([]);
  });

  it('a flat loss of another network or optimizer than the preset\'s is not measured by the preset\'s rate', () => {
    const watch = new Watch(smallConfig('optimizer.kind=sgd', 'rate.start=1e-4'));
    for (let step = 1; step <= 200; step++) watch.loss(step, 5, 0);
    expect(watch.flat(199)).toBeUndefined();
    expect(watch.flat(200)?.message).toBe(
      'The loss does not fall: 5.000 at the start, 5.000 at step 200. ' +
        'Most likely the learning rate does not suit the network and the optimizer (rate.start is 0.0001): try 0.001, then 0.00001.',
    );
  });

  it('too few photographs are told at the start', async () => {
    const few = await smallSet(8);
    const { alarms } = await train({ folder: few, out, config: smallConfig('budget.steps=1') }, quietContext());
    expect(alarms).toEqual([{
      kind: 'few-photographs', step: 0,
      message: 'Only 7 photographs to learn from: the network will learn them by heart and colour others poorly. Add photographs of the same kind; a hundred is a start.',
    }]);
    expect(await (await openRun(out)).log()).toContain('warning (few-photographs): Only 7 photographs to learn from');
  });
});
