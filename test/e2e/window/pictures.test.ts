/**
 * The pictures of README and guide. `CHROMABENCH_PICTURES=RUN npx vitest run test/e2e/window/pictures.test.ts` takes them anew; RUN is a training on
 * resources/photographs/training that was stopped before its end. Every other run of the tests only looks at the pictures that are there.
 */
import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from './browser-page.js';
import { ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'docs/pictures');
const PHOTOGRAPHS = join(root, 'resources/photographs/training');
const SIZE = { width: 1440, height: 900 };
const MOST_BYTES = 500_000;
const LONG_MS = 300_000;
const run = process.env.CHROMABENCH_PICTURES;

/** Where a test works says nothing to readers: texts of the page show where it would lie with them. */
function withoutPlaces(places: string[][]): void {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    for (const [place, shown] of places) text.nodeValue = (text.nodeValue ?? '').replaceAll(place, shown);
  }
}

if (run) {
  describe('taken anew', () => {
    let served: ServedWindow;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      served = await ServedWindow.start([PHOTOGRAPHS]);
      cpSync(run, join(served.place, 'runs/examples'), { recursive: true });
      browser = await launchBrowser();
      ({ page } = await openPage(browser, served.url, SIZE));
      page.setDefaultTimeout(LONG_MS);
      await page.emulateMedia({ colorScheme: 'dark' });
    });

    afterAll(async () => {
      await browser?.close();
      await served?.stop();
      served?.remove();
    });

    async function take(name: string): Promise<void> {
      await page.waitForLoadState('networkidle');
      const seen = () => Array.from(document.images).filter((image) => image.getBoundingClientRect().top < innerHeight).every((image) => image.complete);
      await expect.poll(() => page.evaluate(seen), { timeout: LONG_MS }).toBe(true);
      await page.mouse.move(0, 0);
      await page.evaluate(withoutPlaces, [[PHOTOGRAPHS, '/home/you/Pictures/training'], [served.place, '/home/you/Chromabench']]);
      const picture = await page.screenshot();
      await sharp(picture).png({ palette: true, colours: 192, effort: 10, compressionLevel: 9 }).toFile(join(folder, `window-${name}.png`));
    }

    async function show(screen: string): Promise<void> {
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen, exact: true }).click();
    }

    /** A picture a screen: its name, and the way to what it is to show. To add one: a line here, and its place in the README. */
    const PICTURES: Record<string, () => Promise<void>> = {
      photographs: async () => {
        await page.getByText('47 used').waitFor();
        await page.locator('.photo img').nth(20).waitFor();
      },
      colorize: async () => {
        await show('Colorize');
        await page.getByRole('button', { name: 'Photographs the Run Has Not Seen' }).click();
        await page.locator('.photo img').nth(1).waitFor();
        for (let k = 0; k < 3; k += 1) await page.keyboard.press('ArrowRight');
        await page.getByText('4 of 10').waitFor();
        const stage = await page.locator('.photo').first().boundingBox();
        if (stage) await page.mouse.click(stage.x + stage.width * 0.6, stage.y + stage.height * 0.4);
        await page.getByText(/most likely/i).first().waitFor();
      },
      evaluate: async () => {
        await show('Evaluate');
        await page.getByRole('combobox', { name: 'Photographs' }).click({ force: true });
        await page.getByRole('option', { name: /^Of the validation/ }).click();
        await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
        await page.getByRole('row', { name: /^This run/ }).first().waitFor();
      },
      train: async () => {
        await show('Runs');
        await page.getByRole('button', { name: 'Go On Training' }).click();
        await page.getByRole('button', { name: 'Pause' }).waitFor();
        await page.getByText(/\d+ (min|s).* left/).first().waitFor();
      },
      regularization: async () => {
        await show('L1 / L2');
        await page.getByRole('button', { name: /^Run \d/ }).first().click();
        await page.getByText('finished', { exact: true }).first().waitFor();
      },
      activations: async () => {
        await show('Activations');
        const settings = { runs: 2, rate: 1e-3, network: { hidden: [64] }, normalization: { kinds: ['without'] } };
        await page.locator('input[type=file]').setInputFiles({ name: 'settings.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(settings)) });
        await page.getByRole('button', { name: 'Compare', exact: true }).click();
        await page.getByRole('heading', { name: 'What came out' }).waitFor();
      },
      graphs: async () => {
        await show('Runs');
        await page.getByRole('button', { name: 'Run…', exact: true }).click();
        await page.getByRole('menuitem', { name: 'Look into its network' }).click();
        await page.getByRole('link', { name: 'Drawing', exact: true }).click();
        await page.getByText('No graph is open').waitFor({ state: 'detached' });
        await page.getByRole('treeitem').nth(5).waitFor();
      },
    };

    test.each(Object.keys(PICTURES))('%s', async (name) => {
      await PICTURES[name]();
      await take(name);
    }, LONG_MS);
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
