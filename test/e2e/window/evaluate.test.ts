/** Evaluate a run, and take out of the window what is drawn there: charts, tables, strips, the report. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './axe.js';
import { CHROMIUM, launchBrowser, openPage, type WatchedPage } from './browser-page.js';
import { ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');
const photographs = join(root, 'test/fixtures/colorizing/accuracy/truth');

let served: ServedWindow;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

/** Goes to a folder in the chooser that is open, and takes it. */
async function chooseFolder(path: string): Promise<void> {
  const dialog = page.getByRole('dialog').filter({ has: page.getByRole('textbox', { name: 'Path' }) });
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Path' }).inputValue()).not.toBe('');
  await dialog.getByRole('textbox', { name: 'Path' }).fill(path);
  await dialog.getByRole('button', { name: 'Go', exact: true }).click();
  await expect.poll(() => dialog.locator('.summary').textContent()).toContain(path.split('/').at(-1));
  await dialog.getByRole('button', { name: 'Choose', exact: true }).click();
}

async function saved(button: string, form: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: button, exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: form, exact: true }).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

describe.skipIf(!existsSync(CHROMIUM))('evaluating in a browser', () => {
  beforeAll(async () => {
    served = await ServedWindow.start([photographs]);
    cpSync(join(root, 'test/fixtures/runs/version-1'), join(served.place, 'runs/example'), { recursive: true });
    mkdirSync(join(served.place, 'out'));
    browser = await launchBrowser();
    watched = await openPage(browser, served.url);
    ({ page } = watched);
    page.setDefaultTimeout(40_000);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
  });

  test('an earlier evaluation is shown at once, with its pictures', async () => {
    await page.getByRole('link', { name: 'Evaluate' }).click();
    await page.getByText(/^With every pixel counting alike, the run falls short of leaving the photographs gray/).waitFor();
    const strips = page.getByRole('img', { name: /gray, colorized and true$/ });
    expect(await strips.count()).toBe(3);
    // They are loaded when they come into sight.
    for (const strip of await strips.all()) {
      await strip.scrollIntoViewIfNeeded();
      expect(await strip.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBeGreaterThan(100);
    }
    expect(await page.getByRole('row', { name: /^This run 82\.4 82\.1/ }).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
  });

  test('photographs that are gone are a sentence, and a folder is measured instead', async () => {
    await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
    await page.getByText(/lay in \/home\/someone\/photographs, which is not there any more/).waitFor();
    await page.getByRole('combobox', { name: 'Photographs' }).click({ force: true });
    await page.getByRole('option', { name: 'Another folder…' }).click();
    await chooseFolder(photographs);
    await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
    await page.getByText(new RegExp(`^3 photographs of ${photographs}`)).waitFor();
    expect(await page.getByRole('button', { name: /3 truth/ }).count()).toBe(1);
    expect(readdirSync(join(served.place, 'runs/example/evaluations'))).toHaveLength(2);
  });

  test('figures of every photograph, charts of any size and strips can be saved', async () => {
    const csv = await saved('Export the evaluation', 'CSV, every photograph');
    expect(csv.name).toBe('photographs.csv');
    expect(csv.bytes.toString().trimEnd().split('\r\n').map((row) => row.split(',')[0])).toEqual(['photograph', '0.png', '1.png', '2.png']);
    const table = await saved('Export the figures', 'CSV');
    const [head, own] = table.bytes.toString().split('\r\n').map((row) => row.split(','));
    expect(head.slice(0, 2)).toEqual(['way', 'AuC (%)']);
    // As the screen has it, with more digits.
    const shown = /^This run\s+(\d+\.\d)/.exec(await page.getByRole('row', { name: /^This run \d/ }).first().innerText())?.[1];
    expect([own[0], Number(own[1]).toFixed(1)]).toEqual(['This run', shown]);
    const chart = await saved('Export Accuracy, raw', 'PNG, four times the size');
    expect(await sharp(chart.bytes).metadata()).toMatchObject({ format: 'png', width: 3840, height: 2240 });
    const strips = await saved('Export the strips: Nearest to the truth', 'PNG');
    expect((await sharp(strips.bytes).metadata()).height).toBeGreaterThan(150);
  });

  test('all charts of the run go into a folder, from the menu', async () => {
    await page.keyboard.press('ControlOrMeta+Shift+e');
    const dialog = page.getByRole('dialog', { name: 'Export charts' });
    await dialog.getByText('PNG, for slides').click();
    await dialog.getByRole('button', { name: 'Choose a Folder…' }).click();
    await chooseFolder(join(served.place, 'out'));
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByText(/files written into .*example charts/).waitFor();
    expect(await violations(page)).toEqual([]);
    const files = readdirSync(join(served.place, 'out/example charts'));
    expect(files).toEqual(expect.arrayContaining(['accuracy-raw.svg', 'accuracy-rebalanced.csv', 'loss.svg', 'prior-and-weights.csv', 'filters-conv1.svg']));
    expect(files.filter((name) => name.endsWith('.png'))).toEqual([]);
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByText(/is there already and is not overwritten/).waitFor();
    await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  });

  test('the report is written from the menu, and shows the newest evaluation', async () => {
    await page.getByRole('menuitem', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Report…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Report of example' });
    await dialog.getByRole('button', { name: 'Choose a Folder…' }).click();
    await chooseFolder(join(served.place, 'out'));
    await dialog.getByRole('button', { name: 'Write the Report' }).click();
    await dialog.getByText(/^Written: .*example report\.html, \d+ kB\.$/).waitFor();
    expect(readFileSync(join(served.place, 'out/example report.html'), 'utf8')).toContain(`3 photographs of ${photographs}`);
    await dialog.getByText('Model card:').click();
    await dialog.getByRole('button', { name: 'Write the Model Card' }).click();
    await dialog.getByText(/^Written: .*example model card\.md, \d+ kB\.$/).waitFor();
    expect(readFileSync(join(served.place, 'out/example model card.md'), 'utf8')).toMatch(/^# .*example/);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  test('the table of runs is put in order and saved', async () => {
    cpSync(join(served.place, 'runs/example'), join(served.place, 'runs/another'), { recursive: true });
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('button', { name: 'another', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.poll(() => page.locator('tbody tr .name').allInnerTexts()).toEqual(['another', 'example']);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.poll(() => page.locator('tbody tr .name').allInnerTexts()).toEqual(['example', 'another']);
    const csv = await saved('Export the table of runs', 'CSV');
    expect(csv.bytes.toString().split('\r\n').slice(1, 3).map((row) => row.split(',')[0])).toEqual(['example', 'another']);
  });

  test('nothing complained on the way', () => {
    expect(watched.complaints).toEqual([]);
  });
});
