/**
 * The pictures of README and guide. `CHROMABENCH_PICTURES=1 npx vitest run test/e2e/window/pictures.test.ts` takes them anew from a training on the
 * built-in photographs (some ten minutes); every other run of the tests only looks at those that are there.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from './browser-page.js';
import { ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'docs/pictures');
const SIZE = { width: 1440, height: 900 };
const MOST_BYTES = 500_000;
const STEPS = 400;
const HALF_AN_HOUR_MS = 1_800_000;

if (process.env.CHROMABENCH_PICTURES) {
  describe('taken anew', () => {
    let served: ServedWindow;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      served = await ServedWindow.start([join(root, 'resources/photographs/training')]);
      browser = await launchBrowser();
      ({ page } = await openPage(browser, served.url, SIZE));
      page.setDefaultTimeout(HALF_AN_HOUR_MS);
      await page.emulateMedia({ colorScheme: 'dark' });
    });

    afterAll(async () => {
      await browser?.close();
      await served?.stop();
      served?.remove();
    });

    async function take(name: string): Promise<void> {
      await page.waitForLoadState('networkidle');
      const picture = await page.screenshot();
      await sharp(picture).png({ palette: true, colours: 192, effort: 10, compressionLevel: 9 }).toFile(join(folder, `window-${name}.png`));
    }

    async function fillNumber(name: string, value: number): Promise<void> {
      await page.getByRole('spinbutton', { name, exact: true }).fill(String(value));
      await page.getByRole('spinbutton', { name, exact: true }).blur();
    }

    test('photographs', async () => {
      await page.getByText('47 used').waitFor();
      await page.locator('.photo img').first().waitFor();
      await take('photographs');
    });

    test('training', async () => {
      await page.getByRole('link', { name: 'Train', exact: true }).click();
      await page.getByLabel('Name of the run').fill('examples');
      await page.getByRole('combobox', { name: 'Unit of the amount' }).click({ force: true });
      await page.getByRole('option', { name: 'steps', exact: true }).click();
      await fillNumber('Amount of training', STEPS);
      await page.getByText('Reports, checkpoints, stopping').click();
      await fillNumber('Checkpoint every', 25);
      await page.getByRole('button', { name: 'Start Training' }).click();
      await page.getByText(`step ${STEPS - 50}`, { exact: true }).waitFor();
      await take('train');
      await page.getByText('finished', { exact: true }).waitFor();
    }, HALF_AN_HOUR_MS);
  });
}

test('each has the size of a window and takes little room', async () => {
  const names = readdirSync(folder).filter((name) => /^window-.*\.png$/.test(name));
  expect(names.length).toBeGreaterThan(1);
  for (const name of names) {
    const { width, height } = await sharp(join(folder, name)).metadata();
    expect({ width, height }, name).toEqual(SIZE);
    expect(statSync(join(folder, name)).size, name).toBeLessThan(MOST_BYTES);
  }
});
