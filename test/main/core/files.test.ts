import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/main/core/errors.js';
import { isAside, removeAsides, writeFault, writeFileWhole, writeFolderWhole, writeJsonWhole, writeNewFileWhole } from '../../../src/main/core/files.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chromabench-files-'));
});

describe('writeFileWhole', () => {
  it('writes text and bytes, and replaces what was there', async () => {
    const path = join(folder, 'note.txt');
    await writeFileWhole(path, 'first');
    await writeFileWhole(path, Uint8Array.of(111, 107));
    expect(await readFile(path, 'utf8')).toBe('ok');
    expect(await readdir(folder)).toEqual(['note.txt']);
  });

  it('says that the folder is gone, and leaves nothing behind', async () => {
    const path = join(folder, 'gone', 'note.txt');
    await expect(writeFileWhole(path, 'x')).rejects.toThrow(
      new UserError(`${path} could not be written: its folder is not there (any more). Make the folder or choose another place.`),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not replace a folder, and leaves nothing behind', async () => {
    const path = join(folder, 'taken');
    await mkdir(path);
    await expect(writeFileWhole(path, 'x')).rejects.toThrow(`${path} could not be written: a folder of that name is there.`);
    expect(await readdir(folder)).toEqual(['taken']);
  });

  it('indents JSON and ends it with a new line', async () => {
    await writeJsonWhole(join(folder, 'value.json'), { a: [1] });
    expect(await readFile(join(folder, 'value.json'), 'utf8')).toBe('{\n  "a": [\n    1\n  ]\n}\n');
  });
});

describe('writeNewFileWhole', () => {
  it('gives a finished file its name, and never one that is taken', async () => {
    const path = join(folder, 'note.txt');
    await writeNewFileWhole(path, 'first');
    await expect(writeNewFileWhole(path, 'second')).rejects.toThrow(`${path} is there already and is not overwritten.`);
    expect(await readFile(path, 'utf8')).toBe('first');
    expect(await readdir(folder)).toEqual(['note.txt']);
  });

  it('lets one of several writers win', async () => {
    const path = join(folder, 'note.txt');
    const outcomes = await Promise.allSettled(['a', 'b', 'c', 'd'].map((text) => writeNewFileWhole(path, text.repeat(1000))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readFile(path, 'utf8')).toBe('abcd'[outcomes.findIndex(({ status }) => status === 'fulfilled')].repeat(1000));
  });
});

describe('writeFault', () => {
  it('turns a full disk into a sentence', async () => {
    const error: unknown = await writeFile('/dev/full', 'x').catch((caught: unknown) => writeFault('RUN/metrics.jsonl', caught));
    expect(error).toEqual(new UserError('The disk is full: RUN/metrics.jsonl could not be written. Free some space and try again.'));
  });

  it('says that a place refuses', () => {
    const refusal = Object.assign(new Error("EACCES: permission denied, open '/x'"), { code: 'EACCES' });
    expect(writeFault('/x', refusal)).toEqual(
      new UserError('/x may not be written: permission denied. Choose another place or change its permissions.'),
    );
  });

  it('knows the words of a native library', () => {
    const native = new Error('RESOURCE_EXHAUSTED: model.ckpt; No space left on device');
    expect(writeFault('RUN/checkpoints/step-000010', native)).toBeInstanceOf(UserError);
  });

  it('leaves a defect of the program as it is', () => {
    const defect = new TypeError('x is not a function');
    expect(writeFault('a', defect)).toBe(defect);
  });
});

describe('writeFolderWhole', () => {
  it('shows the folder only when it is full', async () => {
    const path = join(folder, 'step-000010');
    await writeFolderWhole(path, async (aside) => {
      await writeFile(join(aside, 'a'), '1');
      expect((await readdir(folder)).every(isAside)).toBe(true);
    });
    expect(await readdir(path)).toEqual(['a']);
  });

  it('leaves nothing behind when the filling fails', async () => {
    await expect(writeFolderWhole(join(folder, 'x'), () => Promise.reject(new Error('native fault')))).rejects.toThrow('native fault');
    expect(await readdir(folder)).toEqual([]);
  });

  it('never replaces a folder with something in it', async () => {
    const path = join(folder, 'x');
    await mkdir(path);
    await writeFile(join(path, 'kept'), '1');
    await expect(writeFolderWhole(path, async () => {})).rejects.toThrow(`${path} is there already and is not overwritten.`);
    expect(await readdir(path)).toEqual(['kept']);
  });
});

describe('removeAsides', () => {
  it('removes half-written files and folders and nothing else', async () => {
    const id = '123e4567-e89b-42d3-a456-426614174000';
    await writeFile(join(folder, `.run.json.${id}.aside`), 'half');
    await mkdir(join(folder, `.step-000010.${id}.aside`));
    await writeFile(join(folder, '.hidden'), 'kept');
    await removeAsides(folder);
    expect(await readdir(folder)).toEqual(['.hidden']);
  });
});
