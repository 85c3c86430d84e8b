/** What tests of the window do again and again: saving, choosing a path, looking at both themes. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { violations } from './axe.js';

/** What a download holds. @param button That opens the menu. @param form Its entry. */
export async function savedBy(button: Locator, form: string): Promise<Buffer> {
  const page = button.page();
  await button.click();
  const item = page.getByRole('menuitem', { name: form, exact: true });
  const [download] = await Promise.all([page.waitForEvent('download'), item.click()]);
  // The menu gives the focus back when it has gone.
  await item.waitFor({ state: 'hidden' });
  return readFile(await download.path());
}

/** Types a path into the dialog that is open, and takes it. @param title Of the dialog. */
export async function choosePath(page: Page, title: string, path: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title });
  const field = dialog.getByRole('textbox', { name: 'Path' });
  // It first shows the place where it opens.
  await expect.poll(() => field.inputValue()).not.toBe('');
  await field.fill(path);
  await dialog.getByRole('button', { name: 'Go', exact: true }).click();
  await dialog.getByRole('button', { name: 'Choose', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** No rule of axe-core is broken in either theme. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(colorScheme === 'dark');
    expect(await violations(page), colorScheme).toEqual([]);
  }
}
