/** Started again while its window is open, the program leads there. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTo, opened, ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');
let served: ServedWindow;

beforeAll(async () => {
  served = await ServedWindow.start();
});

afterAll(async () => {
  await served.stop('SIGKILL');
  served.remove();
});

function startAgain(args: readonly string[] = []): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [join(root, 'bin/chromabench.mjs'), 'window', '--no-open', ...args], { env: { ...process.env, ...served.surroundings }, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, text })));
}

test('it says where it is open, and ends', async () => {
  expect(await startAgain()).toEqual({ code: 0, text: `Chromabench is open already at ${served.url}\n` });
});

test('a folder named to it may be opened there', async () => {
  const folder = join(root, 'src');
  const { text } = await startAgain([folder]);
  expect(text).toContain(`${served.url}#/photographs?open=${encodeURIComponent(folder)}`);
  const socket = await served.socket();
  await opened(socket);
  const reply = answerTo(socket, 1);
  socket.send(JSON.stringify({ type: 'request', id: 1, name: 'openCatalogue', body: { folder } }));
  expect(await reply).toEqual({ type: 'reply', id: 1, reply: null });
  socket.terminate();
});

test('after it was killed the next start opens a window of its own', async () => {
  const before = served;
  await before.stop('SIGKILL');
  served = await ServedWindow.start([], before.place);
  expect(served.url).not.toBe(before.url);
  expect(await served.isWell()).toBe(true);
});
