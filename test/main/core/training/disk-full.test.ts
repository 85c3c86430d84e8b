/** A disk that fills up in the middle of a training. That a really full one says the same was tried on a small disk of its own. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import { isAside, writeFault } from '../../../../src/main/core/files.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { openRun } from '../../../../src/main/core/runs/index.js';
import { resumeTraining, train } from '../../../../src/main/core/training/index.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { smallConfig, smallSet } from './small-set.js';

/** Folders that still fit on the disk. */
let room = Infinity;

vi.mock('../../../../src/main/core/files.js', async (load) => {
  const files = await load<typeof import('../../../../src/main/core/files.js')>();
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' });
  return {
    ...files,
    writeFolderWhole: async (path: string, fill: (aside: string) => Promise<void>) => {
      if (room-- <= 0) throw writeFault(path, full);
      return files.writeFolderWhole(path, fill);
    },
  };
});

let folder: string;
beforeAll(async () => {
  process.env['CHROMABENCH_CACHE'] = await temporaryFolder('cache');
  folder = await smallSet(24);
});

it('it ends with a sentence and keeps its checkpoints; with room again it goes on from the last one', async () => {
  const out = join(await temporaryFolder('full'), 'run');
  // The run's own folder and two checkpoints.
  room = 3;
  await expect(train({ folder, out, config: smallConfig('budget.steps=40') }, quietContext())).rejects.toThrow(/The disk is full: .*step-0000\d0 could not be written\. Free some space and try again\./);
  const run = await openRun(out);
  expect(run.state).toBe('failed');
  const kept = readdirSync(join(out, 'checkpoints')).filter((name) => !isAside(name));
  expect(kept).toHaveLength(2);
  expect(run.file.step).toBeLessThan(40);
  room = Infinity;
  expect(await resumeTraining({ run: out }, quietContext())).toMatchObject({ state: 'finished', step: 40 });
});
