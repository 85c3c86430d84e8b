import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findDriver, judgeDriver } from '../../../scripts/setup/gpu-driver.mjs';
import { newWorkshop } from '../../helpers/engine-checkout.js';

const { PATH } = process.env;
let work: string;
let kernelFile: string;
beforeEach(async () => {
  work = await newWorkshop();
  kernelFile = join(work, 'version');
  process.env.PATH = join(work, 'bin');
  await mkdir(join(work, 'bin'));
});
afterEach(async () => {
  process.env.PATH = PATH;
  await rm(work, { recursive: true });
});

/** Stands for NVIDIA's tool: it needs a driver to answer. */
async function placeTool(lines: string): Promise<void> {
  const tool = join(work, 'bin', 'nvidia-smi');
  await writeFile(tool, `#!/bin/sh\n${lines}\n`);
  await chmod(tool, 0o755);
}

test('without a driver it is said what to install, and that nothing else is wrong', async () => {
  const { version, fault } = await findDriver(kernelFile);
  expect(version).toBeUndefined();
  expect(fault).toMatch(/^No NVIDIA driver was found on this machine\. To compute on a GPU: install NVIDIA's driver 525\.60\.13 or newer .*`--gpus all`/);
});

test("the version is what NVIDIA's tool says, one line a card", async () => {
  await placeTool('echo 535.129.03; echo 535.129.03');
  expect(await findDriver(kernelFile)).toEqual({ version: '535.129.03' });
});

test('a tool that reaches no driver is none; the loaded kernel module counts', async () => {
  await placeTool('echo "NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver." >&2; exit 9');
  expect((await findDriver(kernelFile)).fault).toContain('No NVIDIA driver');
  await writeFile(kernelFile, 'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024\nGCC version:  gcc version 12.2.0 (Debian 12.2.0-14)\n');
  expect(await findDriver(kernelFile)).toEqual({ version: '550.54.15' });
});

test('the open kernel module is a driver, too', async () => {
  await writeFile(kernelFile, 'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  560.35.03  Release Build  (dvs-builder)\n');
  expect(await findDriver(kernelFile)).toEqual({ version: '560.35.03' });
});

test.each(['470.256.02', '525.60.11', '525'])('driver %s is too old for CUDA 12', (version) => {
  expect(judgeDriver(version).fault).toContain(`NVIDIA's driver ${version} is too old for CUDA 12`);
});

test.each(['525.60.13', '525.85.12', '535', '570.00'])('driver %s will do', (version) => {
  expect(judgeDriver(version)).toEqual({ version });
});
