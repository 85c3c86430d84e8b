/** Programs of one user that write the same settings at the same time. */
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTurn } from '../../../src/main/core/mutex-file.js';
import { SettingsStore } from '../../../src/main/engine/settings-store.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const WRITERS = 4;
const CHANGES = 15;

test('no change of several programs is lost, and a reader never sees a torn file', async () => {
  const folder = await temporaryFolder('settings');
  const store = new SettingsStore(folder);
  await store.change((settings) => ({ ...settings, theme: 'dark' }));
  const writers = Array.from({ length: WRITERS }, (_, k) => fork(join(import.meta.dirname, 'settings-writer.mjs'), [folder, `/writer-${k}`, String(CHANGES)]));
  const ended = Promise.all(writers.map((writer) => new Promise((resolve) => writer.once('exit', resolve))));
  let reading = true;
  void ended.then(() => (reading = false));
  while (reading) expect((await store.read()).theme).toBe('dark');
  expect(await ended).toEqual(writers.map(() => 0));
  const { recentFolders } = await store.read();
  expect(new Set(recentFolders).size).toBe(WRITERS * CHANGES);
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

test('the turn of a program that is gone does not keep others out', async () => {
  const folder = await temporaryFolder('settings');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.settings.turn'), '1');
  utimesSync(join(folder, '.settings.turn'), new Date(0), new Date(0));
  expect((await new SettingsStore(folder).change((settings) => ({ ...settings, theme: 'light' }))).theme).toBe('light');
});

test('of many that find the turn of a program that is gone one works at a time', async () => {
  const turn = join(await temporaryFolder('turn'), '.turn');
  let [working, most] = [0, 0];
  const work = async () => {
    most = Math.max(most, ++working);
    await setTimeout(2);
    working--;
  };
  for (let round = 0; round < 4; round++) {
    writeFileSync(turn, 'gone');
    utimesSync(turn, new Date(0), new Date(0));
    await Promise.all(Array.from({ length: 24 }, () => inTurn(turn, work)));
  }
  expect(most).toBe(1);
  expect(existsSync(turn)).toBe(false);
});

test('a damaged file counts as untouched', async () => {
  const folder = await temporaryFolder('settings');
  writeFileSync(join(folder, 'settings.json'), '{"theme":"dark", "recentFo');
  expect(await new SettingsStore(folder).read()).toEqual(await new SettingsStore(await temporaryFolder('settings')).read());
});

test('a damaged file is kept aside when it is written over', async () => {
  const folder = await temporaryFolder('settings');
  const damaged = '{"theme":"dark", "runsElsewhere": ["/far/away"],}';
  writeFileSync(join(folder, 'settings.json'), damaged);
  const store = new SettingsStore(folder);
  await store.change((settings) => ({ ...settings, theme: 'light' }));
  expect((await store.read()).theme).toBe('light');
  expect(readFileSync(join(folder, 'settings-damaged.json'), 'utf8')).toBe(damaged);
});

test('what is there and cannot be read is not written over', async () => {
  const folder = await temporaryFolder('settings');
  mkdirSync(join(folder, 'settings.json'));
  await expect(new SettingsStore(folder).change((settings) => settings)).rejects.toThrow(`${join(folder, 'settings.json')} cannot be read (EISDIR), and is not written over.`);
  expect(readdirSync(folder)).toEqual(['settings.json']);
});
