import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES, readWhole } from '../../../../src/main/core/photos/whole-file.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whole-'));
  path = join(folder, 'file');
  writeFileSync(path, 'content');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('reading a file whole', () => {
  it('gives its bytes', async () => {
    expect((await readWhole(path)).bytes.toString()).toBe('content');
  });

  it('refuses one that grows or shrinks meanwhile', async () => {
    const changed = { fate: 'unreadable', reason: 'The file changed while it was being read; try again when it is complete.' };
    await expect(readWhole(path, async () => appendFileSync(path, ' and more'))).rejects.toMatchObject(changed);
    await expect(readWhole(path, async () => truncateSync(path, 3))).rejects.toMatchObject(changed);
  });

  it('reads on when it is deleted meanwhile', async () => {
    expect((await readWhole(path, async () => rmSync(path))).bytes.toString()).toBe('content');
  });

  it('refuses one that is too large before it takes memory for it', async () => {
    truncateSync(path, MAX_FILE_BYTES + 2 ** 20);
    const before = process.memoryUsage().arrayBuffers;
    await expect(readWhole(path)).rejects.toMatchObject({
      fate: 'too-large',
      reason: 'The file has 513 MB, more than the 512 MB that are read; save a smaller copy.',
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  });

  it('does not wait for a pipe that took the place of a file', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(readWhole(join(folder, 'pipe'))).rejects.toMatchObject({ fate: 'not-a-picture' });
  });
});
