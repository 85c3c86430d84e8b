import { expect, test } from 'vitest';
import { describeReport } from '../../../src/shared/doctor/describe.js';
import { healthy } from '../../helpers/healthy-machine.js';

test('the text has a line a fact', () => {
  expect(describeReport({ ...healthy, problems: [] })).toBe(
    [
      'Chromabench      0.1.0 in /home/ada/chromabench',
      'Node.js          20.19.0 on linux x64',
      'npm packages     in place',
      'Engine           TensorFlow 2.15.1, computes on the processor, kernels for Intel AVX2, oneDNN off, loads in 1.2 s, sharp 0.35.5',
      'Engine for GPUs  not set up; `npm start -- --gpu` does it where there is an NVIDIA card (Linux x64, a download of 2.4 GB)',
      'Processor        AMD EPYC: AVX, AVX2, FMA',
      'Threads          2',
      'Memory           8.0 GB of 16.0 GB available',
      'GPU              none found; the engine computes on the processor',
      'Electron         45.0.0',
      'Browser          /usr/bin/chromium (131.0)',
      'Display          X11 :0',
      'Cache            /home/ada/.cache/chromabench: engine 614 MB; 50.0 GB free; `npm run clear-cache` empties it',
      '',
      'No problems found.',
    ].join('\n'),
  );
});

test('the text names problems and cures', () => {
  const problems = [{ severity: 'fault', what: 'The engine does not work: it crashed (SIGILL).', cure: 'Run `npm start` once.' }] as const;
  expect(describeReport({ ...healthy, engine: { fault: 'it crashed (SIGILL)' }, problems: [...problems] }).split('\n').slice(-2)).toEqual([
    'Problem: The engine does not work: it crashed (SIGILL).',
    '  Run `npm start` once.',
  ]);
});

const t4 = { ...healthy.engine, devices: ['GPU:0 Tesla T4, 13775 MB, compute capability 7.5'] };

test.each([
  [{ gpus: ['Tesla T4'] }, 'GPU              Tesla T4 (not used: the program was started with the engine for the processor; `npm start -- --gpu` starts it with the other)'],
  [{ gpus: ['Tesla T4'], gpuEngine: t4, chosenEngine: 'gpu' as const }, 'GPU              Tesla T4 (used)'],
  [{ gpus: ['Tesla T4'], gpuEngine: healthy.engine, chosenEngine: 'gpu' as const }, 'GPU              Tesla T4 (not used: the engine for GPUs does not reach it)'],
  [{ gpuEngine: t4 }, 'Engine for GPUs  TensorFlow 2.15.1, computes on GPU:0 Tesla T4, 13775 MB, compute capability 7.5, kernels for Intel AVX2, oneDNN off, loads in 1.2 s, sharp 0.35.5'],
])('cards and the engine for them are told: %j', (facts, line) => {
  expect(describeReport({ ...healthy, ...facts, problems: [] }).split('\n')).toContain(line);
});
