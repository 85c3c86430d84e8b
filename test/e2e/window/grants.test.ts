/** A window reaches what was chosen and nothing else, tried on the running program. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTo, descendants, opened, ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');
const EXAMPLES = join(root, 'resources/photographs/training');
let served: ServedWindow;
let socket: WebSocket;
let asked = 0;

beforeAll(async () => {
  served = await ServedWindow.start();
  socket = await served.socket();
  await opened(socket);
  mkdirSync(join(served.place, 'chosen/inside'), { recursive: true });
  symlinkSync('/etc', join(served.place, 'chosen/out'));
});

afterAll(async () => {
  socket.terminate();
  await served.stop();
  served.remove();
});

async function ask(name: string, body: unknown): Promise<{ reply?: unknown; refused?: string }> {
  const id = (asked += 1);
  const answer = answerTo(socket, id) as Promise<{ reply?: unknown; error?: { message: string; expected: boolean } }>;
  socket.send(JSON.stringify({ type: 'request', id, name, body }));
  const { reply, error } = await answer;
  return error ? { refused: error.message } : { reply };
}

const scan = (folder: string) => ask('startJob', { kind: 'scan', parameters: { folder } });

test('a folder that nobody chose is not looked through, nor shown from what is known of it', async () => {
  expect((await scan('/etc')).refused).toBe('/etc has not been chosen in this window. Choose it in the dialog, or drop it on the window.');
  expect((await ask('openCatalogue', { folder: '/etc' })).refused).toContain('has not been chosen');
  expect((await ask('openRun', { path: '/etc' })).refused).toContain('has not been chosen');
  expect((await ask('startJob', { kind: 'train', parameters: { folder: EXAMPLES, out: '/etc/run', config: {} } })).refused).toBeDefined();
  expect((await ask('listJobs', {})).reply).toEqual([]);
});

test('the photographs that come with the program need no choice', async () => {
  expect((await scan(EXAMPLES)).reply).toMatchObject({ kind: 'scan' });
});

test('what the dialog showed can be chosen, with all that lies in it; a link out of it cannot be followed', async () => {
  const chosen = join(served.place, 'chosen');
  expect((await ask('choosePaths', { paths: [chosen] })).refused).toContain('was not shown');
  await ask('listFolder', { path: served.place });
  expect((await ask('choosePaths', { paths: [chosen] })).reply).toEqual({ paths: [chosen] });
  expect((await ask('openCatalogue', { folder: join(chosen, 'inside') })).reply).toBe(null);
  expect((await ask('openCatalogue', { folder: join(chosen, 'out') })).refused).toContain('has not been chosen');
  expect((await ask('openCatalogue', { folder: `${chosen}/../settings` })).refused).toContain('not a plain path');
});

test('a run that lies elsewhere does not lead to photographs that nobody chose', async () => {
  const run = join(served.place, 'chosen/inside/stranger');
  const photographs = join(served.place, 'private');
  cpSync(join(root, 'test/fixtures/runs/version-1'), run, { recursive: true });
  const [file, split] = ['run.json', 'split.json'].map((name) => JSON.parse(readFileSync(join(run, name), 'utf8')) as Record<string, object>);
  writeFileSync(join(run, 'run.json'), JSON.stringify({ ...file, data: { ...file.data, folder: photographs } }));
  const held = { path: 'a.jpg', contentId: '00', width: 100, height: 100 };
  writeFileSync(join(run, 'split.json'), JSON.stringify({ ...split, test: [held] }));
  mkdirSync(photographs);
  cpSync(join(EXAMPLES, readdirSync(EXAMPLES).find((name) => name.endsWith('.jpg')) as string), join(photographs, 'a.jpg'));
  const { id } = (await ask('openRun', { path: run })).reply as { id: string };
  expect((await ask('gatherHeldOut', { run: id })).reply).toBe(null);
  await ask('listFolder', { path: served.place });
  await ask('choosePaths', { paths: [photographs] });
  expect((await ask('gatherHeldOut', { run: id })).reply).toMatchObject({ total: 1 });
});

test.runIf(process.platform === 'linux')('a choice outlives the engine', async () => {
  const chosen = join(served.place, 'chosen/inside');
  const back = new Promise<void>((resolve) => socket.on('message', (data) => String(data).includes('"generation":1') && resolve()));
  process.kill(descendants(served.pid)[0], 'SIGKILL');
  await back;
  expect((await ask('openCatalogue', { folder: chosen })).reply).toBe(null);
});
