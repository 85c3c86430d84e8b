import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../../scripts/setup/lock.mjs';

let folder: string;
let lock: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chromabench-lock-'));
  lock = join(folder, 'locks', 'engine');
});
afterEach(() => rm(folder, { recursive: true }));

async function holdBy(pid: number, host = hostname()): Promise<void> {
  await withLock(lock, async () => {});
  await writeFile(lock, JSON.stringify({ pid, host, token: 'theirs' }));
}

function endedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

test('two holders work one after the other, and the second is told whom it waits for', async () => {
  const order: string[] = [];
  const waitedFor: string[] = [];
  const first = withLock(lock, async () => {
    order.push('first in');
    await sleep(600);
    order.push('first out');
  });
  await sleep(100);
  const second = withLock(lock, async () => order.push('second'), (holder) => waitedFor.push(holder));
  await Promise.all([first, second]);
  expect(order).toEqual(['first in', 'first out', 'second']);
  expect(waitedFor).toEqual([`process ${process.pid}`]);
});

test('nothing stays after the work, also where it fails', async () => {
  await expect(withLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await readdir(join(folder, 'locks'))).toEqual([]);
});

test('the lock of a process that was killed is taken over at once', async () => {
  await holdBy(endedProcess());
  expect(await withLock(lock, async () => 'done')).toBe('done');
  expect(await readdir(join(folder, 'locks'))).toEqual([]);
});

test('many that wait for the lock of a killed process never work at the same time', async () => {
  await holdBy(endedProcess());
  let working = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++working);
    await sleep(20);
    working--;
  };
  await Promise.all(Array.from({ length: 6 }, () => withLock(lock, work)));
  expect(most).toBe(1);
});

test("another machine's lock is respected while it is kept fresh, and taken over when it is not", async () => {
  await holdBy(1, 'elsewhere');
  let done = false;
  const waiting = withLock(lock, async () => (done = true));
  await sleep(700);
  expect(done).toBe(false);
  const longAgo = new Date(Date.now() - 120_000);
  await utimes(lock, longAgo, longAgo);
  await waiting;
  expect(done).toBe(true);
});
