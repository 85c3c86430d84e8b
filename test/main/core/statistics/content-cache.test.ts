import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, truncate, utimes, writeFile, readFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ContentCache } from '../../../../src/main/core/statistics/content-cache.js';
import { stampOf, type FileStamp } from '../../../../src/main/core/statistics/file-stamp.js';
import { countColours } from '../../../../src/main/core/statistics/count-colours.js';

const facts = z.object({ width: z.number(), name: z.string() });
type Facts = z.infer<typeof facts>;
const LONG_AGO = new Date('2020-05-01T12:00:00Z');

let folder: string;
let path: string;
const notes: string[] = [];
const open: ContentCache<Facts>[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chromabench-cache-'));
  path = join(folder, 'statistics', 'photographs.mdb');
  notes.length = 0;
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((cache) => cache.close()));
  await rm(folder, { recursive: true, force: true });
});

function openCache(options: { version?: number; bound?: number; facts?: typeof facts } = {}): ContentCache<Facts> {
  const cache = new ContentCache<Facts>({ version: 1, facts, path, note: (message) => notes.push(message), ...options });
  open.push(cache);
  return cache;
}

const idOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function someColours(seed: number): ReturnType<typeof countColours> {
  return countColours(Uint8Array.from({ length: 300 }, (_, k) => (k * k * 31 + seed * 77) & 0xff));
}

/** Stamp as a scan takes it, some time after the last change. */
async function stampLater(file: string, laterMs = 10_000): Promise<FileStamp> {
  return stampOf(await stat(file, { bigint: true }), Date.now() + laterMs);
}

describe('contents', () => {
  it('gives back the very facts and counts, also to the next process', async () => {
    const counts = someColours(1);
    const cache = openCache();
    cache.put(idOf('a'), { width: 256, name: 'a' }, counts);
    await cache.close();
    const again = openCache();
    expect(again.facts(idOf('a'))).toEqual({ width: 256, name: 'a' });
    expect(again.counts(idOf('a'))).toEqual(counts);
    expect(again.facts(idOf('b'))).toBeUndefined();
    expect(notes).toEqual([]);
  });

  it('keeps facts without counts', () => {
    const cache = openCache();
    cache.put(idOf('a'), { width: 0, name: 'damaged' });
    expect(cache.facts(idOf('a'))?.name).toBe('damaged');
    expect(cache.counts(idOf('a'))).toBeUndefined();
  });

  it('does not see entries of another decode version, or facts of another shape', async () => {
    const cache = openCache();
    cache.put(idOf('a'), { width: 256, name: 'a' });
    await cache.flush();
    expect(openCache({ version: 2 }).facts(idOf('a'))).toBeUndefined();
    const stricter = openCache({ facts: z.object({ width: z.number().max(10), name: z.string() }) });
    expect(stricter.facts(idOf('a'))).toBeUndefined();
    await stricter.flush();
    expect(cache.facts(idOf('a')), 'an entry that does not fit is dropped').toBeUndefined();
  });
});

describe('paths', () => {
  it('know an unchanged file without reading it', async () => {
    const file = join(folder, 'photo.jpg');
    await writeFile(file, 'one');
    const cache = openCache();
    cache.rememberPath(file, await stampLater(file), idOf('one'));
    await cache.flush();
    expect(cache.contentIdAt(file, await stampLater(file))).toBe(idOf('one'));
    expect(cache.contentIdAt(join(folder, 'other.jpg'), await stampLater(file))).toBeUndefined();
  });

  it('do not know a file that changed, although its size and mtime are the same', async () => {
    const file = join(folder, 'photo.jpg');
    await writeFile(file, 'one');
    await utimes(file, LONG_AGO, LONG_AGO);
    const cache = openCache();
    cache.rememberPath(file, await stampLater(file), idOf('one'));
    await cache.flush();
    await writeFile(file, 'two');
    await utimes(file, LONG_AGO, LONG_AGO);
    expect(cache.contentIdAt(file, await stampLater(file))).toBeUndefined();
  });

  it('do not know a file that changed less than a clock tick before it was looked at', async () => {
    const file = join(folder, 'photo.jpg');
    await writeFile(file, 'one');
    const cache = openCache();
    const stamp = await stampLater(file, 500);
    cache.rememberPath(file, stamp, idOf('one'));
    await cache.flush();
    expect(cache.contentIdAt(file, stamp)).toBeUndefined();
  });

  it('forget what they knew when the new stamp proves nothing', async () => {
    const file = join(folder, 'photo.jpg');
    await writeFile(file, 'one');
    const cache = openCache();
    const stamp = await stampLater(file);
    cache.rememberPath(file, stamp, idOf('one'));
    cache.rememberPath(file, { ...stamp, takenNs: stamp.ctimeNs }, idOf('two'));
    await cache.flush();
    expect(cache.contentIdAt(file, stamp)).toBeUndefined();
  });
});

describe('a damaged file', () => {
  async function fill(): Promise<void> {
    const cache = openCache();
    for (let k = 0; k < 200; k++) cache.put(idOf(`${k}`), { width: k, name: 'x'.repeat(3000) });
    await cache.close();
  }

  const damages: Record<string, () => Promise<unknown>> = {
    'cut short': async () => truncate(path, 20_000),
    'cut to nothing': async () => truncate(path, 0),
    'overwritten with text': async () => writeFile(path, 'no database at all\n'.repeat(1000)),
    'replaced by a folder': async () => {
      await rm(path);
      await mkdir(path);
    },
  };

  it.each(Object.keys(damages))('that is %s is thrown away with a note', async (damage) => {
    await fill();
    await damages[damage]();
    const cache = openCache();
    expect(notes.join()).toContain('starts anew');
    cache.put(idOf('a'), { width: 1, name: 'a' });
    expect(cache.facts(idOf('a'))?.width).toBe(1);
    await cache.close();
    notes.length = 0;
    expect(openCache().facts(idOf('a'))?.width).toBe(1);
    expect(notes).toEqual([]);
  });

  it('loses only the entries whose bytes have changed', async () => {
    await fill();
    const bytes = await readFile(path);
    const at = bytes.indexOf('xxxxxxxx');
    bytes[at + 100] = 'y'.charCodeAt(0);
    await writeFile(path, bytes);
    const cache = openCache();
    const found = Array.from({ length: 200 }, (_, k) => cache.facts(idOf(`${k}`)));
    expect(found.filter((entry) => entry === undefined)).toHaveLength(1);
    expect(notes).toEqual([]);
  });

  it.each([0.2, 0.4, 0.6, 0.8, 0.99])('that is damaged deep inside, at %d of its length, costs entries and at most a note', async (place) => {
    await fill();
    const bytes = await readFile(path);
    const page = Math.floor((bytes.length / 4096) * place) * 4096;
    bytes.fill(0x5a, page, page + 4096);
    await writeFile(path, bytes);
    const cache = openCache();
    for (let k = 0; k < 200; k++) {
      expect([undefined, k]).toContain(cache.facts(idOf(`${k}`))?.width);
      cache.put(idOf(`new ${k}`), { width: k, name: 'y'.repeat(2000) });
    }
    await cache.flush();
    await cache.close();
    const next = openCache();
    next.put(idOf('a'), { width: 1, name: 'a' });
    await next.flush();
    expect(next.facts(idOf('a'))?.width).toBe(1);
  });

  it('costs a note where no file can be made at all', async () => {
    await writeFile(join(folder, 'statistics'), 'a file where the folder should be');
    const cache = openCache();
    cache.put(idOf('a'), { width: 1, name: 'a' });
    expect(cache.facts(idOf('a'))).toBeUndefined();
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('going on without it');
  });
});

describe('the bound', () => {
  it('holds: the longest unused go, the file stays small', async () => {
    const bound = 4 * 2 ** 20;
    for (let round = 0; round < 6; round++) {
      const cache = openCache({ bound });
      for (let k = 0; k < 400; k++) cache.put(idOf(`${round}-${k}`), { width: round, name: 'x'.repeat(5000) });
      await cache.close();
    }
    const cache = openCache({ bound });
    await cache.flush();
    const kept = Array.from({ length: 6 * 400 }, (_, k) => cache.facts(idOf(`${Math.floor(k / 400)}-${k % 400}`))).filter(Boolean);
    expect(kept.length).toBeGreaterThan(200);
    expect(kept.length * 8192).toBeLessThanOrEqual(bound);
    expect((await stat(path)).size).toBeLessThan(4 * bound);
  });
});

describe('two processes', () => {
  it('write at once and both find everything', async () => {
    const lmdb = new URL('../../../../node_modules/lmdb/index.js', import.meta.url).href;
    const cache = openCache();
    const other = `
      const { open } = await import(${JSON.stringify(lmdb)});
      const root = open({ path: ${JSON.stringify(path)}, maxDbs: 4, noSync: true });
      const contents = root.openDB({ name: 'contents', encoding: 'binary', keyEncoding: 'binary' });
      for (let k = 0; k < 500; k++) contents.put(Buffer.from('other' + k), Buffer.alloc(3000, k));
      await root.committed;
      await root.close();`;
    const running = promisify(execFile)(process.execPath, ['--input-type=module', '-e', other]);
    for (let k = 0; k < 500; k++) {
      cache.put(idOf(`${k}`), { width: k, name: 'mine' });
      if (k % 50 === 0) await cache.flush();
    }
    await running;
    await cache.close();
    const again = openCache();
    expect(Array.from({ length: 500 }, (_, k) => again.facts(idOf(`${k}`))?.width)).toEqual(Array.from({ length: 500 }, (_, k) => k));
    expect(notes).toEqual([]);
  });
});
