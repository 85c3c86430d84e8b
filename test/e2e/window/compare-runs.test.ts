/** Two runs ticked in the table: their curves over each other, by steps and by minutes. */
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lineAt } from '../../main/core/runs/new-run.js';
import { CHROMIUM, launchBrowser } from './browser-page.js';
import { expectAccessible, savedBy } from './hands.js';
import { ServedWindow } from './served-window.js';

const fixture = join(import.meta.dirname, '../../fixtures/runs/version-1');
/** Seconds that a step takes in each run, and its rebalanced AuC at its validations. */
const RUNS = { quick: { seconds: 0.3, auc: [70, 75, 78] }, slow: { seconds: 1.2, auc: [71, 74] } };

let served: ServedWindow;
let browser: Browser;
let page: Page;

function makeRun(name: keyof typeof RUNS): void {
  const path = join(served.place, 'runs', name);
  cpSync(fixture, path, { recursive: true });
  const { seconds, auc } = RUNS[name];
  const lines = auc.map((aucRebalanced, k) => {
    const step = 200 * (k + 1);
    return { ...lineAt(step, 3), seconds: seconds * step, validation: { loss: 3, auc: 89, aucRebalanced, spread: 0.8 } };
  });
  writeFileSync(join(path, 'metrics.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

describe.skipIf(!existsSync(CHROMIUM))('runs over each other', () => {
  beforeAll(async () => {
    served = await ServedWindow.start();
    mkdirSync(join(served.place, 'runs'), { recursive: true });
    makeRun('quick');
    makeRun('slow');
    browser = await launchBrowser();
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(served.url);
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('checkbox', { name: 'Compare quick' }).check();
    await page.getByRole('checkbox', { name: 'Compare slow' }).check();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
  });

  async function accuracies(): Promise<string[][]> {
    const csv = await savedBy(page.getByRole('button', { name: 'Export Accuracy, rebalanced' }), 'CSV');
    return csv.toString().trim().split('\r\n').map((row) => row.split(','));
  }

  test('are compared by steps', async () => {
    expect(await accuracies()).toEqual([
      ['run', 'step', 'rebalanced AuC (%)'],
      ['quick', '200', '70'], ['quick', '400', '75'], ['quick', '600', '78'], ['slow', '200', '71'], ['slow', '400', '74'],
    ]);
  });

  test('and by minutes of training', async () => {
    await page.getByText('Over minutes').click();
    expect(await accuracies()).toEqual([
      ['run', 'minutes of training', 'rebalanced AuC (%)'],
      ['quick', '1', '70'], ['quick', '2', '75'], ['quick', '3', '78'], ['slow', '4', '71'], ['slow', '8', '74'],
    ]);
  });

  test('where anybody can read them', () => expectAccessible(page));
});
