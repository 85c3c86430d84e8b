import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { walk, type WalkItem, type WalkOptions } from '../../../../src/main/core/photos/walk.js';
import { describeWithSamples, sharedPath } from '../../../helpers/shared.js';
import { unprivileged } from './privileges.js';

let folder: string;
let outside: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'walk-'));
  outside = mkdtempSync(join(tmpdir(), 'outside-'));
  chmodSync(folder, 0o755);
});

afterEach(() => {
  for (const made of [folder, outside]) rmSync(made, { recursive: true, force: true });
});

function files(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
}

async function met(options?: WalkOptions, root = folder): Promise<WalkItem[]> {
  const items: WalkItem[] = [];
  for await (const item of walk(root, options)) items.push(item);
  return items;
}

const opened = (items: WalkItem[]) => items.filter((item) => !item.excluded).map((item) => item.path);
const settled = (items: WalkItem[]) => Object.fromEntries(items.filter((item) => item.excluded).map(({ path, excluded }) => [path, excluded]));

describe('order', () => {
  it('gives the files of a folder by name, then its subfolders', async () => {
    files('b.jpg', 'a/z.jpg', 'a/b/c.jpg', 'B.jpg', 'é.jpg', 'a.jpg', '10.jpg', '9.jpg');
    expect(opened(await met())).toEqual(['10.jpg', '9.jpg', 'B.jpg', 'a.jpg', 'b.jpg', 'é.jpg', 'a/z.jpg', 'a/b/c.jpg']);
  });

  it('goes as deep as a path may be', async () => {
    const deep = Array.from({ length: 400 }, () => 'd').join('/');
    files(`${deep}/a.jpg`);
    expect(opened(await met())).toEqual([`${deep}/a.jpg`]);
  });
});

describe('names', () => {
  it('takes any text', async () => {
    const names = ['line\nbreak.jpg', "quo'te \"s\" & 100%#1.jpg", 'плáж 海岸 🌊.jpg', ' leading.jpg', '-rf', 'no extension'];
    files(...names);
    expect(new Set(opened(await met()))).toEqual(new Set(names));
  });

  it('accounts for a name that is no text', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/K`), Buffer.from([0xfc]), Buffer.from('ste.jpg')]), '');
    expect(settled(await met())).toEqual({ 'K\ufffdste.jpg': { fate: 'unreadable', reason: 'Its name is no valid text (UTF-8); rename it.' } });
  });

  it('passes over hidden files, thumbnails and system folders, and says so', async () => {
    files('.git/a.jpg', '.thumbnails/a.png', '@eaDir/a.jpg', '__MACOSX/a.jpg', 'node_modules/a.png', 'Thumbs.db', '.DS_Store', '._a.jpg', 'a.jpg');
    const items = await met();
    expect(opened(items)).toEqual(['a.jpg']);
    expect(settled(items)).toMatchObject({
      '.git': { fate: 'skipped', reason: 'A hidden folder; what is in it was not read.' },
      '.thumbnails': { fate: 'skipped', reason: 'A folder of thumbnails; what is in it was not read.' },
      '@eaDir': { fate: 'skipped', reason: 'A folder of thumbnails; what is in it was not read.' },
      __MACOSX: { fate: 'skipped', reason: "A system's or program's folder; what is in it was not read." },
      node_modules: { fate: 'skipped' },
      'Thumbs.db': { fate: 'skipped', reason: "A system's file; no picture of its own." },
      '.DS_Store': { fate: 'skipped', reason: 'A hidden file.' },
      '._a.jpg': { fate: 'skipped', reason: 'What macOS keeps beside another file; no picture of its own.' },
    });
  });

  it('enters a folder named like a picture and says so', async () => {
    files('holiday.jpg/a.jpg');
    const items = await met();
    expect(opened(items)).toEqual(['holiday.jpg/a.jpg']);
    expect(settled(items)).toEqual({
      'holiday.jpg': { fate: 'folder', reason: 'A folder named like a picture; the files in it are listed on their own.' },
    });
  });

  it('opens a hidden folder when it is the one that was asked for', async () => {
    files('.photos/a.jpg');
    expect(opened(await met({}, join(folder, '.photos')))).toEqual(['a.jpg']);
  });
});

describe('links', () => {
  it('ends where links lead back', async () => {
    files('a/b/c.jpg');
    symlinkSync('..', join(folder, 'a/b/up'));
    symlinkSync(folder, join(folder, 'a/top'));
    symlinkSync('/', join(folder, 'root'));
    symlinkSync('itself', join(folder, 'itself'));
    const items = await met();
    expect(opened(items)).toEqual(['a/b/c.jpg']);
    expect(settled(items)).toEqual({
      'a/b/up': { fate: 'skipped', reason: 'A link to a, which is read where it is.' },
      'a/top': { fate: 'skipped', reason: 'A link back to a folder that is being read: following it would never end.' },
      root: { fate: 'skipped', reason: 'A link back to a folder that is being read: following it would never end.' },
      itself: { fate: 'unreadable', reason: 'A link that leads back to itself.' },
    });
  });

  it('follows links to what lies elsewhere, once', async () => {
    writeFileSync(join(outside, 'far.jpg'), '');
    symlinkSync(join(outside, 'far.jpg'), join(folder, 'near.jpg'));
    symlinkSync(outside, join(folder, 'x'));
    symlinkSync(outside, join(folder, 'y'));
    symlinkSync(outside, join(outside, 'again'));
    const items = await met();
    expect(opened(items)).toEqual(['near.jpg', 'x/far.jpg']);
    expect(settled(items)).toEqual({
      y: { fate: 'skipped', reason: 'A folder that was read already by another way.' },
      'x/again': { fate: 'skipped', reason: 'A folder that was read already by another way.' },
    });
  });

  it('reads a file where it is, not through a link, unless it lies in a hidden folder', async () => {
    files('z/a.jpg', '.git/annex/b.jpg');
    symlinkSync('z/a.jpg', join(folder, 'a.jpg'));
    symlinkSync('.git/annex/b.jpg', join(folder, 'b.jpg'));
    symlinkSync('nowhere.jpg', join(folder, 'c.jpg'));
    const items = await met();
    expect(opened(items)).toEqual(['b.jpg', 'z/a.jpg']);
    expect(settled(items)).toMatchObject({
      'a.jpg': { fate: 'skipped', reason: 'A link to z/a.jpg, which is read where it is.' },
      'c.jpg': { fate: 'unreadable', reason: 'A link to something that is not there.' },
    });
  });
});

describe('what is no file', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  it('is never opened', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
    symlinkSync('/dev/zero', join(folder, 'zero.jpg'));
    server = createServer().listen(join(folder, 'socket.jpg'));
    await new Promise((listening) => server!.once('listening', listening));
    const none = { fate: 'not-a-picture', reason: 'Not a file with content (a pipe, a socket or a device); it was not read.' };
    expect(settled(await met())).toEqual({ 'pipe.jpg': none, 'zero.jpg': none, 'socket.jpg': none });
  });
});

describe('permissions', () => {
  it('accounts for a folder that may not be read', async () => {
    files('a.jpg', 'locked/b.jpg');
    chmodSync(join(folder, 'locked'), 0);
    const items = await unprivileged(() => met());
    chmodSync(join(folder, 'locked'), 0o755);
    expect(opened(items)).toEqual(['a.jpg']);
    expect(settled(items)).toEqual({ locked: { fate: 'unreadable', reason: 'Permission denied: this account may not read it.' } });
  });
});

describe('subfolders asked for', () => {
  it('walks those only, each once', async () => {
    files('coast/a.jpg', 'forest/b.jpg', 'forest/deep/c.jpg', 'town/d.jpg');
    expect(opened(await met({ only: ['forest', './coast/', 'forest/deep', 'forest'] }))).toEqual(['coast/a.jpg', 'forest/b.jpg', 'forest/deep/c.jpg']);
  });

  it('names those that exist when one is unknown', async () => {
    files('coast/a.jpg', 'forest/b.jpg', '.hidden/c.jpg');
    await expect(met({ only: ['forrest'] })).rejects.toThrow(`"forrest" is no subfolder of ${folder}. It has coast, forest.`);
    await expect(met({ only: ['../etc'] })).rejects.toThrow(`"../etc" is no subfolder: give its path from within ${folder}.`);
  });

  it('says that the folder itself is not there, or is a file', async () => {
    files('a.jpg');
    await expect(met({}, join(folder, 'gone'))).rejects.toThrow(`There is no folder ${folder}/gone. Check the path.`);
    await expect(met({}, join(folder, 'a.jpg'))).rejects.toThrow('is a file, not a folder.');
  });
});

describe('stopping', () => {
  it('stops between two folders', async () => {
    files('a/1.jpg', 'b/2.jpg');
    const stop = new AbortController();
    const seen: string[] = [];
    const stopped = (async () => {
      for await (const { path } of walk(folder, { signal: stop.signal })) {
        seen.push(path);
        stop.abort();
      }
    })();
    await expect(stopped).rejects.toThrow('aborted');
    expect(seen).toEqual(['a/1.jpg']);
  });
});

describeWithSamples('a real set', () => {
  it('finds every file of it', async () => {
    const found = execFileSync('find', [sharedPath('data/scenes_150'), '-type', 'f', '-printf', '%P\\0'], { maxBuffer: 2 ** 26 });
    const expected = found.toString().split('\0').filter(Boolean).sort();
    expect(opened(await met({}, sharedPath('data/scenes_150'))).sort()).toEqual(expected);
  });
});
