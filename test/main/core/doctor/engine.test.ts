import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examineEngine, readEngineEnd } from '../../../../src/main/core/doctor/engine.js';

const end = { code: 0, signal: null, stdout: '', stderr: '' };

test('versions, instructions and kernels of an engine that computes', () => {
  const stdout = [
    'onednn_verbose,info,oneDNN v3.2.1 (commit N/A)',
    'onednn_verbose,info,cpu,isa:Intel AVX-512 with Intel DL Boost',
    'onednn_verbose,exec,cpu,convolution,brgconv:avx512_core,forward_training',
    '{"tensorflow":"2.15.1","sharp":"0.35.5","secondsToLoad":1.2}',
    '',
  ].join('\n');
  expect(readEngineEnd({ ...end, stdout })).toEqual({
    tensorflow: '2.15.1',
    sharp: '0.35.5',
    secondsToLoad: 1.2,
    kernels: 'Intel AVX-512 with Intel DL Boost',
    oneDnn: true,
  });
});

test.each([
  [{ ...end, code: null, signal: 'SIGILL' as const }, 'it crashed (SIGILL)'],
  [{ ...end, code: null, signal: 'SIGKILL' as const }, 'it did not answer within 120 seconds, or memory ran out'],
  [{ ...end, code: 1, stderr: 'node:internal\n\nUserError: The engine does not load.\n    at load' }, 'The engine does not load.'],
  [{ ...end, code: 7 }, 'it ended with exit code 7'],
])('a process that ended as %j tells its fault', (engineEnd, fault) => {
  expect(readEngineEnd(engineEnd)).toEqual({ fault });
});

test('a process that crashes does not take the doctor with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chromabench-doctor-'));
  const place = join(folder, 'out', 'main', 'core', 'doctor');
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'engine-child.js'), 'process.kill(process.pid, "SIGSEGV"); setInterval(() => {}, 1000);');
  expect(await examineEngine(folder)).toEqual({ fault: 'it crashed (SIGSEGV)' });
  await rm(folder, { recursive: true });
});
