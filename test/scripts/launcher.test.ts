import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the command line says how to set up a checkout that is not', async () => {
  const checkout = await realpath(await mkdtemp(join(tmpdir(), 'chroma bench-')));
  await mkdir(join(checkout, 'bin'));
  await copyFile(join(import.meta.dirname, '..', '..', 'bin', 'chromabench.mjs'), join(checkout, 'bin', 'chromabench.mjs'));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(checkout, 'bin', 'chromabench.mjs'), 'doctor'], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toBe(`Chromabench is not set up yet in ${checkout}. Run \`npm start\` there once; it prepares and builds everything.\n`);
  await rm(checkout, { recursive: true });
});
