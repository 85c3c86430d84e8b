/** The regularization laboratory in the window: an experiment from a link to its film, with real trainings. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharp } from '../../../src/main/core/photos/codec.js';
import type { RegularizationResult } from '../../../src/shared/labs/regularization/results.js';
import { CHROMIUM, launchBrowser, openPage, type WatchedPage } from './browser-page.js';
import { choosePath, expectAccessible, savedBy } from './hands.js';
import { ServedWindow } from './served-window.js';

const SOON = 30_000;

let served: ServedWindow;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

/** Opens the laboratory as a link does. */
async function openLink(fragment: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/labs/regularization?${fragment}`);
  await expect.poll(() => new URL(page.url()).hash, { timeout: SOON }).toBe('#/labs/regularization');
}

/** Runs what is set, and waits for the end of it. @param name Of its folder. */
async function run(name: string): Promise<void> {
  await page.locator('main').getByRole('button', { name: /^Run \d+ × \d+$/ }).click();
  await page.locator('main .head').getByText(name).waitFor();
  await page.locator('main .head').getByText('finished', { exact: true }).waitFor();
}

function resultOf(name: string): RegularizationResult {
  return JSON.parse(readFileSync(join(served.place, 'labs', name, 'result.json'), 'utf8')) as RegularizationResult;
}

function card(name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

async function saved(button: Locator, form: string): Promise<string> {
  return (await savedBy(button, form)).toString();
}

describe.skipIf(!existsSync(CHROMIUM))('the regularization laboratory', () => {
  beforeAll(async () => {
    served = await ServedWindow.start();
    browser = await launchBrowser();
    watched = await openPage(browser, served.url);
    ({ page } = watched);
    page.setDefaultTimeout(SOON);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
  });

  test('a link that is followed while the first screen is still being fetched is not lost', async () => {
    const context = await browser.newContext();
    const early = await context.newPage();
    let fetched = () => {};
    const held = new Promise<void>((resolve) => (fetched = resolve));
    await early.route(/\/PhotographsView-.*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await Promise.all([early.waitForRequest(/\/PhotographsView-.*\.js$/), early.goto(served.url)]);
    await early.evaluate(() => (location.hash = '#/labs/regularization?preset=sparse&epochs=31'));
    fetched();
    await expect.poll(() => early.getByLabel('Epochs', { exact: true }).inputValue(), { timeout: SOON }).toBe('31');
    await context.close();
  });

  test('opens in the state of a link, and runs it', async () => {
    await openLink('preset=sparse&epochs=30&runs=2&seed=7');
    await expect.poll(() => page.getByLabel('Epochs', { exact: true }).inputValue()).toBe('30');
    await run('regularization sparse');
    const { penalties } = resultOf('regularization sparse');
    const rows = await page.getByRole('region', { name: 'Error at the test points' }).locator('tbody tr').allInnerTexts();
    expect(rows.map((row) => row.split('\t').slice(0, 3))).toEqual(
      penalties.map(({ runs }, k) => [['L1', 'L1, proximal'][k], ...runs.map(({ error }) => (error ?? NaN).toFixed(1))]),
    );
    await expectAccessible(page);
  });

  test('shows the weights of every epoch, and counts zeros anew where the threshold is moved', async () => {
    const last = resultOf('regularization sparse').penalties[1].runs[0].sparsity;
    const words = (zeros: number, dead: number) => `${Math.round((100 * zeros) / last.weights)} % zero · ${dead} of ${last.neurons} dead`;
    await card('L1, proximal').getByText(words(last.zeroWeights, last.deadNeurons)).waitFor();
    const slider = page.getByRole('slider', { name: 'Epoch of the weights' });
    await slider.focus();
    await page.keyboard.press('Home');
    await page.getByText('epoch 0', { exact: true }).waitFor();
    // Drawn weights are hardly ever that small.
    await card('L1, proximal').getByText(/^[0-4] % zero · 0 of 30 dead$/).waitFor();
    await page.keyboard.press('End');
    await page.getByLabel('Zero up to', { exact: true }).fill('10');
    await page.keyboard.press('Enter');
    await card('L1, proximal').getByText(words(last.weights, last.neurons)).waitFor();
  });

  test('saves the errors and the weights as tables', async () => {
    const errors = await saved(page.getByRole('button', { name: 'Export errors and zeros of every run' }), 'CSV');
    expect(errors.split('\r\n')[0]).toBe('penalty,run,error,training error,zero weights,weights exactly zero,dead neurons,diverged at step');
    expect(errors.trimEnd().split('\r\n')).toHaveLength(1 + 4);
    const weights = JSON.parse(await saved(page.getByRole('button', { name: 'Export the weights of all penalties shown' }), 'JSON')) as { rows: { network: string; input: number | 'bias'; weight: number }[] };
    const zeros = weights.rows.filter(({ network, input, weight }) => network === 'L1, proximal' && input !== 'bias' && weight === 0);
    expect(zeros).toHaveLength(resultOf('regularization sparse').penalties[1].runs[0].sparsity.exactZeros);
  });

  test('writes a film with a frame for every recorded epoch', async () => {
    mkdirSync(join(served.place, 'films'));
    await page.getByRole('button', { name: 'Experiment…' }).click();
    await page.getByRole('menuitem', { name: 'Export a film of the weights…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Film of the weights' });
    await dialog.getByRole('button', { name: 'Choose a Folder…' }).click();
    await choosePath(page, 'Where to write the film', join(served.place, 'films'));
    await dialog.getByRole('button', { name: 'Write the Film' }).click();
    // Frames are drawn one by one: of a busy machine a second each.
    await dialog.getByText('31 frames written').waitFor({ timeout: 4 * SOON });
    const [folder] = readdirSync(join(served.place, 'films'));
    expect((await sharp(join(served.place, 'films', folder, 'weights.gif'), { pages: -1 }).metadata()).pages).toBe(31);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('a training that diverges says where and why, and does not end the others', async () => {
    await openLink('preset=post&penalty.kinds=l2,l1-proximal&penalty.lambda=300&epochs=5&runs=1');
    await run('regularization post');
    const [{ diverged }, other] = resultOf('regularization post').penalties.map(({ runs: [first] }) => first);
    expect(diverged).toBeDefined();
    await page.getByRole('region', { name: 'Error at the test points' }).getByRole('cell', { name: other.error?.toFixed(1) }).first().waitFor();
    await card('L2').getByText(`diverged at step ${diverged?.step.toLocaleString('en')}`).waitFor();
    await page.getByText(diverged!.cause).first().waitFor();
  });

  test('an experiment that is cancelled says what is kept', async () => {
    await openLink('preset=calm&epochs=10000&runs=1');
    await page.locator('main').getByRole('button', { name: /^Run \d+ × \d+$/ }).click();
    await card('L2').waitFor();
    await page.locator('main').getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('What was recorded so far is in').waitFor();
    await page.locator('main .head').getByText('stopped', { exact: true }).waitFor();
  });

  test('a link that means nothing says so, and changes nothing', async () => {
    await openLink('preset=nope');
    await page.getByText('The link cannot be opened. There is no preset nope;').waitFor();
    expect(await page.getByLabel('Epochs', { exact: true }).inputValue()).toBe('10000');
  });

  test('points of a person’s own are chosen, and fitted', async () => {
    // As spreadsheets of many countries write them.
    const y = (k: number) => String(3 * k - 5 + (k % 4) / 2).replace('.', ',');
    writeFileSync(join(served.place, 'mine.csv'), `x;y\n${Array.from({ length: 30 }, (_, k) => `${k};${y(k)}`).join('\n')}\n`);
    await openLink('preset=post&penalty.kinds=l2&data.kind=csv&epochs=3&runs=1');
    await page.getByText('choose a CSV file of x,y (data.file).').waitFor();
    await page.getByRole('button', { name: /^Points/ }).click();
    await page.getByRole('button', { name: 'Choose…', exact: true }).click();
    await choosePath(page, 'Choose a CSV file of points', join(served.place, 'mine.csv'));
    await run('regularization post 2');
    const [{ x, y: read }] = JSON.parse(readFileSync(join(served.place, 'labs', 'regularization post 2', 'points.json'), 'utf8')) as { x: number[]; y: number[] }[];
    expect([x[5], read[5]]).toEqual([5, 10.5]);
  });

  test('a dropped file of settings is taken', async () => {
    const dropped = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([JSON.stringify({ epochs: 77, penalty: { lambda: 0.7 } })], 'mine.json', { type: 'application/json' }));
      return transfer;
    });
    await page.dispatchEvent('main', 'drop', { dataTransfer: dropped });
    await expect.poll(() => page.getByLabel('Epochs', { exact: true }).inputValue()).toBe('77');
    expect(await page.getByLabel('Lambda', { exact: true }).inputValue()).toBe('0.7');
  });

  test('earlier experiments are opened, renamed, and give their settings back', async () => {
    await page.getByText('Earlier ones').click();
    await page.getByRole('button', { name: /^regularization sparse/ }).click();
    await page.locator('main .head').getByText('regularization sparse').waitFor();
    await page.getByRole('button', { name: 'Experiment…' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('two ways to zero');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await page.locator('main .head').getByText('two ways to zero').waitFor();
    expect(existsSync(join(served.place, 'labs', 'two ways to zero', 'result.json'))).toBe(true);
    await page.getByRole('button', { name: 'Experiment…' }).click();
    await page.getByRole('menuitem', { name: 'Take its settings' }).click();
    await page.getByText('Next experiment').click();
    await expect.poll(() => page.getByLabel('Seed', { exact: true }).inputValue()).toBe('7');
  });

  test('changes that give way to a preset are laid aside, and come back', async () => {
    await page.getByLabel('Epochs', { exact: true }).fill('33');
    await page.getByRole('radio', { name: 'calm' }).click();
    await page.getByText(/Your changes to \w+ are laid aside: .*Epochs/).waitFor();
    expect(await page.getByLabel('Epochs', { exact: true }).inputValue()).toBe('400');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Bring them back' }).click();
    await expect.poll(() => page.getByLabel('Epochs', { exact: true }).inputValue()).toBe('33');
  });

  test('the guided page runs what tries a claim, and says what came out', async () => {
    await page.getByRole('navigation', { name: /^Pages of/ }).getByRole('link', { name: 'Guide' }).click();
    const claim = page.getByRole('listitem').filter({ hasText: 'L1 leaves zeros in the weights.' });
    await claim.getByText('Not tried here yet.').waitFor();
    await claim.getByRole('button', { name: 'Run the Preset “sparse”' }).click();
    await claim.getByText(/^Here L1 by its gradient left 0\.0 % of the weights exactly zero/).waitFor();
    await expectAccessible(page);
    await claim.getByRole('button', { name: 'Look at It' }).click();
    await card('L1, proximal').waitFor();
    // What was prepared stays.
    await expect.poll(() => page.getByLabel('Epochs', { exact: true }).inputValue()).toBe('33');
  });

  test('nothing complained on the way', () => {
    expect(watched.complaints).toEqual([]);
  });
});
