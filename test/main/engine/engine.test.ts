import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Engine } from '../../../src/main/engine/engine.js';
import type { EngineEvent } from '../../../src/shared/contract/events.js';
import type { JobOutcome } from '../../../src/shared/contract/job.js';
import { followJob } from '../../../src/shared/contract/follow-job.js';
import { PRESETS } from '../../../src/shared/run/presets.js';
import { lives } from './processes.js';

const root = join(import.meta.dirname, '../../..');
const source = {
  childModule: join(root, 'out/main/engine/job-child.js'),
  handlersModule: join(root, 'test/main/engine/faulty-handlers.mjs'),
};

let place: string;
let engine: Engine;
let heard: EngineEvent[];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'chromabench-engine-'));
  engine = new Engine({ ...source, graceMs: 500 });
  heard = [];
  engine.subscribe((event) => heard.push(event));
});

afterEach(async () => {
  await engine.close();
  rmSync(place, { recursive: true });
});

/** The folder that makes the handlers show a fault. */
function faulty(fault: string): string {
  const folder = join(place, fault);
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function start(fault: string, reader: { note?: () => void } = {}) {
  return followJob(engine, 'inspect', { folder: faulty(fault) }, reader);
}

/** Starts a job and waits for its first note. */
async function noted<T>(started: (reader: { note: () => void }) => Promise<T>): Promise<T> {
  let tell = () => {};
  const note = new Promise<void>((resolve) => (tell = resolve));
  const job = await started({ note: () => tell() });
  await note;
  return job;
}

function startUntilNote(fault: string) {
  return noted((reader) => start(fault, reader));
}

async function outcomeOf(fault: string): Promise<JobOutcome> {
  return (await start(fault)).outcome;
}

async function failureOf(fault: string) {
  const outcome = await outcomeOf(fault);
  if (outcome.state !== 'failed') throw new Error(`expected a failure, got ${outcome.state}`);
  return outcome.error;
}

describe('a job that goes well', () => {
  test('reports progress, notes, states and a checked result', async () => {
    const outcome = await outcomeOf('fine');
    expect(outcome).toMatchObject({ state: 'done', result: { window: 10, files: 0 } });
    const [{ id }] = await engine.request('listJobs', {});
    expect(id).toMatch(/^inspect-[0-9a-f]{4}-1$/);
    expect(heard.filter(({ type }) => type === 'progress')).toEqual([
      { type: 'progress', id, progress: { phase: 'Reading photographs', done: 1, total: 2, unit: 'photographs' } },
      { type: 'progress', id, progress: { phase: 'Reading photographs', done: 2, total: 2, unit: 'photographs' } },
    ]);
    expect(heard).toContainEqual({ type: 'note', id, note: { level: 'warning', message: 'one.jpg is damaged' } });
    expect(heard.filter((event) => event.type === 'job').map((event) => event.job.state)).toEqual(['queued', 'running', 'done']);
  });

  test('runs in a process of its own, which has gone afterwards', async () => {
    const outcome = await outcomeOf('fine');
    const pid = Number((outcome as { result: { fingerprint: string } }).result.fingerprint);
    expect(pid).not.toBe(process.pid);
    expect(lives(pid)).toBe(false);
  });

  test('is remembered: its outcome can be asked for later', async () => {
    await outcomeOf('fine');
    const [job, ...others] = await engine.request('listJobs', {});
    expect([job, others]).toMatchObject([{ kind: 'inspect', state: 'done', controls: [] }, []]);
    expect(await engine.request('outcomeOfJob', { id: job.id })).toMatchObject({ state: 'done' });
  });
});

describe('a listener that throws', () => {
  test('costs neither the job nor the others: it is told in a warning', async () => {
    const warnings: string[] = [];
    const hear = (warning: Error) => void warnings.push(warning.message);
    process.on('warning', hear);
    const leave = engine.subscribe(() => {
      throw new Error('a reader with a fault');
    });
    const later: string[] = [];
    engine.subscribe(({ type }) => later.push(type));
    expect(await outcomeOf('fine')).toMatchObject({ state: 'done' });
    leave();
    process.off('warning', hear);
    expect(warnings).toContain('a reader with a fault');
    expect(later).toEqual(heard.map(({ type }) => type));
  });
});

describe('a job that fails', () => {
  test('a complaint for people passes unchanged', async () => {
    expect(await failureOf('complains')).toEqual({ message: 'The folder is empty: choose another.', expected: true });
  });

  test('a defect comes with its stack', async () => {
    expect(await failureOf('throws')).toMatchObject({ message: 'a defect', expected: false, details: expect.stringContaining('faulty-handlers.mjs') });
  });

  test('so does one that nobody waited for', async () => {
    expect(await failureOf('rejectsUnseen')).toMatchObject({ message: 'nobody waited for this', expected: false });
  });

  test('leaving without a result is told with the last words and what was kept', async () => {
    const error = await failureOf('exits');
    expect(error.message).toBe(
      'The job ended without a result (exit code 7). The photographs read so far are remembered; the next look at the folder starts from there.',
    );
    expect(error.details).toBe('last words');
  });

  test('a crash in native code names the signal', async () => {
    expect((await failureOf('aborts')).message).toMatch(/^The job crashed in native code \(SIGABRT\)\./);
  });

  test('a kill from outside names memory as the likely cause', async () => {
    expect((await failureOf('killed')).message).toMatch(/^The job was killed from outside \(SIGKILL\), most often by the system because memory ran out\./);
  });

  test('an exhausted heap is called by its name', async () => {
    // A small heap for the child only: options of Node pass through the environment.
    process.env.NODE_OPTIONS = '--max-old-space-size=40';
    try {
      expect((await failureOf('fillsMemory')).message).toMatch(/^The job ran out of memory\./);
    } finally {
      delete process.env.NODE_OPTIONS;
    }
  });

  test('a process that the system refuses to start fails the job, not the host', async () => {
    // The system takes no environment entry of this size: the fork throws.
    process.env.CHROMABENCH_TOO_LARGE = 'x'.repeat(4_000_000);
    try {
      expect((await failureOf('fine')).message).toMatch(/^The job's process could not be started \(.*E2BIG.*\)\./);
    } finally {
      delete process.env.CHROMABENCH_TOO_LARGE;
    }
    expect(await outcomeOf('fine')).toMatchObject({ state: 'done' });
  });

  test.each([
    ['speaksNonsense', 'message of the job: progress.phase: invalid input'],
    ['emitsUnknown', 'event of inspect: there is none named surprise.'],
    ['returnsNonsense', 'result of inspect: folder: invalid input'],
  ])('%s is refused by name', async (fault, message) => {
    expect((await failureOf(fault)).message).toContain(message);
  });

  test('a process left behind by the job does not keep it open for ever', async () => {
    expect(await outcomeOf('leavesGrandchild')).toMatchObject({ state: 'done' });
  });
});

describe('cancelling', () => {
  test('lets the job put its work away', async () => {
    const job = await startUntilNote('tidiesUp');
    expect(await engine.request('cancelJob', { id: job.id })).toMatchObject({ state: 'stopping' });
    expect(await job.outcome).toMatchObject({ state: 'cancelled', result: { files: 0 } });
    expect(existsSync(join(place, 'tidiesUp', 'tidied'))).toBe(true);
  });

  test('says what was kept of a job that just ends', async () => {
    const job = await startUntilNote('waits');
    await engine.request('cancelJob', { id: job.id });
    expect(await job.outcome).toEqual({ state: 'cancelled', kept: expect.stringContaining('are remembered'), result: undefined });
  });

  test.each(['ignoresCancel', 'spins'])('ends one that does not listen: %s', async (fault) => {
    const job = await startUntilNote(fault);
    await engine.request('cancelJob', { id: job.id });
    expect(await job.outcome).toMatchObject({ state: 'cancelled' });
  });

  describe('of a job that takes long to put its work away', () => {
    let patient: Engine;
    beforeEach(() => (patient = new Engine({ ...source, graceMs: 60_000 })));
    afterEach(() => patient.close());

    test('asked twice, ends it at once', async () => {
      const job = await noted((reader) => followJob(patient, 'inspect', { folder: faulty('spins') }, reader));
      await patient.request('cancelJob', { id: job.id });
      await patient.request('cancelJob', { id: job.id });
      expect(await job.outcome).toMatchObject({ state: 'cancelled' });
    });

    test('asked once, ends at once what is being stopped already', async () => {
      let told = () => {};
      const stopping = new Promise<void>((resolve) => (told = resolve));
      const parameters = { folder: faulty('any'), out: join(place, 'run'), config: PRESETS.fast.config };
      const job = await noted((reader) => followJob(patient, 'train', parameters, { ...reader, changed: ({ state }) => state === 'stopping' && told() }));
      await patient.request('controlJob', { id: job.id, action: 'stop' });
      await stopping;
      expect(await patient.request('cancelJob', { id: job.id })).toMatchObject({ state: 'stopping' });
      expect(await job.outcome).toMatchObject({ state: 'cancelled' });
    });
  });

  test('closing the engine lets what is being cancelled already put its work away', async () => {
    const job = await startUntilNote('tidiesUp');
    await engine.request('cancelJob', { id: job.id });
    await engine.close();
    expect(existsSync(join(place, 'tidiesUp', 'tidied'))).toBe(true);
  });

  test('closing the engine leaves no process', async () => {
    await startUntilNote('waits');
    const pid = Number(readFileSync(join(place, 'waits', 'pid'), 'utf8'));
    await engine.close();
    expect(lives(pid)).toBe(false);
  });
});

describe('queueing', () => {
  test('light jobs run three at a time, the next waits visibly and can be given up', async () => {
    const running = await Promise.all([1, 2, 3].map(() => startUntilNote('waits')));
    const waiting = await start('fine');
    const givenUp = await start('fine');
    expect((await engine.request('listJobs', {})).map(({ state }) => state)).toEqual(['running', 'running', 'running', 'queued', 'queued']);
    await engine.request('cancelJob', { id: givenUp.id });
    expect(await givenUp.outcome).toEqual({ state: 'cancelled', kept: 'It had not begun.' });
    await engine.request('cancelJob', { id: running[0].id });
    expect(await waiting.outcome).toMatchObject({ state: 'done' });
  });
});

describe('requests', () => {
  test.each([
    [() => engine.request('startJob', { kind: 'inspect', parameters: { folder: 'here' } }), 'parameters of inspect: folder: expected an absolute path.'],
    [() => engine.request('startJob', { kind: 'fly' as 'inspect', parameters: {} }), /^startJob: kind: invalid option/],
    [() => engine.request('cancelJob', { id: 'inspect-9' }), 'There is no job inspect-9.'],
    [() => engine.request('dance' as 'listJobs', {}), 'There is no request named dance.'],
  ])('%# a wrong one is refused by name', async (ask, message) => {
    await expect(ask()).rejects.toThrow(message);
    expect(heard).toEqual([]);
  });

  test('a control that the kind does not know is refused', async () => {
    const job = await startUntilNote('waits');
    await expect(engine.request('controlJob', { id: job.id, action: 'pause' })).rejects.toThrow(
      'controlJob: a job of kind inspect that is running cannot pause.',
    );
  });
});

test('what a job was started with is told, but for its secrets', async () => {
  const run = join(place, 'run');
  const { id } = await engine.request('startJob', { kind: 'clusterAttach', parameters: { run, headers: { Authorization: 'Bearer secret-word' } } });
  expect(await engine.request('parametersOfJob', { id })).toEqual({ run });
  expect(JSON.stringify(heard)).not.toContain('secret-word');
});
