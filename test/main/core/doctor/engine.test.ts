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
    '{"tensorflow":"2.15.1","sharp":"0.35.5","secondsToLoad":1.2,"gpu":false}',
    '',
  ].join('\n');
  expect(readEngineEnd({ ...end, stdout })).toEqual({
    tensorflow: '2.15.1',
    sharp: '0.35.5',
    secondsToLoad: 1.2,
    kernels: 'Intel AVX-512 with Intel DL Boost',
    oneDnn: true,
    devices: ['the processor'],
  });
});

const answer = '{"tensorflow":"2.15.1","sharp":"0.35.5","secondsToLoad":1.2,"gpu":true}';
/** As TensorFlow 2.15 writes them: the place of a card, its memory, its name. */
const cards = [
  '2024-01-08 15:16:18.141712: I tensorflow/core/common_runtime/gpu/gpu_device.cc:1929] Created device /job:localhost/replica:0/task:0/device:GPU:0 with 13775 MB memory:  -> device: 0, name: Tesla T4, pci bus id: 0000:00:04.0, compute capability: 7.5',
  '2024-01-08 15:16:18.142069: I tensorflow/core/common_runtime/gpu/gpu_device.cc:1929] Created device /job:localhost/replica:0/task:0/device:GPU:1 with 78900 MB memory:  -> device: 1, name: NVIDIA H100 80GB HBM3, pci bus id: 0000:00:05.0, compute capability: 9.0',
];

test('the cards that TensorFlow takes are named once each', () => {
  // A context and a session each write them.
  const stderr = [...cards, ...cards].join('\n');
  expect(readEngineEnd({ ...end, stdout: answer, stderr }).devices).toEqual([
    'GPU:0 Tesla T4, 13775 MB, compute capability 7.5',
    'GPU:1 NVIDIA H100 80GB HBM3, 78900 MB, compute capability 9.0',
  ]);
  expect(readEngineEnd({ ...end, stdout: answer }).devices).toEqual(['a GPU without a name']);
});

test.each([
  ['E external/local_xla/xla/stream_executor/cuda/cuda_driver.cc:274] failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected', 'the driver refuses (CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected)'],
  ['W tensorflow/core/common_runtime/gpu/gpu_device.cc:2256] Cannot dlopen some GPU libraries. Please make sure the missing libraries mentioned above are installed properly', "some of NVIDIA's libraries do not load"],
  ['I external/local_tsl/tsl/cuda/cudart_stub.cc:31] Could not find cuda drivers on your machine, GPU will not be used.', 'TensorFlow does not find the CUDA runtime'],
  ['nothing that concerns a card', undefined],
])('why TensorFlow takes no card: %s', (stderr, reason) => {
  const engine = readEngineEnd({ ...end, stdout: answer.replace('true', 'false'), stderr });
  expect(engine.devices).toEqual(['the processor']);
  expect(engine.withoutGpu).toBe(reason);
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
