/** The main job with a mouse, in a real browser on real photographs with the native engine. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, launchBrowser, openPage } from './browser-page.js';
import { ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');

let served: ServedWindow;
let browser: Browser;
let page: Page;
let complaints: string[];

/** Chooses from a list; its input lies below the chosen text, where a person's click lands. */
async function choose(list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list }).click({ force: true });
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function fillNumber(name: string, value: string): Promise<void> {
  await page.getByRole('spinbutton', { name }).fill(value);
  await page.getByRole('spinbutton', { name }).blur();
}

describe.skipIf(!existsSync(CHROMIUM))('in a browser', () => {
  beforeAll(async () => {
    served = await ServedWindow.start([join(root, 'resources/photographs/training')]);
    browser = await launchBrowser();
    ({ page, complaints } = await openPage(browser, served.url));
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
  });

  test('the token has left the address, and the folder named at the start is looked through', async () => {
    expect(page.url()).not.toContain('token');
    await page.getByText('47 used').waitFor();
    await page.locator('.photo img').first().waitFor();
    expect(await page.locator('.photo img').first().evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(256);
  });

  test('bins follow the window, and the chart can be saved', async () => {
    const bins = page.locator('h3', { hasText: 'Q =' });
    const before = await bins.textContent();
    await choose('Window', '5');
    await expect.poll(() => bins.textContent()).not.toBe(before);
    await page.getByRole('button', { name: 'Export the colour histogram' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'SVG' }).click()]);
    expect(download.suggestedFilename()).toBe('ab-histogram.svg');
    expect(readFileSync(await download.path(), 'utf8')).toMatch(/^<svg/);
    await choose('Window', '10');
  });

  test('a training starts from the menu, shows its curves, rests and goes on after a reload', async () => {
    await page.getByRole('menuitem', { name: 'Train', exact: true }).click();
    await page.getByRole('menuitem', { name: /Start Colorization Training/ }).click();
    await page.getByLabel('Name of the run').fill('journey');
    await choose('Unit of the amount', 'steps');
    await fillNumber('Amount of training', '400');
    await fillNumber('Width', '0.1');
    await page.getByText('Reports, checkpoints, stopping').click();
    await fillNumber('Report every', '2');
    await fillNumber('Checkpoint every', '10');
    await page.getByRole('button', { name: 'Start Training' }).click();
    await page.getByRole('region', { name: 'Held-out photographs' }).getByText(/^step [1-9]\d/).waitFor();
    await expect.poll(() => page.title()).toMatch(/^\d+ % .+ · Chromabench$/);
    await page.locator('.picture').first().waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();

    await page.reload();
    await page.getByText('paused', { exact: true }).waitFor();
    await page.getByRole('heading', { name: 'journey' }).waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });

  test('a second page sees the same training', async () => {
    const { page: second } = await openPage(browser, served.url);
    await second.getByRole('link', { name: 'Train' }).click();
    await second.getByRole('heading', { name: 'journey' }).waitFor();
    await second.getByText('training', { exact: true }).first().waitFor();
    await second.context().close();
  });

  test('stopped, it is a run that can be looked at and gone on with', async () => {
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('stopped', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('row', { name: /journey/ }).getByText('stopped').waitFor();
    await page.getByRole('button', { name: 'Go On Training' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('stopped', { exact: true }).waitFor();
    expect(existsSync(join(served.place, 'runs/journey/run.json'))).toBe(true);
  });

  test('a run that is deleted lies in the trash', async () => {
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('button', { name: 'Run…', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('button', { name: 'Move to the Trash' }).click();
    await page.getByText('No runs yet').waitFor();
    expect(existsSync(join(served.place, 'runs/journey'))).toBe(false);
  });

  test('nothing complained on the way', () => {
    expect(complaints).toEqual([]);
  });
});
