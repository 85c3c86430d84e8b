import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { releaseLock, writeLock } from '../../../../src/main/core/runs/lock.js';
import { summarizeRun } from '../../../../src/main/core/runs/run-summary.js';
import { lineAt } from './new-run.js';

const fixture = join(import.meta.dirname, '../../../fixtures/runs/version-1');
let place: string;
let run: string;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'chromabench-summary-'));
  run = join(place, 'run');
  cpSync(fixture, run, { recursive: true });
});

afterEach(() => rmSync(place, { recursive: true }));

function rewrite(change: (text: string) => string): void {
  const path = join(run, 'run.json');
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

function setState(state: string): void {
  rewrite((text) => JSON.stringify({ ...(JSON.parse(text) as object), state }));
}

test('a run that rests is read once, as long as neither file changes', async () => {
  setState('stopped');
  const first = await summarizeRun(run);
  const path = join(run, 'run.json');
  const { atime, mtime } = statSync(path);
  utimesSync(path, atime, mtime);
  const settled = await summarizeRun(run);
  // Other text of the same length at the same time: who read it would find a damaged file.
  rewrite((text) => text.replace('{', '['));
  utimesSync(path, atime, mtime);
  expect(await summarizeRun(run)).toEqual(settled);
  expect(settled).toEqual({ ...first, state: 'stopped' });
});

test('what changes in either file is seen', async () => {
  setState('stopped');
  const before = await summarizeRun(run);
  appendFileSync(join(run, 'metrics.jsonl'), `${JSON.stringify(lineAt(9000, 1))}\n`);
  expect(await summarizeRun(run)).toMatchObject({ state: 'stopped', step: 9000 });
  setState('finished');
  expect(await summarizeRun(run)).toMatchObject({ state: 'finished', step: 9000 });
  rewrite((text) => text.slice(1));
  expect(await summarizeRun(run)).toMatchObject({ state: 'unreadable', id: before.id });
});

test('a run is told to have weights when it has a whole checkpoint', async () => {
  setState('stopped');
  expect(await summarizeRun(run)).toMatchObject({ step: 20, hasCheckpoint: true });
  rmSync(join(run, 'checkpoints'), { recursive: true });
  setState('finished');
  expect(await summarizeRun(run)).toMatchObject({ step: 20, hasCheckpoint: false });
});

test('a training whose process has gone is told as interrupted though no file changed', async () => {
  setState('training');
  await writeLock(run);
  const { state } = await summarizeRun(run);
  await releaseLock(run);
  expect([state, (await summarizeRun(run)).state]).toEqual(['training', 'interrupted']);
});
