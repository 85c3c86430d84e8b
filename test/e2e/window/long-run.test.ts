/** A training of a day in the window: a made run with 100,000 reports, and more coming at 20 a second. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runId } from '../../../src/main/core/runs/run-summary.js';
import { lineAt } from '../../main/core/runs/new-run.js';
import { CHROMIUM, launchBrowser } from './browser-page.js';
import { ServedWindow } from './served-window.js';

const fixture = join(import.meta.dirname, '../../fixtures/runs/version-1');
const REPORTS = 100_000;
const JOB = 'train-1000';

let served: ServedWindow;
let browser: Browser;
let page: Page;
let socket: WebSocketRoute;

/** Reports that a page holds at most: `stores/live-run.ts`, with some room for validations. */
const MOST_HELD = 4_500;

function makeRun(path: string): void {
  cpSync(fixture, path, { recursive: true });
  writeFileSync(join(path, 'metrics.jsonl'), Array.from({ length: REPORTS }, (_, k) => `${JSON.stringify(report(k + 1))}\n`).join(''));
  const file = JSON.parse(readFileSync(join(path, 'run.json'), 'utf8')) as object;
  writeFileSync(join(path, 'run.json'), JSON.stringify({ ...file, steps: 20 * REPORTS, state: 'stopped', step: 10 * REPORTS }));
}

function report(k: number) {
  const line = lineAt(10 * k, 2 + 3 / Math.sqrt(k) + 0.2 * Math.sin(k));
  return k % 500 === 0 ? { ...line, validation: { loss: 2 + 3 / Math.sqrt(k), auc: 89, aucRebalanced: 70, spread: 0.8 } } : line;
}

/** The page's wire, with a training of our own on it: its events are ours, and so is the answer which run it writes. */
async function connect(opened: Page, run: { path: string; id: string }): Promise<void> {
  await opened.routeWebSocket(/\/door$/, (route) => {
    socket = route;
    const server = route.connectToServer();
    route.onMessage((message) => {
      const { id, name, body } = JSON.parse(String(message)) as { id: number; name: string; body: { id?: string } };
      if (name === 'runOfJob' && body.id === JOB) route.send(JSON.stringify({ type: 'reply', id, reply: run }));
      else server.send(message);
    });
    server.onMessage((message) => route.send(message));
  });
}

function tell(event: object): void {
  socket.send(JSON.stringify({ type: 'event', event }));
}

describe.skipIf(!existsSync(CHROMIUM))('a run with 100,000 reports', () => {
  beforeAll(async () => {
    served = await ServedWindow.start();
    const path = join(served.place, 'runs/long');
    mkdirSync(join(served.place, 'runs'), { recursive: true });
    makeRun(path);
    browser = await launchBrowser();
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    page.setDefaultTimeout(60_000);
    await connect(page, { path, id: runId(path) });
    await page.goto(served.url);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
  });

  test('is shown with its last report, and follows those that come', async () => {
    await page.getByRole('link', { name: 'Train' }).click();
    await page.getByText('Open the photographs to learn from first').waitFor();
    tell({ type: 'job', job: { id: JOB, kind: 'train', state: 'running', controls: ['pause', 'stop'], queuedAt: Date.now(), startedAt: Date.now() } });
    await page.getByText('1,000,000').waitFor();
    for (let k = REPORTS + 1; k <= REPORTS + 100; k++) {
      tell({ type: 'event', id: JOB, name: 'metrics', data: report(k) });
      if (k % 20 === 0) await page.waitForTimeout(50);
    }
    await page.getByText('1,001,000').waitFor();
  });

  test('is saved as a curve with far fewer points than reports, the last one among them', async () => {
    await page.getByRole('button', { name: 'Export Loss' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()]);
    const rows = readFileSync(await download.path(), 'utf8').trim().split('\r\n');
    expect(rows.length).toBeLessThan(MOST_HELD);
    expect(rows.at(-1)?.startsWith(`${10 * (REPORTS + 100)},`)).toBe(true);
    // Every validation of the training is still in it.
    expect(rows.filter((row) => !row.endsWith(',')).length - 1).toBe(REPORTS / 500);
  });

  test('keeps no more of them however many come', async () => {
    for (let k = REPORTS + 101; k <= REPORTS + 6000; k++) tell({ type: 'event', id: JOB, name: 'metrics', data: report(k) });
    await page.getByText('1,060,000').waitFor();
    await page.getByRole('button', { name: 'Export Loss' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()]);
    expect(readFileSync(await download.path(), 'utf8').split('\r\n').length).toBeLessThan(MOST_HELD);
  });
});
