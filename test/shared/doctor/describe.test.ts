import { expect, test } from 'vitest';
import { describeReport } from '../../../src/shared/doctor/describe.js';
import { healthy } from '../../helpers/healthy-machine.js';

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
  const problems = [{ severity: 'fault', what: 'The engine does not work: it crashed (SIGILL).', cure: 'Run `npm start` once.' }] as const;
  expect(describeReport({ ...healthy, engine: { fault: 'it crashed (SIGILL)' }, problems: [...problems] }).split('\n').slice(-2)).toEqual([
    'Problem: The engine does not work: it crashed (SIGILL).',
    '  Run `npm start` once.',
  ]);
});
