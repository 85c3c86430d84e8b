import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser, findDisplay, findElectron, findGpus } from '../../../../src/main/core/doctor/programs.js';

const { PATH } = process.env;
let folder: string;

beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'chromabench-doctor-'))));
afterEach(async () => {
  process.env.PATH = PATH;
  await rm(folder, { recursive: true });
});

async function writeProgram(path: string, answer: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\necho '${answer}'\n`);
  await chmod(path, 0o755);
}

test('a browser on the PATH is found with its version', async () => {
  process.env.PATH = folder;
  expect(await findBrowser()).toEqual({});
  await writeProgram(join(folder, 'chromium'), 'Chromium 131.0.6778.85 built on Debian');
  expect(await findBrowser()).toEqual({ path: join(folder, 'chromium'), version: '131.0.6778.85' });
});

test('graphics processors are found by their own tool', async () => {
  process.env.PATH = folder;
  expect(await findGpus()).toEqual([]);
  await writeProgram(join(folder, 'nvidia-smi'), 'NVIDIA GeForce RTX 3060');
  expect(await findGpus()).toEqual(['NVIDIA GeForce RTX 3060']);
});

test("Electron is there only when its program is, not by its package alone", async () => {
  const home = join(folder, 'node_modules', 'electron');
  await mkdir(join(home, 'dist'), { recursive: true });
  await writeFile(join(home, 'package.json'), '{"version":"45.0.0"}');
  await writeFile(join(home, 'path.txt'), 'electron');
  expect(await findElectron(folder)).toEqual({});
  await writeProgram(join(home, 'dist', 'electron'), 'v45.0.0');
  expect(await findElectron(folder)).toEqual({ version: '45.0.0' });
});

test.each([
  ['linux', { DISPLAY: ':0' }, 'X11 :0'],
  ['linux', { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-1' }, 'Wayland wayland-1'],
  ['linux', {}, undefined],
  ['darwin', {}, "the system's own"],
] as const)('on %s with %j windows are shown on %s', (platform, environment, display) => {
  expect(findDisplay(platform, environment)).toBe(display);
});
