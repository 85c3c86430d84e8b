import { describe, expect, test } from 'vitest';
import { describeReport } from '../../../../src/main/core/doctor/describe.js';
import { findProblems } from '../../../../src/main/core/doctor/problems.js';
import type { Facts } from '../../../../src/main/core/doctor/report.js';

/** A machine with nothing to complain about. */
const healthy: Facts = {
  program: { version: '0.1.0', folder: '/home/ada/chromabench', node: '20.19.0', platform: 'linux x64', missingPackages: [] },
  engine: { tensorflow: '2.15.1', kernels: 'Intel AVX2', oneDnn: false, sharp: '0.35.5', secondsToLoad: 1.24 },
  processor: { model: 'AMD EPYC', instructionSets: ['AVX', 'AVX2', 'FMA'], threads: 2 },
  memory: { total: 16e9, available: 8e9 },
  gpus: [],
  electron: { version: '45.0.0' },
  browser: { path: '/usr/bin/chromium', version: '131.0' },
  display: 'X11 :0',
  cache: { folder: '/home/ada/.cache/chromabench', writable: true, free: 50e9, parts: [{ name: 'engine', bytes: 614e6 }], clear: 'npm run clear-cache' },
};

function problemsOf(changes: Partial<Facts>) {
  return findProblems({ ...healthy, ...changes });
}

test('a healthy machine has no problems', () => {
  expect(findProblems(healthy)).toEqual([]);
});

describe('every problem comes with its cure', () => {
  test.each<[string, Partial<Facts>, 'fault' | 'remark', RegExp, RegExp]>([
    ['missing packages', { program: { ...healthy.program, missingPackages: ['sharp'] } }, 'fault', /^npm packages are missing: sharp\.$/, /npm start/],
    ['no engine', { engine: { fault: 'it crashed (SIGILL)' } }, 'fault', /^The engine does not work: it crashed \(SIGILL\)\.$/, /npm start/],
    ['an unwritable cache', { cache: { ...healthy.cache, writable: false } }, 'fault', /cannot be written/, /CHROMABENCH_CACHE/],
    ['a full disk', { cache: { ...healthy.cache, free: 5e8 } }, 'fault', /has 500 MB left/, /npm run clear-cache/],
    ['a small container', { memory: { ...healthy.memory, limit: 1e9 } }, 'fault', /grants 1\.0 GB of memory/, /Raise/],
    ['little memory', { memory: { total: 4e9, available: 1e9 } }, 'fault', /^1\.0 GB of memory are available/, /smaller batch/],
    ['an old processor', { processor: { ...healthy.processor, instructionSets: ['AVX'] } }, 'remark', /no AVX2/, /another machine/],
    ['a throttled container', { processor: { ...healthy.processor, threads: 64, quota: 2 } }, 'remark', /time of 2 processors, but the engine sees 64/, /taskset/],
    ['no window program', { electron: {}, browser: {} }, 'remark', /Neither Electron nor/, /apt-get install chromium/],
    ['no display', { display: undefined }, 'remark', /no display/, /graphical session/],
  ])('%s', (_, changes, severity, what, cure) => {
    expect(problemsOf(changes)).toEqual([{ severity, what: expect.stringMatching(what), cure: expect.stringMatching(cure) }]);
  });
});

test('faults stand before remarks', () => {
  expect(problemsOf({ display: undefined, engine: { fault: 'gone' } }).map(({ severity }) => severity)).toEqual(['fault', 'remark']);
});

test('the text has a line a fact', () => {
  expect(describeReport({ ...healthy, problems: [] })).toBe(
    [
      'Chromabench   0.1.0 in /home/ada/chromabench',
      'Node.js       20.19.0 on linux x64',
      'npm packages  in place',
      'Engine        TensorFlow 2.15.1, kernels for Intel AVX2, oneDNN off, loads in 1.2 s, sharp 0.35.5',
      'Processor     AMD EPYC: AVX, AVX2, FMA',
      'Threads       2',
      'Memory        8.0 GB of 16.0 GB available',
      'GPU           none found; the engine computes on the processor',
      'Electron      45.0.0',
      'Browser       /usr/bin/chromium (131.0)',
      'Display       X11 :0',
      'Cache         /home/ada/.cache/chromabench: engine 614 MB; 50.0 GB free; `npm run clear-cache` empties it',
      '',
      'No problems found.',
    ].join('\n'),
  );
});

test('the text names problems and cures', () => {
  const problems = problemsOf({ engine: { fault: 'it crashed (SIGILL)' } });
  expect(describeReport({ ...healthy, engine: { fault: 'it crashed (SIGILL)' }, problems }).split('\n').slice(-2)).toEqual([
    'Problem: The engine does not work: it crashed (SIGILL).',
    "  Run `npm start` once in the program's folder: it sets everything up and says what is missing.",
  ]);
});
