/** Penalty shapes, outliers, the sweep of lambda and the shrinking of a network, in a real browser on the native engine. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import type { Browser, Locator, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharp } from '../../../src/main/core/photos/codec.js';
import { bowlValue, DRAWN_BOWL, meetingPoint } from '../../../src/shared/labs/regularization/penalty-shapes.js';
import type { OutliersResult, ShrinkResult, SweepResult } from '../../../src/shared/labs/regularization/results.js';
import { CHROMIUM, launchBrowser, openPage, type WatchedPage } from './browser-page.js';
import { expectAccessible, savedBy } from './hands.js';
import { ServedWindow } from './served-window.js';

/** Milliseconds for what follows a click, also on a busy machine. */
const SOON = 30_000;

let served: ServedWindow;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

async function show(tab: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'L1 / L2' }).click();
  await page.getByRole('navigation', { name: 'Pages of L1 and L2 regularization' }).getByRole('link', { name: tab, exact: true }).click();
  await page.locator('.tab.router-link-exact-active', { hasText: tab }).waitFor();
}

async function fill(label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true }).locator('visible=true').last();
  const input = (await field.evaluate((element) => element.tagName)) === 'INPUT' ? field : field.locator('input');
  await input.fill(value);
  await input.press('Tab');
}

/** A file of a run in the folder of the laboratories. */
function fileOf<T>(run: string, name: string): T {
  return JSON.parse(readFileSync(join(served.place, 'labs', run, name), 'utf8')) as T;
}

function row(table: string, name: string): Locator {
  return page.getByRole('region', { name: table }).getByRole('row', { name: new RegExp(`^${name}`) });
}

/** What a download holds. */
function saved(menu: string, form: string): Promise<Buffer> {
  return savedBy(page.getByRole('button', { name: `Export ${menu}` }), form);
}

describe.skipIf(!existsSync(CHROMIUM))('the regularization laboratory', () => {
  beforeAll(async () => {
    served = await ServedWindow.start();
    browser = await launchBrowser();
    watched = await openPage(browser, served.url, { width: 1440, height: 900 });
    ({ page } = watched);
    page.setDefaultTimeout(SOON);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
  });

  test('shows where penalty and loss meet as lambda is moved by keys, and gives the picture as SVG', async () => {
    await show('Penalty shapes');
    await page.getByRole('slider', { name: 'Lambda' }).press('End');
    await expect.poll(() => row('Where they meet, in numbers', 'L1').innerText()).toMatch(/0\s+0\s+[\d.]+\s+2 of 2$/);
    const [w1, w2] = meetingPoint(DRAWN_BOWL, 3, 0);
    const ridge = [w1, w2, bowlValue(DRAWN_BOWL, w1, w2)].map((value) => value.toFixed(3));
    expect((await row('Where they meet, in numbers', 'L2').innerText()).split(/\s+/).slice(-6, -3)).toEqual(ridge);
    const svg = (await saved('Where penalty and loss meet', 'SVG')).toString();
    // The page of the picture, drawn by another program: at this lambda L1 holds the point in the middle of its panel.
    const { data, info } = await sharp(new Resvg(svg).render().asPng()).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const middle = info.width * 266 + 226;
    expect([...data.subarray(3 * middle, 3 * middle + 3)].map((v) => v.toString(16).padStart(2, '0')).join('')).toBe('c26a00');
    await expectAccessible(page);
  });

  test('draws the penalties as surfaces under the policy of the page, turned by keys, and saves what is seen', async () => {
    const room = page.getByRole('img', { name: /^Surfaces of L1/ });
    await room.locator('canvas').first().waitFor();
    const before = await saved('the surfaces', 'PNG');
    await room.press('ArrowLeft');
    await room.press('ArrowUp');
    const after = await saved('the surfaces', 'PNG');
    const [first, second] = await Promise.all([before, after].map((png) => sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })));
    expect(first.info).toMatchObject({ width: 1120, height: 446 });
    expect(second.data.equals(first.data)).toBe(false);
    // The surfaces and their colours are there: a white page with text alone has far fewer.
    const colours = new Set(Array.from({ length: first.data.length / 3 }, (_, k) => first.data.readUIntBE(3 * k, 3)));
    expect(colours.size).toBeGreaterThan(1000);
    expect(watched.complaints.filter((text) => /Content Security|EvalError|expression/i.test(text))).toEqual([]);
  });

  test('compares losses and penalties under outliers, live, and says what the figures say', async () => {
    await show('Outliers');
    await fill('Runs', '3');
    await fill('Epochs', '60');
    await page.getByRole('button', { name: 'Run 8 × 3' }).click();
    await page.getByText(/^Outliers move the fitted line by/).waitFor();
    const result = fileOf<OutliersResult>('outliers far', 'result.json');
    for (const statement of result.statements) await page.getByText(statement, { exact: true }).waitFor();
    const [absolute] = result.cells;
    expect(await row('Loss by penalty', 'Absolute loss').innerText()).toContain(`${absolute.pull.mean?.toFixed(2)} ± ${absolute.pull.deviation?.toFixed(2)}`);
    const csv = (await saved('Fitted lines', 'CSV')).toString().trim().split('\r\n');
    expect(csv).toHaveLength(1 + 4 * 24);
    await expectAccessible(page);
  });

  test('sweeps lambda, marks the best, and opens the experiment with it', async () => {
    await show('Sweep');
    await fill('Lambdas', '0.01, 0.3');
    await fill('Folds', '3');
    await fill('Epochs', '20');
    await page.getByRole('button', { name: 'Sweep 9 × 3' }).click();
    await page.getByText(/^The lowest error over 3 folds is/).waitFor();
    const { best, points } = fileOf<SweepResult>('lambda sweep grid', 'result.json');
    expect(points).toHaveLength(9);
    expect(await page.getByRole('row').filter({ has: page.getByText('best', { exact: true }) }).innerText()).toContain(best!.error.toFixed(3));
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Use lambda/ }).first().click();
    await page.getByRole('button', { name: /^Run 5 × 5/ }).first().waitFor();
    expect(await page.getByLabel('Lambda', { exact: true }).locator('visible=true').last().inputValue()).toMatch(/^0\.(01|3)$/);
  });

  test('shrinks a trained network: proposes it, trains it, sets it beside the full one', async () => {
    await page.getByRole('radio', { name: /^sparse/ }).click();
    await page.getByRole('button', { name: 'Run 5 × 2', exact: true }).click();
    await page.getByText(/^Exact zeros: L1 by its gradient/).waitFor();
    await show('Shrink');
    await page.getByText(/neurons of 30 can go, where a weight of exactly zero counts as zero/).waitFor();
    await page.getByText(/differ from the full one's by at most .* at the points, which is rounding/).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Train the Smaller Network' }).click();
    await page.getByRole('region', { name: 'Side by side' }).waitFor();
    const { small, statements } = fileOf<ShrinkResult>('regularization sparse smaller', 'shrink.json');
    for (const statement of statements) await page.getByText(statement, { exact: true }).waitFor();
    const cells = (await row('Side by side', 'Smaller network').innerText()).split('\t');
    expect(cells.slice(1, 3)).toEqual([small.sizes.join('-'), String(small.parameters)]);
    expect(small.parameters).toBeLessThan(251);
    await expectAccessible(page);
  });

  test('knows of a smaller network what it was made of and how, also under another name', async () => {
    const [experiment, smaller] = ['regularization sparse', 'regularization sparse smaller'];
    const sideBySide = page.getByRole('region', { name: 'Side by side' });
    await fill('Zero up to', '0.02');
    await sideBySide.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: new RegExp(`^${smaller}`) }).click();
    await sideBySide.waitFor();
    await page.getByText('exact zeros only').waitFor();
    await show('Experiment');
    await page.getByText('Earlier ones').click();
    await page.getByRole('button', { name: new RegExp(`^${experiment}(?! smaller)`) }).click();
    await page.locator('main .head').getByText(experiment, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Experiment…' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('called otherwise');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await page.locator('main .head').getByText('called otherwise').waitFor();
    await show('Shrink');
    await page.getByRole('button', { name: new RegExp(`^${smaller}`) }).click();
    await sideBySide.waitFor();
    await page.getByRole('region', { name: 'Smaller network, trained' }).waitFor();
    expect(watched.complaints.filter((text) => !/GPU stall|WebGL/.test(text))).toEqual([]);
  });

  test('says so where the browser draws nothing in three dimensions; contours and heights stay', async () => {
    const flat = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-3d-apis'] });
    try {
      const { page: other } = await openPage(flat, served.url);
      await other.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'L1 / L2' }).click();
      await other.getByRole('link', { name: 'Penalty shapes' }).click();
      await other.getByText(/^This browser draws nothing in three dimensions/).waitFor();
      await other.getByRole('img', { name: /^Where penalty and loss meet/ }).locator('canvas').waitFor();
      await other.getByRole('button', { name: 'Export the surfaces' }).click();
      await other.getByRole('menuitem', { name: 'JSON' }).waitFor();
      expect(await other.getByRole('menuitem', { name: 'PNG' }).count()).toBe(0);
    } finally {
      await flat.close();
    }
  });
});
