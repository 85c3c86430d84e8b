import { fork } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gone, lives } from './processes.js';

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

/** The job's process, as it has written it down. */
function processIn(folder: string): number {
  return Number(readFileSync(join(folder, 'pid'), 'utf8'));
}

describe.concurrent('a job whose host was killed', () => {
  test('puts its work away and ends', async () => {
    const folder = await orphan('tidiesUp');
    expect(await gone(processIn(folder), 15)).toBe(true);
    expect(existsSync(join(folder, 'tidied'))).toBe(true);
  });

  test('ends without work to put away', async () => {
    const pid = processIn(await orphan('waits'));
    expect(await gone(pid, 15)).toBe(true);
  });

  test('ends even when it never comes to hear of it', async () => {
    const pid = processIn(await orphan('spins'));
    expect(lives(pid)).toBe(true);
    expect(await gone(pid, 40)).toBe(true);
  });
});
