import { fork } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const handlers = join(import.meta.dirname, 'faulty-handlers.mjs');
let place: string;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'chromabench-orphan-'));
});

afterAll(() => rmSync(place, { recursive: true }));

/** Starts a host with one job, waits until the job works, and kills the host alone. */
async function orphan(fault: string): Promise<string> {
  const folder = join(place, fault);
  mkdirSync(folder);
  const host = fork(join(import.meta.dirname, 'doomed-host.mjs'), [handlers, folder], { execArgv: [] });
  await new Promise((resolve) => host.once('message', resolve));
  const gone = new Promise((resolve) => host.once('exit', resolve));
  host.kill('SIGKILL');
  await gone;
  return folder;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(holds: () => boolean, seconds: number): Promise<boolean> {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end; ) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return holds();
}

describe.concurrent('a job whose host was killed', () => {
  test('puts its work away and ends', async () => {
    const folder = await orphan('tidiesUp');
    expect(await until(() => existsSync(join(folder, 'tidied')), 10)).toBe(true);
  });

  test('ends without work to put away', async () => {
    const pid = Number(readFileSync(join(await orphan('waits'), 'pid'), 'utf8'));
    expect(await until(() => !lives(pid), 10)).toBe(true);
  });

  test('ends even when it never comes to hear of it', async () => {
    const pid = Number(readFileSync(join(await orphan('spins'), 'pid'), 'utf8'));
    expect(lives(pid)).toBe(true);
    expect(await until(() => !lives(pid), 40)).toBe(true);
  });
});
