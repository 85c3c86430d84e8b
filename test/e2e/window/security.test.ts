/** Who may not speak to the web host, tried from outside on the running program. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, launchBrowser } from './browser-page.js';
import { closed, opened, ServedWindow } from './served-window.js';

let served: ServedWindow;
let cookie: string;
/** Path below which the window lies, without the slash at its end. */
let base: string;

beforeAll(async () => {
  served = await ServedWindow.start();
  const admitted = await served.admitted();
  [cookie, base] = [admitted.cookie, admitted.base.slice(0, -1)];
});

afterAll(async () => {
  expect(await served.isWell()).toBe(true);
  await served.stop();
  served.remove();
});

/** A plain request with a path below the window's and headers that no browser would send as they are. */
function raw(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return rawAt(base + path, headers, method);
}

function rawAt(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: served.port, path, method, headers: { Host: `127.0.0.1:${served.port}`, Cookie: cookie, ...headers } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode as number, body, headers: response.headers }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('plain requests', () => {
  test('the token becomes a cookie that scripts cannot read, and leaves the address', async () => {
    const response = await fetch(served.url, { redirect: 'manual' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toMatch(/^\/[\w-]{22}\/$/);
    expect(response.headers.get('set-cookie')).toContain(`HttpOnly; SameSite=Strict; Path=${response.headers.get('location')}`);
    expect(response.headers.get('set-cookie')).not.toContain(new URL(served.url).searchParams.get('token'));
  });

  test('nothing lies outside of the path that the cookie is for, and nothing in it without the cookie', async () => {
    for (const path of ['/', '/index.html', '/door', '/pictures/thumbnail/0000000000000000/0', `/${'A'.repeat(22)}/`, base, base.slice(0, -1)]) {
      expect((await rawAt(path)).status, path).toBe(403);
    }
    expect((await rawAt(`${base}/`, { Cookie: '' })).status).toBe(403);
  });

  test.skipIf(!existsSync(CHROMIUM))('another server of this machine, on another port, never gets the cookie', async () => {
    const heard: string[] = [];
    const other = createServer(({ headers: { cookie: sent } }, response) => {
      heard.push(sent ?? '');
      response.setHeader('Content-Type', 'text/html').end(`<img src="/guessed/x"><iframe src="http://127.0.0.1:${served.port}/"></iframe>`);
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(served.url);
      expect((await page.context().cookies(page.url())).map(({ name }) => name)).toEqual([`chromabench-${served.port}`]);
      await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
      await expect.poll(() => heard.length).toBeGreaterThan(1);
      expect(new Set(heard)).toEqual(new Set(['']));
    } finally {
      await browser.close();
      other.close();
    }
  });

  test('with the cookie the window is served, under a policy without other origins', async () => {
    const { status, body, headers } = await raw('/');
    expect(status).toBe(200);
    expect(body).toContain('<div id="app">');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers['content-security-policy']).not.toMatch(/https?:|\*/);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test.each([
    ['no token', { Cookie: '' }, 403],
    ['a wrong cookie', { Cookie: 'chromabench=guess' }, 403],
    ['another name that leads here (DNS rebinding)', { Host: 'evil.example' }, 421],
    ['another port in the name', { Host: '127.0.0.1:1' }, 421],
    ['a foreign origin', { Origin: 'https://evil.example' }, 403],
    ['an opaque origin', { Origin: 'null' }, 403],
  ])('%s is refused', async (_, headers, status) => {
    expect((await raw('/', headers)).status).toBe(status);
    expect((await raw('/pictures/thumbnail/0000000000000000/0', headers)).status).toBe(status);
  });

  test('a wrong token is refused', async () => {
    expect((await rawAt('/?token=guess', { Cookie: '' })).status).toBe(403);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
    expect((await raw('/', { Origin: served.origin }, method)).status).toBe(405);
  });

  test.each(['/../../package.json', '/%2e%2e/%2e%2e/package.json', '/..%2f..%2fpackage.json', '/assets/..%2f..%2f..%2fpackage.json', '/%00', '/%ff'])('%s leads nowhere', async (path) => {
    const { status, body } = await raw(path);
    expect([400, 403, 404]).toContain(status);
    expect(body).not.toContain('dependencies');
  });

  test('a link that leads out is not followed', async () => {
    const assets = join(import.meta.dirname, '../../../out/renderer/assets');
    const [outside, link] = [join(served.place, 'secret.txt'), join(assets, `link-${process.pid}.txt`)];
    writeFileSync(outside, 'secret');
    symlinkSync(outside, link);
    try {
      const { status, body } = await raw(`/assets/link-${process.pid}.txt`);
      expect(status).toBe(403);
      expect(body).not.toContain('secret');
    } finally {
      rmSync(link);
    }
  });

  test.each(['thumbnail/../../etc/passwd/0', 'thumbnail/0123456789abcdef/0', 'preview/0123456789abcdef/1', '..%2f..%2fetc%2fpasswd', 'thumbnail/0123456789abcdef/-1', 'x'.repeat(201)])('picture %s is not there', async (name) => {
    expect((await raw(`/pictures/${name}`)).status).toBe(404);
  });
});

describe('sockets', () => {
  test.each([
    ['no cookie', { Cookie: '' }, '403'],
    ['a foreign origin', { Origin: 'https://evil.example' }, '403'],
    ['another name that leads here', { Host: 'evil.example', Origin: 'http://evil.example' }, '421'],
  ])('%s is refused', async (_, headers, status) => {
    await expect(opened(await served.socket(headers))).rejects.toThrow(status);
  });

  test('a page that names no origin is refused', async () => {
    const socket = await served.socket();
    socket.terminate();
    socket.on('error', () => {});
    expect((await raw('/door', { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==' })).status).toBe(403);
  });

  test.each([
    ['no JSON', 'hello', 1008],
    ['JSON of another shape', '{"type":"reply","id":1}', 1008],
    ['a field too many', '{"type":"request","id":1,"name":"listJobs","body":{},"more":1}', 1008],
    ['bytes', Buffer.from([1, 2, 3]), 1003],
    ['two megabytes', ' '.repeat(2 * 2 ** 20), 1009],
  ])('%s closes the socket', async (_, message, code) => {
    const socket = await served.socket();
    await opened(socket);
    const end = closed(socket);
    socket.send(message);
    expect(await end).toBe(code);
    expect(await served.isWell()).toBe(true);
  });

  test.each([
    ['there is no such request', 'format', {}, /no request named format/],
    ['a request of the prototype', 'constructor', {}, /no request named constructor/],
    ['a body that does not fit', 'listFolder', { path: 'relative' }, /absolute path/],
    ['a field that is not asked for', 'listJobs', { all: true }, /[Uu]nrecognized/],
    ['an id that was never handed out', 'listPhotographs', { catalogue: '../../etc/passwd', from: 0, count: 1 }, /id of a catalogue/],
    ['a name that is a path', 'placeForRun', { name: '../outside' }, /without/],
  ])('%s: refused in words', async (_, name, body, words) => {
    const socket = await served.socket();
    await opened(socket);
    const answer = new Promise<{ type: string; error?: { message: string } }>((resolve) => {
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as { type: string; error?: { message: string } };
        if (message.type === 'reply' || message.type === 'refusal') resolve(message);
      });
    });
    socket.send(JSON.stringify({ type: 'request', id: 7, name, body }));
    const { type, error } = await answer;
    expect(type).toBe('refusal');
    expect(error?.message).toMatch(words);
    socket.terminate();
  });
});

