/** Pages that ask too much, read too little, or hand over what they should not: the host stays small and serves the others. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerTo, closed, opened, ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');
let served: ServedWindow;

beforeAll(async () => {
  served = await ServedWindow.start();
});

afterAll(async () => {
  await served.stop();
  expect(existsSync(join(served.place, 'cache/dropped')) ? readdirSync(join(served.place, 'cache/dropped')) : []).toEqual([]);
  served.remove();
});

async function page(): Promise<WebSocket> {
  const socket = await served.socket();
  await opened(socket);
  return socket;
}

function ask(socket: WebSocket, id: number, name: string, body: unknown): void {
  socket.send(JSON.stringify({ type: 'request', id, name, body }));
}

/** Resident megabytes of the host's process (Linux). */
function hostMegabytes(): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${served.pid}/status`, 'utf8'))?.[1]) / 1024;
}

describe('many requests', () => {
  test('ten thousand at once are all answered, and another page is served meanwhile', async () => {
    const [wild, other] = [await page(), await page()];
    const answered = new Set<number>();
    const all = new Promise<void>((resolve) => {
      wild.on('message', (data) => {
        const { id } = JSON.parse(String(data)) as { id?: number };
        if (id !== undefined && answered.add(id).size === 10_000) resolve();
      });
    });
    for (let id = 0; id < 10_000; id++) ask(wild, id, 'listJobs', {});
    const reply = answerTo(other, 1);
    ask(other, 1, 'listJobs', {});
    expect(await reply).toMatchObject({ type: 'reply', reply: [] });
    await all;
    wild.terminate();
    other.terminate();
  });

  test('a thousand jobs are not all taken', async () => {
    const socket = await page();
    const refusal = new Promise<string>((resolve) => {
      socket.on('message', (data) => {
        const { type, error } = JSON.parse(String(data)) as { type: string; error?: { message: string } };
        if (type === 'refusal') resolve(error!.message);
      });
    });
    const jobs: string[] = [];
    socket.on('message', (data) => {
      const { type, reply } = JSON.parse(String(data)) as { type: string; reply?: { id: string } };
      if (type === 'reply' && reply?.id) jobs.push(reply.id);
    });
    for (let id = 0; id < 1000; id++) ask(socket, id, 'startJob', { kind: 'evaluate', parameters: { run: join(served.place, 'runs/none') } });
    expect(await refusal).toBe('200 jobs are waiting already. Cancel some, or wait until they are done.');
    jobs.forEach((job, k) => ask(socket, 2000 + k, 'cancelJob', { id: job }));
    await answerTo(socket, 2000 + jobs.length - 1);
    socket.terminate();
  });
});

test.runIf(process.platform === 'linux')('a page that asks and does not read fills no memory', async () => {
  const socket = await page();
  const before = hostMegabytes();
  // Some forty kilobytes each, four hundred megabytes in all.
  socket.pause();
  for (let id = 0; id < 10_000; id++) ask(socket, id, 'listFolder', { path: join(root, 'node_modules'), kind: 'photographs' });
  let most = 0;
  for (let k = 0; k < 30; k++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    most = Math.max(most, hostMegabytes() - before);
  }
  socket.terminate();
  expect(most).toBeLessThan(150);
});

test('what is nested a hundred thousand deep is refused, and harms nobody', async () => {
  const socket = await page();
  const reply = answerTo(socket, 5);
  socket.send(`{"type":"request","id":5,"name":"listJobs","body":${'['.repeat(200_000)}${']'.repeat(200_000)}}`);
  const first = await Promise.race([reply, closed(socket)]);
  expect(typeof first === 'number' ? first : (first as { type: string }).type).toSatisfy((answer: unknown) => answer === 'refusal' || answer === 1008);
  const other = await page();
  const well = answerTo(other, 1);
  ask(other, 1, 'listRuns', {});
  expect(await well).toMatchObject({ type: 'reply' });
  socket.terminate();
  other.terminate();
});

test('more windows than there is room for are turned away, and there is room again', async () => {
  const many = await Promise.all(Array.from({ length: 32 }, () => page()));
  await expect(page()).rejects.toThrow('403');
  const gone = closed(many[0]);
  many.forEach((socket) => socket.terminate());
  await gone;
  await expect.poll(async () => page().then((socket) => (socket.terminate(), true), () => false)).toBe(true);
});

describe('dropped files', () => {
  const PATH = '/dropped/0123456789abcdef/one.jpg';

  async function post(path: string, headers: Record<string, string> = {}, body = 'x'): Promise<{ status: number; text: string }> {
    const { cookie, base } = await served.admitted();
    return new Promise((resolve, reject) => {
      const asked = request({
        host: '127.0.0.1', port: served.port, path: base.slice(0, -1) + path, method: 'POST', headers: { Host: `127.0.0.1:${served.port}`, Origin: served.origin, Cookie: cookie, ...headers },
      }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode as number, text }));
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }

  test('are taken from pages of ours, and may be used', async () => {
    const { status, text } = await post(PATH, {}, 'picture');
    expect(status).toBe(201);
    const { path } = JSON.parse(text) as { path: string };
    expect(readFileSync(path, 'utf8')).toBe('picture');
    const socket = await page();
    const reply = answerTo(socket, 1);
    ask(socket, 1, 'openCatalogue', { folder: join(path, '..') });
    expect(await reply).toEqual({ type: 'reply', id: 1, reply: null });
    socket.terminate();
  });

  test.each([
    ['a foreign origin', { Origin: 'https://evil.example' }, 403],
    ['no origin', { Origin: '' }, 403],
    ['no cookie', { Cookie: '' }, 403],
    ['another name that leads here', { Host: 'evil.example', Origin: 'http://evil.example' }, 421],
    ['a size that is too large', { 'Content-Length': String(2 ** 30) }, 413],
  ])('%s is refused', async (_, headers, status) => {
    expect((await post(PATH, headers as Record<string, string>).catch(() => ({ status: 413 }))).status).toBe(status);
  });

  test.each(['..%2fone.jpg', '%2e%2e/one.jpg', '%00.jpg/..', '..%5cone.jpg/', 'one.sh'])('the name %s is refused', async (name) => {
    expect((await post(`/dropped/0123456789abcdef/${name}`)).status).toBeGreaterThanOrEqual(400);
  });

  test('a folder to open is taken from the program alone', async () => {
    const token = new URL(served.url).searchParams.get('token');
    const open = (headers: Record<string, string>) => fetch(`${served.origin}/open`, { method: 'POST', body: '{}', headers }).then(({ status }) => status);
    expect(await open({ Authorization: `Bearer ${token}` })).toBe(204);
    expect(await open({ Authorization: `Bearer ${token}`, Origin: served.origin })).toBe(403);
    expect(await open({ Authorization: 'Bearer guess' })).toBe(403);
    expect(await open({})).toBe(403);
  });
});
