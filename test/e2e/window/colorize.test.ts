/** Colorizing in the window: a run, a gray and a colour photograph, the temperature, a place, the files that are written. */
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './axe.js';
import { CHROMIUM, launchBrowser, openPage, type WatchedPage } from './browser-page.js';
import { ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');

/** Milliseconds for what follows a click, also on a busy machine. */
const SOON = 60_000;

let served: ServedWindow;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

/** The picture that is shown, as the page has decoded it; `which` from behind to the front. Pixels: R, G, B a pixel. */
async function shown(which: number): Promise<{ width: number; pixels: Buffer }> {
  const image = page.locator('.photo img').nth(which);
  await image.waitFor();
  const { width, rgba } = await image.evaluate(async (element: HTMLImageElement) => {
    await element.decode().catch(() => undefined);
    const { naturalWidth: width, naturalHeight: height } = element;
    const context = new OffscreenCanvas(width, height).getContext('2d')!;
    context.drawImage(element, 0, 0);
    return { width, rgba: [...context.getImageData(0, 0, width, height).data] };
  });
  return { width, pixels: Buffer.from(rgba.filter((_, i) => i % 4 !== 3)) };
}

async function pixels(picture: Buffer | string): Promise<Buffer> {
  return sharp(picture).toColourspace('srgb').removeAlpha().raw().toBuffer();
}

describe.skipIf(!existsSync(CHROMIUM))('colorizing in a browser', () => {
  beforeAll(async () => {
    served = await ServedWindow.start();
    mkdirSync(join(served.place, 'runs'), { recursive: true });
    cpSync(join(root, 'test/fixtures/runs/version-1'), join(served.place, 'runs/old'), { recursive: true });
    // As a training looks before its first checkpoint: newer, and nothing to colorize with.
    cpSync(join(root, 'test/fixtures/runs/version-1'), join(served.place, 'runs/young'), { recursive: true });
    rmSync(join(served.place, 'runs/young/checkpoints'), { recursive: true });
    const photographs = join(served.place, 'photographs');
    mkdirSync(photographs);
    const source = join(root, 'test/fixtures/colorizing/accuracy/truth/2.png');
    await sharp(source).resize(200, 160, { fit: 'fill' }).grayscale().jpeg().toFile(join(photographs, 'a gray one.jpg'));
    await sharp(source).resize(180, 150, { fit: 'fill' }).png().toFile(join(photographs, 'colour.png'));
    browser = await launchBrowser();
    watched = await openPage(browser, served.url, { width: 1440, height: 900 });
    ({ page } = watched);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
  });

  test('photographs are opened with the chooser', async () => {
    await page.getByRole('link', { name: 'Colorize' }).click();
    await page.getByRole('button', { name: 'Open Photographs…' }).click();
    await chooseFolder('Open photographs to colorize', join(served.place, 'photographs'), 'Open');
    await page.getByText('1 of 2').waitFor();
    await expect.poll(() => page.getByRole('option', { name: /colour\.png|a gray one/ }).count(), { timeout: SOON }).toBe(2);
    expect((await shown(0)).width).toBe(200);
  });

  test('a photograph without colour has no truth; arrow keys walk to the next', async () => {
    expect(await page.getByRole('button', { name: 'Truth' }).isDisabled()).toBe(true);
    await page.keyboard.press('ArrowRight');
    await page.getByText('2 of 2').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Truth' }).isDisabled(), { timeout: SOON }).toBe(false);
    await expect.poll(async () => (await shown(0)).width, { timeout: SOON }).toBe(180);
    await page.getByText(/% · .* dB/).waitFor();
  });

  test('the picture follows the temperature', async () => {
    const before = (await shown(0)).pixels;
    const slider = page.getByRole('slider', { name: 'Temperature' });
    await slider.focus();
    for (let presses = 0; presses < 5; presses++) await slider.press('ArrowLeft');
    await expect.poll(async () => (await shown(0)).pixels.equals(before), { timeout: SOON }).toBe(false);
    await page.getByRole('button', { name: 'Back to 0.38' }).click();
    await expect.poll(async () => (await shown(0)).pixels.equals(before), { timeout: SOON }).toBe(true);
  });

  test('space and the divider show before and after', async () => {
    const divider = page.getByRole('slider', { name: 'Divider between Gray and Colorized' });
    await page.locator('body').click({ position: { x: 5, y: 890 } });
    await page.keyboard.press(' ');
    await expect.poll(() => divider.getAttribute('aria-valuenow'), { timeout: SOON }).toBe('0');
    await page.keyboard.press(' ');
    await expect.poll(() => divider.getAttribute('aria-valuenow'), { timeout: SOON }).toBe('100');
    await divider.press('ArrowLeft');
    await expect.poll(() => divider.getAttribute('aria-valuenow'), { timeout: SOON }).toBe('98');
    const gray = (await shown(1)).pixels;
    expect(gray.every((v, i) => v === gray[i - (i % 3)])).toBe(true);
  });

  test('a click tells what the network finds likely there', async () => {
    const box = (await page.locator('.photo').boundingBox())!;
    await page.mouse.click(box.x + (box.width * 45.5) / 180, box.y + (box.height * 112.5) / 150);
    await page.getByText('Most likely').waitFor();
    await page.getByText('x 45, y 112', { exact: false }).waitFor();
  });

  test('what is saved and what is exported is what was shown', async () => {
    const onScreen = (await shown(0)).pixels;
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save This…' }).click()]);
    expect(download.suggestedFilename()).toBe('colour colorized.png');
    expect((await pixels(await download.path())).equals(onScreen)).toBe(true);

    await page.getByRole('button', { name: 'Export 2…' }).click();
    const out = join(served.place, 'coloured');
    mkdirSync(out);
    await page.getByRole('button', { name: 'Choose…' }).click();
    await chooseFolder('Choose a folder for the colorized photographs', out, 'Choose');
    await page.getByRole('button', { name: 'Export 2', exact: true }).click();
    await page.getByText('2 pictures colorized').waitFor();
    expect((await pixels(join(out, 'colour.png'))).equals(onScreen)).toBe(true);
    const { width, height, space } = await sharp(join(out, 'a gray one.png')).metadata();
    expect([width, height, space]).toEqual([200, 160, 'srgb']);
  });

  test('the screen is accessible, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(500);
      expect(await violations(page), colorScheme).toEqual([]);
    }
  });

  test('a run without a checkpoint is not offered', async () => {
    await page.getByRole('combobox', { name: 'Run', exact: true }).click({ force: true });
    await page.getByRole('option', { name: /^old/ }).waitFor();
    expect(await page.getByRole('option', { name: /^young/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  test('nothing complained on the way', () => {
    expect(watched.complaints).toEqual([]);
  });
});

/** Goes to a folder in the dialog by its path, and takes it. */
async function chooseFolder(title: string, path: string, action: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title });
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Path' }).inputValue()).not.toBe('');
  await dialog.getByRole('textbox', { name: 'Path' }).fill(path);
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}
