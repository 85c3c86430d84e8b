import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Originals } from '../../../../src/main/core/colorizing/originals.js';
import { OutputRecord } from '../../../../src/main/core/colorizing/output-record.js';
import { Preparation, type Prepared } from '../../../../src/main/core/colorizing/prepared-picture.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'chromabench-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function photograph(name: string, width: number, height: number): Promise<string> {
  const path = join(folder, name);
  await sharp({ create: { width, height, channels: 3, background: '#765' } }).toFile(path);
  return path;
}

async function preparationWith(memory: number, signal = new AbortController().signal): Promise<Preparation> {
  const out = join(folder, 'out');
  const [record, originals] = [await OutputRecord.open(out), await Originals.of([])];
  const settings = { temperature: 1, format: 'png' as const };
  return new Preparation({ out, model: 'm', eye: { seenSide: 32 }, settings, hintsOf: () => [], overwrite: false, record, originals }, signal, { files: memory, pixels: memory });
}

it('lets large pictures through one by one, in order, however long the first takes to read', async () => {
  const paths = [
    await photograph('slow.png', 4000, 2000), await photograph('quick.png', 1100, 1000), await photograph('small.png', 60, 50),
    await photograph('other.png', 1000, 1100),
  ];
  const preparation = await preparationWith(1);
  const begun = paths.map((path, k) => preparation.prepare({ input: { path, place: `${k}`, given: true }, output: `${k}.png` }));
  const taken: Prepared['kind'][] = [];
  for (const one of begun) {
    const prepared = await one;
    taken.push(prepared.kind);
    if (prepared.kind === 'ready') prepared.picture.release();
  }
  expect(taken).toEqual(['ready', 'ready', 'ready', 'ready']);
});

it('keeps a large picture waiting until there is room', async () => {
  const preparation = await preparationWith(1);
  const [first, second] = await Promise.all([photograph('first.png', 1200, 1000), photograph('second.png', 1300, 1000)])
    .then((paths) => paths.map((path, k) => preparation.prepare({ input: { path, place: `${k}`, given: true }, output: `${k}.png` })));
  const prepared = await first;
  const soon = new Promise((resolve) => setTimeout(resolve, 200, 'still waiting'));
  expect(await Promise.race([second, soon])).toBe('still waiting');
  if (prepared.kind === 'ready') prepared.picture.release();
  expect((await second).kind).toBe('ready');
});

it('reads no further file while one that is read waits for its pixels', async () => {
  const paths = [await photograph('a.png', 1200, 1000), await photograph('b.png', 1300, 1000), await photograph('c.png', 60, 50)];
  const preparation = await preparationWith(1);
  const [a, b, c] = paths.map((path, k) => preparation.prepare({ input: { path, place: `${k}`, given: true }, output: `${k}.png` }));
  const prepared = await a;
  const soon = new Promise((resolve) => setTimeout(resolve, 300, 'still waiting'));
  expect(await Promise.race([c, soon])).toBe('still waiting');
  if (prepared.kind === 'ready') prepared.picture.release();
  expect([(await b).kind, (await c).kind]).toEqual(['ready', 'ready']);
});

it('lets go of waiting files when the job is stopped', async () => {
  const paths = [await photograph('d.png', 1200, 1000), await photograph('e.png', 1300, 1000), await photograph('f.png', 60, 50)];
  const controller = new AbortController();
  const preparation = await preparationWith(1, controller.signal);
  const begun = paths.map((path, k) => preparation.prepare({ input: { path, place: `${k}`, given: true }, output: `${k}.png` }));
  await begun[0];
  controller.abort(new Error('stopped'));
  expect(await Promise.all(begun)).toMatchObject([{ kind: 'ready' }, { kind: 'failed', reason: 'stopped' }, { kind: 'failed', reason: 'stopped' }]);
});

it('counts what decoding takes a pixel, not only the pixels that come of it', async () => {
  const path = join(folder, 'deep.png');
  await sharp({ create: { width: 1200, height: 1000, channels: 4, background: '#7659' } }).toColourspace('rgb16').png().toFile(path);
  const preparation = await preparationWith(1200 * 1000 * 2 * 8 + 1200 * 1000 * 12 - 1);
  const [first, second] = [path, await photograph('deep2.png', 1200, 2000)].map((input, k) => preparation.prepare({ input: { path: input, place: `${k}`, given: true }, output: `${k}.png` }));
  const prepared = await first;
  const soon = new Promise((resolve) => setTimeout(resolve, 300, 'still waiting'));
  expect(await Promise.race([second, soon])).toBe('still waiting');
  if (prepared.kind === 'ready') prepared.picture.release();
  expect((await second).kind).toBe('ready');
});
