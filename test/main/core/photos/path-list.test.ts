import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UserError } from '../../../../src/main/core/errors.js';
import { pathsIn, readPathList } from '../../../../src/main/core/photos/path-list.js';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'chromabench-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('reads each path once, whatever editor wrote the list', async () => {
  const list = join(folder, 'list.txt');
  writeFileSync(list, '\uFEFF# kept for test\r\n./sub/b.png\r\n\r\n  a.jpg  \nsub/b.png');
  expect(await readPathList(list, 'The list', 'Check its path.')).toEqual(['sub/b.png', 'a.jpg']);
});

it('takes a backslash for what it is on the system', () => {
  expect(pathsIn('sub\\b.png', '\\')).toEqual(['sub/b.png']);
  expect(pathsIn('sub\\b.png', '/')).toEqual(['sub\\b.png']);
});

it('says which list cannot be read', async () => {
  const list = join(folder, 'gone.txt');
  await expect(readPathList(list, 'The list', 'Check its path.')).rejects.toThrow(new UserError(`The list ${list} cannot be read (ENOENT). Check its path.`));
});
