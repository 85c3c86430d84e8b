import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { colorizeFolder } from '../../../../src/main/core/colorizing/colorize-folder.js';
import { isAside, writeFault } from '../../../../src/main/core/files.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';
import { rulePredictor } from './predictors.js';

/** Pictures that still fit on the disk; a disk that really is full cannot be had without being root. */
let room = 0;

vi.mock('../../../../src/main/core/files.js', async (load) => {
  const files = await load<typeof import('../../../../src/main/core/files.js')>();
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' });
  return {
    ...files,
    writeNewFileWhole: async (path: string, data: Uint8Array) => {
      if (room-- <= 0) throw writeFault(path, full);
      return files.writeNewFileWhole(path, data);
    },
  };
});

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'chromabench-'));
  mkdirSync(join(root, 'in'));
  for (let k = 0; k < 20; k++) {
    await sharp({ create: { width: 60, height: 60, channels: 3, background: '#888' } }).png().toFile(join(root, `in/${k}.png`));
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('a full disk ends the job with a sentence and no partial picture; with room again it goes on', async () => {
  const options = { inputs: [join(root, 'in')], out: join(root, 'out'), temperature: 1, format: 'png', overwrite: false } as const;
  const model = { id: 'm', predictor: rulePredictor(() => [10, 10]) };
  room = 3;
  await expect(colorizeFolder(options, model, quietContext())).rejects.toThrow(/disk is full: .*Free some space/);
  const written = readdirSync(options.out).filter((name) => name.endsWith('.png') && !isAside(name));
  expect(written).toHaveLength(3);
  room = Infinity;
  expect(await colorizeFolder(options, model, quietContext())).toMatchObject({ done: 17, skipped: 3, failed: [] });
});
