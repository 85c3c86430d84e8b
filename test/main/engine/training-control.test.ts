import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Engine } from '../../../src/main/engine/engine.js';
import { followJob } from '../../../src/shared/contract/follow-job.js';
import type { JobState, JobView } from '../../../src/shared/contract/job.js';
import { assembleConfig } from '../../../src/shared/run/assemble.js';

const root = join(import.meta.dirname, '../../..');
let place: string;
let engine: Engine;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'chromabench-control-'));
  process.env.CHROMABENCH_CACHE = join(place, 'cache');
  engine = new Engine({ childModule: join(root, 'out/main/engine/job-child.js') });
});

afterAll(async () => {
  await engine.close();
  rmSync(place, { recursive: true });
});

/** Far more steps than are ever taken here, each a moment long. */
const config = assembleConfig([{
  budget: { steps: 100_000 }, network: { width: 0.1 }, patches: { batch: 1, side: 64 }, photos: { side: 64 },
  validation: { photos: 1 }, previews: { photos: 0 }, reports: { every: 2 }, checkpoints: { every: 1000 },
}]);

/** What is waited for while a job runs. */
class Watch {
  readonly states: JobState[] = [];
  reports = 0;
  private waiting: { holds: () => boolean; resolve: () => void }[] = [];

  readonly reader = {
    changed: ({ state }: JobView) => this.look(() => this.states.push(state)),
    event: (name: string) => this.look(() => name === 'metrics' && this.reports++),
  };

  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push({ holds, resolve });
      this.look(() => {});
    });
  }

  private look(change: () => unknown): void {
    change();
    this.waiting.filter(({ holds }) => holds()).forEach(({ resolve }) => resolve());
    this.waiting = this.waiting.filter(({ holds }) => !holds());
  }
}

test('a training pauses, goes on and stops when it is asked to, and keeps its run', async () => {
  const watch = new Watch();
  const parameters = { folder: join(root, 'resources/photographs/training'), out: join(place, 'run'), config };
  const { id, outcome } = await followJob(engine, 'train', parameters, watch.reader);
  await watch.until(() => watch.reports > 0);

  expect((await engine.request('controlJob', { id, action: 'pause' })).controls).toEqual(['pause', 'stop']);
  await watch.until(() => watch.states.at(-1) === 'paused');
  const atRest = watch.reports;
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(watch.reports).toBe(atRest);
  const [paused] = await engine.request('listJobs', {});
  expect(paused).toMatchObject({ state: 'paused', controls: ['resume', 'stop'] });

  await engine.request('controlJob', { id, action: 'resume' });
  await watch.until(() => watch.states.at(-1) === 'running' && watch.reports > atRest);

  await engine.request('controlJob', { id, action: 'stop' });
  const end = await outcome;
  expect(end).toMatchObject({ state: 'done', result: { state: 'stopped', run: join(place, 'run') } });
  expect(watch.states).toEqual(['queued', 'running', 'paused', 'running', 'stopping', 'done']);
});

test('a second training waits for the first', async () => {
  const watch = new Watch();
  const parameters = (name: string) => ({ folder: join(root, 'resources/photographs/training'), out: join(place, name), config });
  const first = await followJob(engine, 'train', parameters('first'), watch.reader);
  const second = await followJob(engine, 'train', parameters('second'));
  await watch.until(() => watch.reports > 0);
  const states = (await engine.request('listJobs', {})).slice(-2).map(({ state }) => state);
  expect(states).toEqual(['running', 'queued']);
  await engine.request('cancelJob', { id: second.id });
  await engine.request('cancelJob', { id: first.id });
  expect(await second.outcome).toEqual({ state: 'cancelled', kept: 'It had not begun.' });
  expect(await first.outcome).toMatchObject({ state: 'cancelled', kept: expect.stringContaining(`is kept in ${join(place, 'first')}`), result: { state: 'stopped' } });
});
