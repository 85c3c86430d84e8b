/** The laboratories' stores: nothing typed is lost, no screen is taken from a person, no answer comes too late. */
import { createPinia, setActivePinia } from 'pinia';
import { effectScope, nextTick, ref } from 'vue';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useComparing } from '../../src/renderer/stores/comparing.js';
import { useLabs } from '../../src/renderer/stores/labs.js';
import { useLiveLab } from '../../src/renderer/stores/live-lab.js';
import { useOutliers } from '../../src/renderer/stores/outliers.js';
import { useRegularization } from '../../src/renderer/stores/regularization.js';
import { useSweep } from '../../src/renderer/stores/sweep.js';
import { useWeightFilm } from '../../src/renderer/stores/weight-film.js';
import { REGULARIZATION_PRESETS } from '../../src/shared/labs/regularization/presets.js';

interface Waiting {
  name: string;
  body: Record<string, unknown>;
  answer(reply: unknown): void;
  fail(error: Error): void;
}

/** Requests that wait to be answered, in the order in which they were made; and those who listen to events. */
const { waiting, listeners } = vi.hoisted(() => ({ waiting: [] as Waiting[], listeners: new Set<(event: unknown) => void>() }));
vi.mock('../../src/renderer/api/door.js', () => ({
  door: {
    request: (name: string, body: Record<string, unknown>) => new Promise((answer, fail) => waiting.push({ name, body, answer, fail })),
    subscribe: (listener: (event: unknown) => void) => (listeners.add(listener), () => listeners.delete(listener)),
    watchLink: () => () => {},
    watchEngine: () => () => {},
  },
}));

async function settled(): Promise<void> {
  await new Promise((done) => setTimeout(done));
  await nextTick();
}

/** The first request of a name that waits. */
async function taken(name: string): Promise<Waiting> {
  await settled();
  const found = waiting.findIndex((each) => each.name === name);
  if (found < 0) throw new Error(`Nobody asked ${name}.`);
  return waiting.splice(found, 1)[0];
}

async function answer(name: string, reply: unknown): Promise<void> {
  (await taken(name)).answer(reply);
  await settled();
}

function tell(event: object): void {
  listeners.forEach((listener) => listener(event));
}

function job(id: string, state = 'running') {
  return { id, kind: id.split('-')[0], state, parameters: {} };
}

const asked = () => waiting.map(({ name }) => name);

beforeEach(() => {
  waiting.length = 0;
  listeners.clear();
  setActivePinia(createPinia());
});

describe('settings that a person changed', () => {
  it('are laid aside where a preset is chosen, one layer after the other, and come back', () => {
    const lab = useRegularization();
    lab.set('epochs', 77);
    lab.choosePreset('calm');
    expect(lab.aside).toEqual({ preset: 'post', names: ['Epochs'] });
    lab.set('rate', 0.5);
    lab.choosePreset('sparse');
    expect(lab.aside).toEqual({ preset: 'calm', names: ['Learning rate'] });
    lab.dismissAside();
    lab.set('seed', 9);
    lab.bringBack();
    expect([lab.preset, lab.assembled.config?.epochs]).toEqual(['post', 77]);
    // What gave way to them can be had back in its turn.
    lab.bringBack();
    expect([lab.preset, lab.assembled.config?.seed]).toEqual(['sparse', 9]);
  });

  it('are laid aside where the settings of a run, a link or a file are taken, or all is restored; not where nothing gives way', () => {
    const lab = useRegularization();
    lab.set('epochs', 77);
    lab.takeConfig(lab.assembled.config!);
    expect(lab.aside).toBeUndefined();
    lab.takeText('{"epochs": 5}', 'mine.json');
    expect(lab.aside?.names).toEqual(['Epochs']);
    lab.restore();
    lab.bringBack();
    expect(lab.assembled.config?.epochs).toBe(5);
  });

  it('stay as they are where the guided page runs a preset', async () => {
    const [lab, comparing] = [useRegularization(), useComparing()];
    lab.set('epochs', 77);
    void lab.runPreset('sparse');
    await answer('placeForLab', { path: '/labs/sparse', id: 'sparse' });
    const { config } = (await taken('startJob')).body.parameters as { config: object };
    expect(config).toEqual(REGULARIZATION_PRESETS.sparse.config);
    expect([lab.preset, lab.assembled.config?.epochs, lab.aside]).toEqual(['post', 77, undefined]);
    comparing.set('epochs', 3);
    comparing.name = 'mine';
    void comparing.runPreset('paper');
    await answer('placeForLab', { path: '/labs/paper', id: 'paper' });
    expect([comparing.name, comparing.assembled.config?.epochs]).toEqual(['mine', 3]);
  });

  it('are not run where they cannot be: a sentence says why', async () => {
    const [sweep, outliers] = [useSweep(), useOutliers()];
    sweep.set('data.kind', 'csv');
    outliers.set('data.outliers', 0);
    expect([sweep.obstacle, outliers.obstacle]).toEqual([expect.stringContaining('choose a CSV file'), expect.stringContaining('no outliers')]);
    await sweep.run();
    await outliers.run();
    await settled();
    expect(asked()).not.toContain('placeForLab');
  });
});

describe('the screen of an experiment', () => {
  it('is not taken from a person who turned to another run while one was being begun', async () => {
    const lab = useRegularization();
    void lab.run();
    const place = await taken('placeForLab');
    void lab.show('earlier');
    place.answer({ path: '/labs/new', id: 'new' });
    await answer('startJob', job('regularization-1'));
    tell({ type: 'job', job: job('regularization-1') });
    await settled();
    expect([lab.labId, lab.jobId]).toEqual(['earlier', undefined]);
    expect(asked()).not.toContain('labOfJob');
  });

  it('keeps its run where the engine cannot say what another job writes, and says so', async () => {
    const lab = useRegularization();
    void lab.offer('newest');
    tell({ type: 'job', job: job('regularization-7') });
    (await taken('labOfJob')).fail(new Error('The wire broke.'));
    await settled();
    expect([lab.labId, lab.jobId]).toEqual(['newest', undefined]);
    expect(lab.failure).toBe('The wire broke.');
  });

  it('turns to what another page began as long as nobody picked a run', async () => {
    const lab = useRegularization();
    void lab.offer('newest');
    tell({ type: 'job', job: job('regularization-7') });
    await answer('labOfJob', { id: 'begun', path: '/labs/begun' });
    expect([lab.labId, lab.jobId]).toEqual(['begun', 'regularization-7']);
  });
});

describe('a run that is followed', () => {
  const summary = { id: 'long', name: 'long', path: '/labs/long', state: 'training', changedAt: 0 };
  const report = (epoch: number, between: number, run = 0) => ({
    activation: 'relu', normalization: 'with', run, epoch: epoch + between / 20, step: epoch * 20 + between, seconds: 0, loss: 1, accuracy: 50,
    ...(between === 0 && { test: { loss: 1, accuracy: 50, layers: [] } }),
  });

  it('shows the newest reading, whichever answer comes last', async () => {
    const scope = effectScope();
    const live = scope.run(() => useLiveLab('activations', ref('long'), ref('activations-1')))!;
    const first = await taken('readLab');
    tell({ type: 'event', id: 'activations-1', name: 'variant', data: {} });
    await answer('readLab', { kind: 'activations', summary: { ...summary, name: 'now' }, reports: [report(1, 0)] });
    first.answer({ kind: 'activations', summary: { ...summary, name: 'before' }, reports: [] });
    await settled();
    expect(live.details.value?.summary.name).toBe('now');
    expect(live.reports.value).toHaveLength(1);
    scope.stop();
  });

  it('keeps a bounded number of reports over days, the ends and every so many epochs among them', async () => {
    const scope = effectScope();
    const live = scope.run(() => useLiveLab('activations', ref('long'), ref('activations-1')))!;
    await answer('readLab', { kind: 'activations', summary, reports: [] });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let most = 0;
    for (let epoch = 0; epoch < 8000; epoch++) {
      for (let between = 0; between < 20; between++) tell({ type: 'event', id: 'activations-1', name: 'report', data: report(epoch, between) });
      if (epoch % 50 === 49) vi.advanceTimersByTime(250);
      most = Math.max(most, live.reports.value.length);
    }
    vi.advanceTimersByTime(250);
    vi.useRealTimers();
    expect(most).toBeLessThan(7500);
    const tests = live.reports.value.filter(({ test }) => test !== undefined).map(({ epoch }) => epoch);
    expect([tests[0], tests.at(-1)]).toEqual([0, 7999]);
    const gaps = new Set(tests.slice(1).map((epoch, k) => epoch - tests[k]));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(8);
    scope.stop();
  }, 60_000);

  it('asks for weights again where a reading failed', async () => {
    const scope = effectScope();
    const film = scope.run(() => useWeightFilm(ref('long'), ref(0)))!;
    const request = await taken('readLabWeights');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    request.fail(new Error('The wire broke.'));
    await vi.advanceTimersByTimeAsync(3000);
    vi.useRealTimers();
    await answer('readLabWeights', { sizes: [1, 1], members: [{ kind: 'l1', run: 0 }], records: 1, first: 0, count: 1, values: btoa('\0'.repeat(8)) });
    expect(film.records.value).toBe(1);
    scope.stop();
  });
});

describe('the list of runs', () => {
  it('says that it could not be read anew, and keeps what it had', async () => {
    const labs = useLabs();
    void labs.refresh();
    await answer('listLabs', []);
    void labs.refresh();
    (await taken('listLabs')).fail(new Error('The folder is gone.'));
    await settled();
    expect([labs.all, labs.failure]).toEqual([[], 'The folder is gone.']);
  });
});
