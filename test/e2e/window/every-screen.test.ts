/** What holds for every screen and dialog of the window: accessible in both themes, room enough, quiet, reached by keys, nothing from elsewhere. */
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './axe.js';
import { CHROMIUM, launchBrowser, openPage, type WatchedPage } from './browser-page.js';
import { ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');
const DIALOGS = ['Doctor', 'About Chromabench', 'Keyboard Shortcuts'];
/** Milliseconds for what follows a click, also on a busy machine. */
const SOON = 30_000;
/** Smallest window, and a usual one at twice its size. */
const NARROW = [{ width: 1024, height: 700 }, { width: 720, height: 450 }];

let served: ServedWindow;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

async function accessibleInBothThemes(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(colorScheme === 'dark');
    expect(await violations(page), colorScheme).toEqual([]);
  }
}

function screenNames(): Promise<string[]> {
  return page.getByRole('navigation', { name: 'Screens' }).getByRole('link').allInnerTexts();
}

/** Opens a screen and waits until it stands. */
async function show(screen: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen, exact: true }).click();
  await page.locator('main h1').waitFor();
  await page.waitForLoadState('networkidle');
}

async function choose(menu: string, command: string): Promise<void> {
  await page.getByRole('menuitem', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: command }).click();
}

/** Controls and headings that reach beyond the window, and whether the page scrolls sideways. */
function beyondTheEdge(): Promise<string[]> {
  return page.evaluate(() => {
    const controls = Array.from(document.querySelectorAll<HTMLElement>('h1, .menu-bar button, .rail a, .actions button, .status'));
    const outside = controls.filter((control) => control.checkVisibility() && (control.getBoundingClientRect().right > innerWidth + 1 || control.getBoundingClientRect().left < -1));
    return [...outside.map((control) => control.innerText), ...(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [])];
  });
}

describe.skipIf(!existsSync(CHROMIUM))('every screen', () => {
  beforeAll(async () => {
    served = await ServedWindow.start([join(root, 'resources/photographs/training')]);
    cpSync(join(root, 'test/fixtures/runs/version-1'), join(served.place, 'runs/example'), { recursive: true });
    browser = await launchBrowser();
    watched = await openPage(browser, served.url);
    ({ page } = watched);
    page.setDefaultTimeout(SOON);
    await page.getByText('47 used').waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
  });

  // What a test that failed left open does not stand in the way of the next.
  afterEach(() => page.keyboard.press('Escape'));

  test('is accessible, light and dark', async () => {
    const names = await screenNames();
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) {
      await show(name);
      await accessibleInBothThemes();
    }
  });

  test('has room for what can be pressed in a small window and at 200 %', async () => {
    for (const viewport of NARROW) {
      await page.setViewportSize(viewport);
      for (const name of await screenNames()) {
        await show(name);
        expect(await beyondTheEdge(), `${name} at ${viewport.width}`).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test.each(DIALOGS)('the dialog %s is accessible and closes with Escape', async (command) => {
    await choose('Help', command);
    await page.getByRole('dialog').waitFor();
    await accessibleInBothThemes();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('the chooser of folders is accessible and closes with Escape', async () => {
    await page.keyboard.press('ControlOrMeta+o');
    await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).waitFor();
    await accessibleInBothThemes();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('the doctor tells what it found, and gives it as text', async () => {
    await choose('Help', 'Doctor');
    const dialog = page.getByRole('dialog', { name: 'Doctor' });
    await dialog.getByText(/^TensorFlow \d+\.\d+/).waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await dialog.getByRole('button', { name: 'Copy as Text' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Chromabench +\d/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('the guide opens with F1, page by page, with its pictures', async () => {
    await page.keyboard.press('F1');
    await page.getByRole('heading', { name: 'First steps' }).waitFor();
    await page.getByRole('link', { name: 'What the charts mean' }).first().click();
    await page.getByRole('heading', { name: 'What the charts mean' }).waitFor();
    const picture = page.locator('article img').first();
    expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBeGreaterThan(400);
    await accessibleInBothThemes();
  });

  test('the open menus are accessible, and what cannot be chosen says why', async () => {
    for (const name of await page.getByRole('menubar').getByRole('menuitem').allInnerTexts()) {
      await page.getByRole('menuitem', { name, exact: true }).click();
      const menu = page.getByRole('menu').first();
      await menu.waitFor();
      await accessibleInBothThemes();
      expect(await menu.getByRole('menuitem').count()).toBeGreaterThan(0);
      for (const entry of await menu.locator('[data-disabled]').all()) expect(await entry.getAttribute('title')).toMatch(/\.$/);
      await page.keyboard.press('Escape');
    }
  });

  test('the list of recent folders opens and can be cleared', async () => {
    await page.getByRole('menuitem', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Open Recent' }).click();
    await page.getByRole('menuitem', { name: /^training/ }).waitFor();
    await page.getByRole('menuitem', { name: 'Clear List' }).click();
    await page.getByRole('menuitem', { name: 'File', exact: true }).click();
    expect(await page.getByRole('menuitem', { name: 'Open Recent' }).getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
  });

  test('F6 walks the parts of the window and comes back', async () => {
    await show('Photos');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    const met: (string | null)[] = [];
    for (let k = 0; k < 6; k += 1) {
      await page.keyboard.press('F6');
      met.push(await page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('aria-label') ?? null));
    }
    expect(met).toEqual(['Commands', 'Screens', 'Photographs', 'Inspector', 'Status', 'Commands']);
  });

  test('the first Tab offers to pass over the menus', async () => {
    await page.reload();
    await page.getByText('47 used').waitFor();
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('To the main area');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.querySelector('main')?.contains(document.activeElement) && document.activeElement?.tagName !== 'MAIN')).toBe(true);
  });

  test('the theme that was chosen is ticked and stays after a reload', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('menuitem', { name: 'View', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Dark Theme' }).click();
    await page.reload();
    await page.getByText('47 used').waitFor();
    expect(await page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(true);
    await page.getByRole('menuitem', { name: 'View', exact: true }).click();
    expect(await page.getByRole('menuitemcheckbox', { checked: true }).allInnerTexts()).toEqual(expect.arrayContaining([expect.stringContaining('Dark Theme')]));
    await page.keyboard.press('Escape');
  });

  test('the title of the tab names the screen', async () => {
    await show('Runs');
    await expect.poll(() => page.title()).toBe('Runs · Chromabench');
  });

  test('nothing complained on the way, and nothing was asked of another machine', () => {
    expect(watched.complaints).toEqual([]);
    const hosts = watched.asked.map((address) => new URL(address)).filter(({ protocol }) => !['data:', 'blob:'].includes(protocol)).map(({ host }) => host);
    expect(new Set(hosts)).toEqual(new Set([`127.0.0.1:${served.port}`]));
  });
});
