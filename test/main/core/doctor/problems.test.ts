import { describe, expect, test } from 'vitest';
import { findProblems } from '../../../../src/main/core/doctor/problems.js';
import { healthy } from '../../../helpers/healthy-machine.js';
import type { Facts } from '../../../../src/shared/doctor/report.js';

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
    ['a broken engine for GPUs that was chosen', { chosenEngine: 'gpu', gpuEngine: { fault: 'it crashed (SIGSEGV)' } }, 'fault', /^The engine for GPUs does not work: it crashed \(SIGSEGV\)\.$/, /npm run gpu-engine/],
    ['a broken engine for GPUs that was not chosen', { gpuEngine: { fault: 'it crashed (SIGSEGV)' } }, 'remark', /^The engine for GPUs does not work: it crashed/, /npm run gpu-engine/],
    ['no engine for GPUs where it was asked for', { chosenEngine: 'gpu' }, 'fault', /CHROMABENCH_ENGINE is gpu, but/, /unset CHROMABENCH_ENGINE/],
    ['an engine for GPUs without a card', { gpuEngine: healthy.engine }, 'remark', /^The engine for GPUs computes on the processor: NVIDIA's driver names no card\.$/, /525\.60\.13 or newer/],
    ['an engine for GPUs that a driver refuses', { gpus: ['Tesla T4'], gpuEngine: { ...healthy.engine, withoutGpu: 'the driver refuses (CUDA_ERROR_NO_DEVICE)' } }, 'remark', /computes on the processor: the driver refuses/, /nvidia-smi/],
    ['no display', { display: undefined }, 'remark', /no display/, /graphical session/],
  ])('%s', (_, changes, severity, what, cure) => {
    expect(problemsOf(changes)).toEqual([{ severity, what: expect.stringMatching(what), cure: expect.stringMatching(cure) }]);
  });
});

test('faults stand before remarks', () => {
  expect(problemsOf({ display: undefined, engine: { fault: 'gone' } }).map(({ severity }) => severity)).toEqual(['fault', 'remark']);
});
