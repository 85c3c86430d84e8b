/** Colour hints in the window: placed, offered, moved, undone, kept, saved, exported. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, launchBrowser, openPage, type WatchedPage } from './browser-page.js';
import { expectAccessible } from './hands.js';
import { ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');
const SOON = 60_000;
const [WIDTH, HEIGHT] = [180, 150];

let served: ServedWindow;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

/** Pixels of the colorized picture on the screen. */
async function shown(): Promise<Buffer> {
  const image = page.locator('.photo img').first();
  await image.waitFor();
  const rgba = await image.evaluate(async (element: HTMLImageElement) => {
    await element.decode().catch(() => undefined);
    const context = new OffscreenCanvas(element.naturalWidth, element.naturalHeight).getContext('2d')!;
    context.drawImage(element, 0, 0);
    return [...context.getImageData(0, 0, element.naturalWidth, element.naturalHeight).data];
  });
  return Buffer.from(rgba.filter((_, i) => i % 4 !== 3));
}

async function clickAt(x: number, y: number): Promise<void> {
  const box = (await page.locator('.photo').boundingBox())!;
  await page.mouse.click(box.x + (box.width * (x + 0.5)) / WIDTH, box.y + (box.height * (y + 0.5)) / HEIGHT);
}

/** Red less green, the mean over a square around a pixel. */
function redness(pixels: Buffer, x: number, y: number): number {
  let sum = 0;
  for (let v = y - 2; v <= y + 2; v++) for (let u = x - 2; u <= x + 2; u++) sum += pixels[3 * (v * WIDTH + u)] - pixels[3 * (v * WIDTH + u) + 1];
  return sum / 25;
}

const marks = () => page.getByRole('button', { name: /^Colour hint \d/ });

describe.skipIf(!existsSync(CHROMIUM))('colour hints in a browser', () => {
  beforeAll(async () => {
    served = await ServedWindow.start();
    mkdirSync(join(served.place, 'runs'), { recursive: true });
    const settings = ['network.width=0.25', 'patches.batch=4', 'previews.photos=0', 'validation.photos=4'].flatMap((setting) => ['--set', setting]);
    const trained = spawnSync(process.execPath, [
      join(root, 'bin/chromabench.mjs'), 'train', join(root, 'resources/photographs/training'), '--out', join(served.place, 'runs/hinted'), '--steps', '20', ...settings,
    ], { env: { ...process.env, ...served.surroundings }, encoding: 'utf8' });
    expect(trained.status, trained.stderr).toBe(0);
    const photographs = join(served.place, 'photographs');
    mkdirSync(photographs);
    await sharp(join(root, 'test/fixtures/colorizing/accuracy/truth/2.png')).resize(WIDTH, HEIGHT, { fit: 'fill' }).png().toFile(join(photographs, 'colour.png'));
    await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#777' } }).png().toFile(join(photographs, 'other.png'));
    browser = await launchBrowser();
    watched = await openPage(browser, served.url, { width: 1440, height: 900 });
    ({ page } = watched);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
  });

  let plain: Buffer;
  let hinted: Buffer;

  test('a place is clicked, and a colour chosen from those that are likely there', async () => {
    await openPhotographs();
    plain = await shown();
    await clickAt(120, 75);
    const likely = page.getByRole('group', { name: 'Likely colours here' }).getByRole('button');
    await expect.poll(() => likely.count(), { timeout: SOON }).toBeGreaterThan(2);
    await likely.nth(1).click();
    await expect.poll(() => marks().count(), { timeout: SOON }).toBe(1);
    await expect.poll(async () => (await shown()).equals(plain), { timeout: SOON }).toBe(false);
  });

  test('any colour can be chosen; the picture follows at the place and keeps its lightness', async () => {
    await page.getByLabel('Any colour; the lightness').fill('#d02010');
    await expect.poll(async () => redness(await shown(), 120, 75), { timeout: SOON }).toBeGreaterThan(redness(plain, 120, 75) + 20);
    hinted = await shown();
    expect(redness(hinted, 120, 75)).toBeGreaterThan(redness(hinted, 10, 10) + 20);
  });

  test('undo and redo, by the keyboard too', async () => {
    await page.getByRole('region', { name: 'Colour hints' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await shown()).equals(hinted), { timeout: SOON }).toBe(false);
    await marks().first().focus();
    await page.keyboard.press('Control+Shift+Z');
    await expect.poll(async () => (await shown()).equals(hinted), { timeout: SOON }).toBe(true);
  });

  test('arrow keys move a hint, Delete removes it', async () => {
    await marks().first().focus();
    await page.keyboard.down('Shift');
    // Held down it is one change.
    for (let presses = 0; presses < 4; presses++) await page.keyboard.down('ArrowLeft');
    await page.keyboard.up('ArrowLeft');
    await page.keyboard.up('Shift');
    await expect.poll(() => marks().first().getAttribute('aria-label'), { timeout: SOON }).toContain('47 % across');
    await expect.poll(async () => redness(await shown(), 84, 75), { timeout: SOON }).toBeGreaterThan(redness(hinted, 84, 75) + 5);
    await marks().first().focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => marks().count(), { timeout: SOON }).toBe(0);
    await expect.poll(async () => (await shown()).equals(plain), { timeout: SOON }).toBe(true);
    await page.keyboard.press('Control+Z');
    await page.keyboard.press('Control+Z');
    await expect.poll(async () => (await shown()).equals(hinted), { timeout: SOON }).toBe(true);
  });

  test('the screen is accessible, light and dark', () => expectAccessible(page));

  test('hints are saved as a file that the command line takes', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('region', { name: 'Colour hints' }).getByRole('button', { name: 'Save…' }).click()]);
    const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as { photographs: Record<string, { x: number; y: number; a: number }[]> };
    expect(file.photographs['colour.png']).toEqual([expect.objectContaining({ x: expect.closeTo(0.67, 1) as number, a: expect.any(Number) as number })]);
    const out = join(served.place, 'by-command');
    await download.saveAs(join(served.place, 'hints.json'));
    const done = spawnSync(process.execPath, [
      join(root, 'bin/chromabench.mjs'), 'colorize', join(served.place, 'runs/hinted'), join(served.place, 'photographs'), '--out', out, '--hints', join(served.place, 'hints.json'),
    ], { env: { ...process.env, ...served.surroundings }, encoding: 'utf8' });
    expect(done.status, done.stderr).toBe(0);
    expect((await sharp(join(out, 'colour.png')).removeAlpha().raw().toBuffer()).equals(hinted)).toBe(true);
  });

  test('hints outlast the page', async () => {
    await page.reload();
    await openPhotographs();
    await expect.poll(() => marks().count(), { timeout: SOON }).toBe(1);
    await expect.poll(async () => (await shown()).equals(hinted), { timeout: SOON }).toBe(true);
  });

  test('the last change is kept where the page is loaded again, or the next photograph shown, in the middle of it', async () => {
    const across = () => marks().first().getAttribute('aria-label');
    await marks().first().focus();
    await page.keyboard.down('Shift');
    await page.keyboard.down('ArrowLeft');
    await expect.poll(across).toContain('62 % across');
    await page.reload();
    await page.keyboard.up('ArrowLeft');
    await page.keyboard.up('Shift');
    await openPhotographs();
    await expect.poll(across, { timeout: SOON }).toContain('62 % across');
    await marks().first().focus();
    await page.keyboard.down('ArrowLeft');
    await expect.poll(across).toContain('61 % across');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.up('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await page.getByText('2 of 2').waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('1 of 2').waitFor();
    await expect.poll(across, { timeout: SOON }).toContain('61 % across');
    await page.keyboard.press('ArrowRight');
    await page.getByText('Click a place of the photograph, then choose').waitFor();
    expect(await marks().count()).toBe(0);
    await page.keyboard.press('ArrowLeft');
  });

  test('what was changed can be undone, and made again, after another photograph was shown', async () => {
    const panel = page.getByRole('region', { name: 'Colour hints' });
    const across = () => marks().first().getAttribute('aria-label');
    await expect.poll(across, { timeout: SOON }).toContain('61 % across');
    await marks().first().focus();
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(across).toContain('56 % across');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('ArrowRight');
    await page.getByText('2 of 2').waitFor();
    await page.getByText('Click a place of the photograph, then choose').waitFor();
    expect(await panel.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    await page.keyboard.press('ArrowLeft');
    await page.getByText('1 of 2').waitFor();
    await panel.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(across, { timeout: SOON }).toContain('61 % across');
    await page.getByRole('link', { name: 'Train' }).click();
    await page.getByRole('link', { name: 'Colorize' }).click();
    await panel.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(across, { timeout: SOON }).toContain('56 % across');
    await page.keyboard.press('Control+Z');
    await expect.poll(across, { timeout: SOON }).toContain('61 % across');
  });

  test('Delete removes the chosen hint wherever the focus is, and the panel names the keys', async () => {
    await expect.poll(() => marks().count(), { timeout: SOON }).toBe(1);
    await page.getByRole('region', { name: 'Colour hints' }).getByText('arrow keys move it').waitFor();
    await marks().first().click();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('Delete');
    await expect.poll(() => marks().count(), { timeout: SOON }).toBe(0);
    await page.keyboard.press('Control+Z');
    await expect.poll(() => marks().count(), { timeout: SOON }).toBe(1);
  });

  test('a run that was taught without says so, and its pictures are without', async () => {
    cpSync(join(root, 'test/fixtures/runs/version-1'), join(served.place, 'runs/untaught'), { recursive: true });
    await page.reload();
    await openPhotographs();
    await page.getByRole('combobox', { name: 'Run', exact: true }).click({ force: true });
    await page.getByRole('option', { name: /untaught/ }).click();
    const said = page.getByRole('region', { name: 'Colour hints' });
    await expect.poll(() => said.textContent(), { timeout: SOON }).toMatch(/The network of untaught was not taught to follow colour hints.*This photograph has 1 hint, kept/s);
    expect(await marks().count()).toBe(0);
    await expectAccessible(page);
  });

  test('nothing complained on the way', () => {
    expect(watched.complaints).toEqual([]);
  });
});

async function openPhotographs(): Promise<void> {
  await page.getByRole('link', { name: 'Colorize' }).click();
  await page.getByRole('button', { name: 'Open Photographs…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open photographs to colorize' });
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Path' }).inputValue()).not.toBe('');
  await dialog.getByRole('textbox', { name: 'Path' }).fill(join(served.place, 'photographs'));
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('1 of 2').waitFor();
}
