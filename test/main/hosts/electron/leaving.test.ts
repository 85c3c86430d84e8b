import { describe, expect, test, vi } from 'vitest';
import { type ClosingAnswer, closingQuestion, noticeOf } from '../../../../src/main/hosts/electron/job-words.js';
import { Leaving } from '../../../../src/main/hosts/electron/leaving.js';
import { OpenJobs } from '../../../../src/main/hosts/electron/open-jobs.js';
import { keepsAwake, taskBarProgress } from '../../../../src/main/hosts/electron/progress-share.js';
import type { EngineEvent } from '../../../../src/shared/contract/events.js';
import type { JobView } from '../../../../src/shared/contract/job.js';

const training: JobView = { id: 'train-1', kind: 'train', state: 'running', controls: [], queuedAt: 0 };

function leaving(open: JobView[], answer: ClosingAnswer) {
  const home = { ask: vi.fn(() => Promise.resolve(answer)), hide: vi.fn(), end: vi.fn(() => Promise.resolve()) };
  return { home, leaving: new Leaving({ get all() { return open; } }, home) };
}

describe('closing the window', () => {
  test('with nothing to lose it ends without a question', async () => {
    const { home, leaving: it } = leaving([], 'cancel');
    await it.leave();
    expect(home.ask).not.toHaveBeenCalled();
    expect(home.end).toHaveBeenCalledOnce();
  });

  test('during a training it asks, and a change of mind changes nothing', async () => {
    const { home, leaving: it } = leaving([training], 'cancel');
    await it.leave();
    expect(home.ask).toHaveBeenCalledOnce();
    expect(home.end).not.toHaveBeenCalled();
    expect(home.hide).not.toHaveBeenCalled();
  });

  test('stopped, it ends', async () => {
    const { home, leaving: it } = leaving([training], 'stop');
    await it.leave();
    expect(home.end).toHaveBeenCalledOnce();
  });

  test('kept going, the window goes and the program ends after the work', async () => {
    const open = [training];
    const { home, leaving: it } = leaving(open, 'keep');
    await it.leave();
    expect(home.hide).toHaveBeenCalledOnce();
    it.workChanged();
    expect(home.end).not.toHaveBeenCalled();
    open.pop();
    it.workChanged();
    expect(home.end).toHaveBeenCalledOnce();
  });

  test('a window that was fetched back stays when the work is done', async () => {
    const open = [training];
    const { home, leaving: it } = leaving(open, 'keep');
    await it.leave();
    it.stay();
    open.pop();
    it.workChanged();
    expect(home.end).not.toHaveBeenCalled();
  });

  test('closed again while the question stands, it does not ask twice', async () => {
    const { home, leaving: it } = leaving([training], 'cancel');
    await Promise.all([it.leave(), it.leave()]);
    expect(home.ask).toHaveBeenCalledOnce();
  });

  test('the question names the work and has an answer a button', () => {
    expect(closingQuestion([training])).toMatchObject({ message: 'The training is not done.', buttons: ['Stop and Save', 'Keep Training', 'Cancel'] });
    expect(closingQuestion([{ ...training, kind: 'colorize' }])?.buttons).toEqual(['Stop', 'Keep Working', 'Cancel']);
    expect(closingQuestion([training, { ...training, id: 'evaluate-1', kind: 'evaluate' }])?.message).toBe('2 pieces of work are not done.');
  });
});

describe('work outside of the window', () => {
  function engine() {
    let tell!: (event: EngineEvent) => void;
    let die!: () => void;
    const jobs = new OpenJobs({ subscribe: (listener) => ((tell = listener), () => {}), watch: (listener) => ((die = () => listener({ state: 'running', generation: 1 })), () => {}) });
    return { jobs, tell: (event: EngineEvent) => tell(event), die: () => die() };
  }

  test('long work is counted until it ends, a look through a folder is not', () => {
    const { jobs, tell } = engine();
    const ends: string[] = [];
    jobs.onEnd = (job, outcome) => ends.push(`${job.id} ${outcome.state}`);
    tell({ type: 'job', job: training });
    tell({ type: 'job', job: { ...training, id: 'scan-1', kind: 'scan' } });
    tell({ type: 'progress', id: 'train-1', progress: { phase: 'Training', done: 5, total: 20, unit: 'steps' } });
    expect(jobs.all.map(({ id, progress }) => [id, progress?.done])).toEqual([['train-1', 5]]);
    tell({ type: 'job', job: { ...training, state: 'done' } });
    tell({ type: 'ended', id: 'train-1', outcome: { state: 'done', result: undefined } });
    tell({ type: 'ended', id: 'scan-1', outcome: { state: 'done', result: undefined } });
    expect(jobs.all).toEqual([]);
    expect(ends).toEqual(['train-1 done']);
  });

  test('an export of pictures is long work, too', () => {
    const { jobs, tell } = engine();
    tell({ type: 'job', job: { ...training, id: 'colorize-1', kind: 'colorize' } });
    expect(closingQuestion(jobs.all)?.buttons).toEqual(['Stop', 'Keep Working', 'Cancel']);
  });

  test('the jobs of an engine that died have died with it', () => {
    const { jobs, tell, die } = engine();
    tell({ type: 'job', job: training });
    die();
    expect(jobs.all).toEqual([]);
  });

  test('the task bar shows the running work, and the machine stays awake for it', () => {
    const running = { ...training, progress: { phase: 'Training', done: 5, total: 20, unit: 'steps' } };
    expect(taskBarProgress([])).toEqual({ share: -1, mode: 'none' });
    expect(taskBarProgress([{ ...training, state: 'queued' }, running])).toEqual({ share: 0.25, mode: 'normal' });
    expect(taskBarProgress([{ ...running, state: 'paused' }]).mode).toBe('paused');
    expect(taskBarProgress([training]).mode).toBe('indeterminate');
    expect(keepsAwake([running])).toBe(true);
    expect(keepsAwake([{ ...running, state: 'paused' }, { ...training, state: 'queued' }])).toBe(false);
  });

  test('a notice says what came of the work', () => {
    expect(noticeOf(training, { state: 'done', result: undefined })?.title).toBe('The training is done');
    expect(noticeOf({ ...training, kind: 'outliers' }, { state: 'done', result: undefined })?.title).toBe('The comparison of losses and penalties is done');
    expect(noticeOf({ ...training, kind: 'estimate' }, { state: 'done', result: undefined })).toBeUndefined();
    expect(noticeOf(training, { state: 'failed', error: { message: 'The disk is full.', expected: true } })).toEqual({ title: 'The training failed', body: 'The disk is full.' });
    expect(noticeOf(training, { state: 'cancelled', kept: 'Step 20 is kept.' })?.body).toBe('Step 20 is kept.');
  });
});
