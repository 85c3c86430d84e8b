import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UploadDesk, type UploadLimits } from '../../../../src/main/hosts/web/upload-desk.js';
import { Refused } from '../../../../src/main/hosts/window/refused.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const DROP = '0123456789abcdef';
let home: string;
let server: Server;
let desk: UploadDesk;
let granted: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const [, drop, path] = decodeURIComponent(request.url ?? '').split('|');
    desk.take(drop, path, request).then(
      (taken) => response.end(JSON.stringify(taken)),
      (error: unknown) => response.writeHead(error instanceof Refused ? error.status : 500, { Connection: 'close' }).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => server.close());

beforeEach(async () => {
  home = await temporaryFolder('dropped');
  granted = [];
  open();
});

afterEach(() => desk.close());

function open(limits: UploadLimits = {}): void {
  desk = new UploadDesk(async (place) => void granted.push(place), limits, home);
}

async function send(path: string, content: string | Blob, drop = DROP): Promise<{ status: number; text: string }> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/|${drop}|${encodeURIComponent(path)}`, { method: 'POST', body: content });
  return { status: response.status, text: await response.text() };
}

describe('a dropped picture', () => {
  test('lies in a folder that is granted, and goes with the program', async () => {
    const { path, top } = JSON.parse((await send('one.jpg', 'bytes')).text) as { path: string; top: string };
    expect(readFileSync(path, 'utf8')).toBe('bytes');
    expect(top).toBe(path);
    expect(granted).toHaveLength(1);
    expect(path.startsWith(granted[0])).toBe(true);
    desk.close();
    expect(existsSync(granted[0])).toBe(false);
  });

  test('keeps its folder, and two of a name are two', async () => {
    await send('coast/day/one.jpg', 'first');
    const { path, top } = JSON.parse((await send('coast/day/one.jpg', 'second')).text) as { path: string; top: string };
    expect(path).toBe(join(top, 'day', 'one (2).jpg'));
    expect(readdirSync(join(top, 'day')).sort()).toEqual(['one (2).jpg', 'one.jpg']);
    expect(readFileSync(join(top, 'day', 'one.jpg'), 'utf8')).toBe('first');
  });

  test('two of a name that come at the same time are two', async () => {
    const sent = await Promise.all(['first', 'second', 'third'].map((content) => send('same/one.jpg', content)));
    const paths = sent.map(({ text }) => (JSON.parse(text) as { path: string }).path);
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['first', 'second', 'third']);
  });

  test('signs that steer a terminal or that a system does not take are replaced', async () => {
    const { path } = JSON.parse((await send('a\u001b[31m:b?.jpg', 'x')).text) as { path: string };
    expect(path.endsWith('/a_[31m_b_.jpg')).toBe(true);
  });
});

describe('refused', () => {
  test.each(['../one.jpg', 'a/../one.jpg', '/etc/one.jpg', 'a//one.jpg', '.one.jpg', 'a/.hidden/one.jpg', './one.jpg', 'a/b/c/d/e/f/one.jpg', `${'x'.repeat(200)}.jpg`, ''])('%j', async (path) => {
    expect((await send(path, 'x')).status).toBe(400);
    expect(readdirSync(home)).toEqual([]);
  });

  test('what is not named like a picture', async () => {
    expect(await send('program.sh', 'x')).toEqual({ status: 400, text: expect.stringContaining('program.sh is not named like a picture or a graph.') });
  });

  test('a file that is too large, whether it says so or not, and nothing of it stays', async () => {
    open({ fileBytes: 1000 });
    expect((await send('big.jpg', 'x'.repeat(1001))).status).toBe(413);
    const unsaid = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(600)) });
    const { port } = server.address() as AddressInfo;
    await fetch(`http://127.0.0.1:${port}/|${DROP}|big.jpg`, { method: 'POST', body: unsaid, duplex: 'half' } as RequestInit).then(({ status }) => expect(status).toBe(413), () => {});
    await expect.poll(() => readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([]);
  });

  test('too many files at a time, and too much in all', async () => {
    open({ files: 2, bytes: 12 });
    for (const name of ['1.jpg', '2.jpg']) expect((await send(name, 'x')).status).toBe(200);
    expect((await send('3.jpg', 'x')).text).toContain('More than 2 files cannot be dropped at a time.');
    expect((await send('4.jpg', 'x'.repeat(11), 'fedcba9876543210')).text).toContain('No more files can be dropped');
    // What was not kept does not count.
    expect((await send('5.jpg', 'x'.repeat(10), 'fedcba9876543210')).status).toBe(200);
  });
});

test('what a killed program left is removed by the next', async () => {
  mkdirSync(join(home, '2147483646/left'), { recursive: true });
  mkdirSync(join(home, String(process.ppid)), { recursive: true });
  open();
  expect(readdirSync(home)).toEqual([String(process.ppid)]);
});
