import { execFile } from 'node:child_process';
import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listFiles } from '../../../scripts/setup/files.mjs';
import { findPip } from '../../../scripts/setup/python.mjs';
import { demandLoading } from '../../../scripts/setup/ways/gpu-wheel.mjs';
import { nvidiaWheels } from '../../../scripts/setup/ways/nvidia-wheels.mjs';
import { unpackWheel } from '../../../scripts/setup/ways/wheel.mjs';
import { newWorkshop } from '../../helpers/engine-checkout.js';

const repository = join(import.meta.dirname, '..', '..', '..');
let work: string;
beforeEach(async () => void (work = await newWorkshop()));
afterEach(() => rm(work, { recursive: true }));

const python = await findPip();

test.skipIf(!python)("of NVIDIA's wheels what runs is taken out, and programs can be run", async () => {
  const archive = join(work, 'nvidia.whl');
  const names = ['nvidia/__init__.py', 'nvidia/cuda_nvcc/bin/ptxas', 'nvidia/cuda_nvcc/include/cuda.h', 'nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc', 'nvidia/cublas/lib/libcublas.so.12', 'nvidia_x-1.dist-info/License.txt', 'nvidia_x-1.dist-info/RECORD'];
  await promisify(execFile)(python ?? '', ['-c', 'import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w") as z:\n  for name in sys.argv[2:]: z.writestr(name, name)', archive, ...names]);
  await unpackWheel(python ?? '', 'unpack_nvidia.py', archive, join(work, 'out'));
  const paths = (await listFiles(join(work, 'out'))).map(({ path }) => path).sort();
  expect(paths).toEqual([
    'nvidia/cublas/lib/libcublas.so.12', 'nvidia/cuda_nvcc/bin/ptxas', 'nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc', 'nvidia_x-1.dist-info/License.txt',
  ]);
  expect((await stat(join(work, 'out', 'nvidia', 'cuda_nvcc', 'bin', 'ptxas'))).mode & 0o111).toBe(0o111);
});

test('libraries that do not load close the way', async () => {
  await expect(demandLoading(work)).rejects.toThrow("NVIDIA's wheels held no libraries");
  const place = join(work, 'cuda_runtime', 'lib');
  await mkdir(place, { recursive: true });
  await copyFile(join(repository, 'node_modules', '@tensorflow', 'tfjs-node', 'deps', 'lib', 'libtensorflow_framework.so.2'), join(place, 'libcudart.so.12'));
  await demandLoading(work);
  await writeFile(join(place, 'libcublas.so.12'), 'half');
  await expect(demandLoading(work)).rejects.toThrow(/NVIDIA's libraries do not load: .*libcublas\.so\.12/);
});

test('every library is pinned by its checksum', () => {
  expect(new Set(nvidiaWheels.map(({ sha256 }) => sha256)).size).toBe(12);
  for (const { sha256, bytes, file, name, version } of nvidiaWheels) {
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(bytes).toBeGreaterThan(8e5);
    expect(file.startsWith(`${name.replaceAll('-', '_')}-${version}-`)).toBe(true);
  }
});
