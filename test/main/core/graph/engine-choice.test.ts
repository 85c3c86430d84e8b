import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chosenEngine, demandGpuAddon, gpuAddon } from '../../../../src/main/core/graph/engine-choice.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chromabench-choice-'));
  await mkdir(join(folder, 'node_modules'));
});
afterEach(() => rm(folder, { recursive: true }));

const pointer = (): string => join(folder, 'node_modules', '.chromabench-gpu-engine.json');

test('the processor computes unless the environment asks for GPUs', () => {
  expect(chosenEngine({})).toBe('cpu');
  expect(chosenEngine({ CHROMABENCH_ENGINE: '' })).toBe('cpu');
  expect(chosenEngine({ CHROMABENCH_ENGINE: 'cpu' })).toBe('cpu');
  expect(chosenEngine({ CHROMABENCH_ENGINE: 'gpu' })).toBe('gpu');
  expect(() => chosenEngine({ CHROMABENCH_ENGINE: 'tpu' })).toThrow('The environment variable CHROMABENCH_ENGINE is "tpu"; it may be cpu or gpu.');
});

test('an engine for GPUs is where its pointer says', async () => {
  const addon = join(folder, 'tfjs_binding.node');
  await writeFile(pointer(), JSON.stringify({ addon }));
  await writeFile(addon, '');
  expect(gpuAddon(folder)).toBe(addon);
  // As after `npm run clear-cache`.
  await rm(addon);
  expect(gpuAddon(folder)).toBeUndefined();
});

test('without one, what to do is said only to whoever asked for it', () => {
  expect(gpuAddon(folder)).toBeUndefined();
  expect(() => demandGpuAddon(folder)).toThrow('Set it up with `npm run gpu-engine`');
});

test('a pointer that cannot be read is named', async () => {
  await writeFile(pointer(), '{"addon":');
  expect(() => gpuAddon(folder)).toThrow(`${pointer()}, which tells where the engine for GPUs lies, cannot be read.`);
});
