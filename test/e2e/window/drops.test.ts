/** Files and folders of this machine dropped on the page, as the browser itself does it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServedWindow } from './served-window.js';

const CHROMIUM = process.env.CHROMABENCH_CHROMIUM ?? '/usr/bin/chromium';
const PHOTOGRAPHS = join(import.meta.dirname, '../../../resources/photographs');

let served: ServedWindow;
let browser: Browser;
let page: Page;

/** Holds files over the middle of the page, and lets go of them where told to. */
async function drag(files: readonly string[], types: readonly ('dragEnter' | 'dragOver' | 'drop')[] = ['dragEnter', 'dragOver', 'drop']): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const type of types) await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data: { items: [], files: [...files], dragOperationsMask: 1 } });
  await session.detach();
}

/** The dialog on a page of its own, where every answer of the engine comes late. */
async function slowChooser(): Promise<Locator> {
  const slow = await page.context().newPage();
  await slow.routeWebSocket(/door/, (toPage) => {
    const engine = toPage.connectToServer();
    engine.onMessage((message) => void setTimeout(() => toPage.send(message), 400));
  });
  await slow.goto(page.url());
  await slow.getByRole('main', { name: 'Photographs' }).waitFor();
  await slow.keyboard.press('Control+O');
  return slow.getByRole('dialog');
}

/** Pictures that the page has handed over. */
function handedOver(): string[] {
  const place = join(served.place, 'cache/dropped');
  return existsSync(place) ? readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.jpg')) : [];
}

describe.skipIf(!existsSync(CHROMIUM))('dropped on the page', () => {
  beforeAll(async () => {
    served = await ServedWindow.start();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.goto(served.url);
    await page.getByRole('heading', { name: 'Photographs', exact: true }).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
  });

  test('held over it, it says what would happen; carried away, nothing does', async () => {
    await drag([join(PHOTOGRAPHS, 'training')], ['dragEnter', 'dragOver']);
    await page.getByText('Open this folder of photographs').waitFor();
    await page.getByText('Open this folder of photographs').waitFor({ state: 'hidden' });
  });

  test('a folder: the chooser asks where it lies and why, and what is shown there is opened', async () => {
    await drag([join(PHOTOGRAPHS, 'held-out')]);
    const dialog = page.getByRole('dialog', { name: 'Where does “held-out” lie?' });
    await dialog.getByText('A browser does not tell a page where a dropped folder lies.').waitFor();
    await dialog.getByLabel('Path', { exact: true }).fill(`"${PHOTOGRAPHS}"`);
    await page.keyboard.press('Enter');
    await dialog.getByRole('option', { name: 'held-out' }).waitFor();
    await page.keyboard.type('held');
    await expect.poll(() => dialog.getByRole('option', { selected: true }).textContent()).toContain('held-out');
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText(/\d+ used/).waitFor();
  });

  test('a path that is typed while the first folder is still being listed keeps the keys, and is gone to', async () => {
    const dialog = await slowChooser();
    await dialog.getByLabel('Path', { exact: true }).fill(PHOTOGRAPHS);
    await dialog.getByText(/\d+ pictures? directly in it/).waitFor();
    await dialog.page().keyboard.press('Enter');
    await dialog.getByRole('option', { name: 'held-out' }).waitFor();
    await dialog.page().close();
  });

  test('who is in the line when the first folder comes types over its path', async () => {
    const dialog = await slowChooser();
    await dialog.getByLabel('Path', { exact: true }).focus();
    await dialog.getByText(/\d+ pictures? directly in it/).waitFor();
    await dialog.page().keyboard.insertText(PHOTOGRAPHS);
    await dialog.page().keyboard.press('Enter');
    await dialog.getByRole('option', { name: 'held-out' }).waitFor();
    await dialog.page().close();
  });

  test('pictures and a small folder on the Colorize screen: they are handed over, and shown', async () => {
    await page.getByRole('link', { name: 'Colorize' }).click();
    await page.getByRole('main', { name: 'Colorize' }).waitFor();
    await drag([join(PHOTOGRAPHS, 'held-out')]);
    await expect.poll(() => handedOver().length).toBe(13);
    expect(handedOver().every((path) => path.includes('held-out'))).toBe(true);
    await page.getByRole('link', { name: 'Photos' }).click();
  });

  test('single photographs where a folder is wanted: it says where they belong', async () => {
    await drag([join(PHOTOGRAPHS, 'CREDITS.md')]);
    await page.getByText('There is no picture in what was dropped.').waitFor();
  });
});
