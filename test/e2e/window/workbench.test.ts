/** Photographs one by one and a training as it is set up and looked into, in a real browser with the native engine. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filterIndex, readFilters } from '../../../src/main/core/runs/filter-snapshot.js';
import { violations } from './axe.js';
import { CHROMIUM, launchBrowser, openPage, type WatchedPage } from './browser-page.js';
import { ServedWindow } from './served-window.js';

const examples = join(import.meta.dirname, '../../../resources/photographs/training');

/** On a busy machine, too. */
const PATIENT = { timeout: 30_000, interval: 200 };

let served: ServedWindow;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let folder: string;

async function photographs(): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), 'chromabench-workbench-'));
  const sets = { coast: ['sea-sunset-01', 'sea-sunset-02', 'sunset-01'], park: ['park-01', 'park-02', 'park-03'] };
  for (const [name, files] of Object.entries(sets)) {
    mkdirSync(join(place, name));
    files.forEach((file) => copyFileSync(join(examples, `${file}.jpg`), join(place, name, `${file}.jpg`)));
  }
  await sharp({ create: { width: 90, height: 60, channels: 3, background: '#777777' } }).png().toFile(join(place, 'coast', 'gray.png'));
  writeFileSync(join(place, 'park', 'torn.jpg'), readFileSync(join(examples, 'park-01.jpg')).subarray(0, 900));
  return place;
}

async function saved(button: string, item: string): Promise<string> {
  await page.getByRole('button', { name: button, exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
  return readFileSync(await download.path(), 'utf8');
}

async function fillNumber(name: string, value: string): Promise<void> {
  await page.getByRole('spinbutton', { name }).fill(value);
  await page.getByRole('spinbutton', { name }).blur();
}

async function choose(list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list }).click({ force: true });
  await page.getByRole('option', { name: option, exact: true }).click();
}

describe.skipIf(!existsSync(CHROMIUM))('in a browser', () => {
  beforeAll(async () => {
    folder = await photographs();
    served = await ServedWindow.start([folder]);
    browser = await launchBrowser();
    watched = await openPage(browser, served.url, { width: 1440, height: 900 });
    ({ page } = watched);
    await page.getByText('6 used').waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a photograph opens large from the keyboard, with its own colours; arrows walk, Escape goes back', async () => {
    await page.getByRole('listbox', { name: 'Photographs' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('1 of 6', { exact: true }).waitFor();
    const picture = page.locator('.large .picture');
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(256);
    await page.getByRole('img', { name: /Colours of coast.*65,536 pixels/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('ArrowRight');
    await page.getByText('2 of 6', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.large').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Photographs');
  });

  test('files that are not used come into the grid, dimmed and with their reason', async () => {
    await page.getByRole('checkbox', { name: 'show them in the grid' }).check();
    await page.locator('.photo.excluded').nth(1).waitFor();
    expect((await page.locator('.photo.excluded .note').allTextContents()).sort()).toEqual(['damaged', 'gray']);
    await page.locator('.photo.excluded img').evaluate((image: HTMLImageElement) => image.decode());
    await page.getByRole('checkbox', { name: 'show them in the grid' }).uncheck();
  });

  test('two selections are told apart tile by tile', async () => {
    await choose('Compare with', 'park');
    await page.getByRole('img', { name: /^Difference/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    const [head, ...rows] = (await saved('Export Difference', 'CSV')).trim().split('\r\n').map((row) => row.split(','));
    expect(head).toEqual(['a from', 'b from', 'share in All', 'share in park', 'log2 of their ratio']);
    const sum = (column: number) => rows.reduce((total, row) => total + Number(row[column]), 0);
    expect(sum(2)).toBeCloseTo(1, 6);
    expect(sum(3)).toBeCloseTo(1, 6);
    rows.filter((row) => row[4] !== '').forEach((row) => expect(Number(row[4])).toBeCloseTo(Math.log2(Number(row[2]) / Number(row[3])), 6));
  });

  test('a setting is found, changed, marked and undone; settings go to a file and come back', async () => {
    await page.getByRole('link', { name: 'Train' }).click();
    await page.getByRole('searchbox', { name: 'Find a setting' }).fill('patience');
    await page.getByText('1 setting', { exact: true }).waitFor();
    await fillNumber('Patience', '7');
    await page.getByText('changed', { exact: true }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save Settings…' }).click()]);
    const settings = JSON.parse(readFileSync(await download.path(), 'utf8')) as { preset: string; earlyStopping: { patience: number } };
    expect([settings.preset, settings.earlyStopping.patience]).toEqual(['fast', 7]);
    await page.getByRole('button', { name: 'Patience: back to 0' }).click();
    expect(await page.getByText('changed', { exact: true }).count()).toBe(0);

    const take = (text: string) => page.locator('input[type=file]').setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await take(JSON.stringify({ bins: { windows: 5 } }));
    await page.getByText('There is no setting bins.windows; did you mean bins.window?').waitFor();
    await take(JSON.stringify({ 'network.width': 0.1, 'patches.side': 48, 'photos.side': 64, 'patches.batch': 4, 'checkpoints.every': 10, 'previews.photos': 2, 'budget': { steps: 40 } }));
    await page.getByRole('searchbox', { name: 'Find a setting' }).fill('');
    await expect.poll(() => page.getByRole('spinbutton', { name: 'Width' }).inputValue(), PATIENT).toBe('0.1');
  });

  test('another preset, chosen by keys, lays changes aside, and they can be had back', async () => {
    await page.getByRole('radio', { name: /^fast/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('radio', { checked: true }).innerText()).toMatch(/^zhang/);
    await expect.poll(() => page.getByRole('spinbutton', { name: 'Width' }).inputValue()).not.toBe('0.1');
    await page.getByText(/Your changes to fast are laid aside: Train for, .*Width/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Bring them back' }).click();
    expect(await page.getByRole('radio', { checked: true }).innerText()).toMatch(/^fast/);
    await expect.poll(() => page.getByRole('spinbutton', { name: 'Width' }).inputValue()).toBe('0.1');
    await expect.poll(() => page.getByRole('spinbutton', { name: 'Amount of training' }).inputValue()).toBe('40');
    expect(await page.getByText(/laid aside/).count()).toBe(0);
  });

  test('runs that cannot be listed are no empty list: what is wrong is told, and tried again', async () => {
    const runs = join(served.place, 'runs');
    writeFileSync(runs, '');
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByText(/The runs could not be listed\. The folder of runs, .*could not be read \(ENOTDIR\)/).waitFor();
    rmSync(runs);
    await page.getByRole('button', { name: 'Try Again' }).click();
    await page.getByText(/could not be listed/).waitFor({ state: 'detached' });
    await page.getByText('No runs yet').waitFor();
    await page.getByRole('link', { name: 'Train' }).click();
  });

  test('what it will take is told, first by a measurement', async () => {
    const estimate = page.getByRole('region', { name: 'What it will take' });
    await estimate.getByText('40', { exact: false }).first().waitFor();
    await estimate.getByText('Nothing was timed on this machine yet.').waitFor();
    await estimate.getByRole('button', { name: 'Measure on This Machine' }).click();
    await estimate.getByText(/with the same settings/).waitFor();
    await estimate.getByText(/^about \d/).first().waitFor();
  });

  test('filters are seen at every step of a training, and saved as they were kept', async () => {
    await page.getByLabel('Name of the run').fill('filters');
    await page.getByRole('button', { name: 'Start Training' }).click();
    await page.getByText('finished', { exact: true }).first().waitFor();
    const filters = page.getByRole('region', { name: 'Filters' });
    await filters.getByText('step 40', { exact: true }).waitFor();
    const slider = filters.getByRole('slider', { name: 'Step of the filters' });
    await slider.focus();
    await page.keyboard.press('Home');
    await filters.getByText('step 0', { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    // The same moment, everywhere.
    await page.getByRole('region', { name: 'Held-out photographs' }).getByText('step 0', { exact: true }).waitFor();

    const run = join(served.place, 'runs/filters');
    const { layers, steps } = await filterIndex(run);
    expect(steps).toEqual([0, 10, 20, 30, 40]);
    await choose('Layer', layers[1].layer);
    await filters.getByRole('heading', { name: layers[1].layer }).waitFor();
    const { values } = await readFilters(run, 0, { layer: layers[1].layer, firstInput: 0, firstOutput: 0, inputs: 16, outputs: 16 });
    await expect.poll(async () => {
      const rows = (await saved(`Export ${layers[1].layer}`, 'CSV')).trim().split('\r\n').slice(1);
      return rows.map((row) => Number(row.split(',')[4])).sort((x, y) => x - y);
    }, PATIENT).toEqual([...values].sort((x, y) => x - y));
  });

  test('what was expected stands beside what came out', async () => {
    const row = page.getByRole('row', { name: /^A step/ });
    expect(await row.textContent()).toMatch(/^A step\d+\.\d\d s\d+\.\d\d s$/);
  });

  test('nothing complained on the way', () => {
    expect(watched.complaints).toEqual([]);
  });
});
