/** The activation laboratory with a mouse: functions, a comparison on the built-in digits followed to its end, given up and taken up again. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { releaseLock, writeLock } from '../../../src/main/core/runs/lock.js';
import { CHROMIUM, launchBrowser, openPage, type WatchedPage } from './browser-page.js';
import { choosePath, expectAccessible, savedBy } from './hands.js';
import { ServedWindow } from './served-window.js';

let served: ServedWindow;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

/** Small enough for seconds. */
const SMALL = { activations: ['relu', 'elu'], runs: 2, epochs: 3, rate: 1e-3, network: { hidden: [32] }, data: { training: 900, test: 200 }, normalization: { kinds: ['without'] } };

interface Result {
  rows: { activation: string; accuracy: { mean: number; deviation: number } }[];
  variants: { steps: number; diverged?: { step: number } }[];
  hardest: { index: number }[];
}

const resultOf = (name: string) => JSON.parse(readFileSync(join(served.place, 'labs', name, 'result.json'), 'utf8')) as Result;

async function openTab(name: string): Promise<void> {
  await page.getByRole('navigation', { name: /^Pages of/ }).getByRole('link', { name }).click();
}

/** Starts a comparison from settings as a file holds them. */
async function compare(name: string, settings: object): Promise<void> {
  const anew = page.getByRole('button', { name: 'New Comparison…' });
  if (await anew.isVisible()) await anew.click();
  await page.locator('input[type=file]').setInputFiles({ name: 'settings.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(settings)) });
  await page.getByLabel('Name of the comparison').fill(name);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
}

async function finished(): Promise<void> {
  await page.getByRole('heading', { name: 'What came out' }).waitFor();
}

async function savedText(chart: string, form: string): Promise<string> {
  return (await savedBy(page.getByRole('button', { name: `Export ${chart}`, exact: true }), form)).toString();
}

describe.skipIf(!existsSync(CHROMIUM))('the activation laboratory', () => {
  beforeAll(async () => {
    served = await ServedWindow.start();
    browser = await launchBrowser();
    watched = await openPage(browser, served.url, { width: 1440, height: 900 });
    ({ page } = watched);
    await page.getByRole('menuitem', { name: 'Laboratories', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Activations/ }).click();
    await page.getByRole('heading', { name: 'Activations', level: 1 }).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
  });

  test('draws the functions that are chosen, and tells both slopes of RReLU', async () => {
    await openTab('Functions');
    const fact = page.getByRole('region', { name: 'RReLU is steeper in training than in test' });
    // ln(8/3) / 5 and 1 / 5.5.
    await fact.getByRole('row', { name: /U\(3, 8\).*0\.196.*0\.182/ }).waitFor();
    await page.getByRole('button', { name: 'GELU' }).click();
    await page.getByRole('slider', { name: 'Input' }).press('Home');
    // GELU at -3: -3 times the share of the normal distribution below -3, 0.00135.
    await page.getByText('f(−3.00) = −0.004, slope −0.012').waitFor();
    const rows = (await savedText('Derivatives', 'CSV')).split('\r\n');
    expect(rows[0]).toBe('activation,x,value,slope');
    expect(rows.filter((row) => row.startsWith('gelu,'))).toHaveLength(241);
    expect(await savedText('Functions', 'SVG')).toMatch(/^<svg[\s\S]*GELU/);
    await expectAccessible(page);
  });

  test('follows a comparison to its end, with figures as its folder keeps them', async () => {
    await openTab('Comparison');
    await expectAccessible(page);
    await compare('small', SMALL);
    await page.getByRole('status').or(page.getByText(/of 12 epochs/)).first().waitFor();
    await finished();
    const { rows, hardest } = resultOf('small');
    const table = page.getByRole('region', { name: 'Right answers on the test pictures' });
    for (const { activation, accuracy } of rows) {
      const name = activation === 'relu' ? /^ReLU/ : /^ELU/;
      await table.getByRole('row', { name }).getByText(accuracy.mean.toFixed(2), { exact: true }).waitFor();
      await table.getByRole('row', { name }).getByText(accuracy.deviation.toFixed(2), { exact: true }).first().waitFor();
    }
    // Every test picture of both runs is counted once.
    const counts = (await savedText('Taken for what', 'CSV')).trim().split('\r\n').slice(1).map((row) => Number(row.split(',')[2]));
    expect(counts.reduce((a, b) => a + b)).toBe(400);
    expect(await page.getByRole('region', { name: 'Hardest test pictures' }).getByRole('img').count()).toBe(hardest.length);
    const sheet = await page.getByRole('region', { name: 'Hardest test pictures' }).getByRole('img').first().evaluate(async (element) => {
      const image = new Image();
      image.src = /url\("(.+)"\)/.exec(getComputedStyle(element).backgroundImage)?.[1] ?? '';
      await image.decode();
      return image.naturalWidth;
    });
    expect(sheet).toBeGreaterThan(100);
    await expectAccessible(page);
  });

  test('shows the outputs of the layers before the training under the slider', async () => {
    await page.getByRole('slider', { name: 'Epoch of the outputs' }).press('Home');
    await page.getByText('Outputs before the training', { exact: true }).waitFor();
    const before = await savedText('Outputs of the layers', 'CSV');
    await page.getByRole('slider', { name: 'Epoch of the outputs' }).press('End');
    await page.getByText('Outputs after epoch 3', { exact: true }).waitFor();
    expect(await savedText('Outputs of the layers', 'CSV')).not.toBe(before);
  });

  test('stands in the guide beside what the post claims', async () => {
    await openTab('Guide');
    await page.getByText(/^Here the mean output of the hidden layers, without normalization, is/).waitFor();
    // RReLU was not trained: nothing is made up.
    await page.getByText('Not tried here yet.').first().waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Look at It' }).first().click();
    await page.getByRole('heading', { name: 'small', level: 1 }).waitFor();
  });

  test('opens as a link says, and tells what is wrong with one', async () => {
    await page.evaluate(() => (location.hash = '#/labs/activations?preset=paper&seed=7&activations=selu,tanh&epochs=2'));
    await page.getByRole('radio', { name: /^paper/, checked: true }).waitFor();
    expect(await page.getByLabel('Seed', { exact: true }).inputValue()).toBe('7');
    expect(await page.getByRole('group', { name: 'Activations' }).getByRole('checkbox', { checked: true }).count()).toBe(2);
    await page.getByText('2 trainings of 2 epochs').waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy Link' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('#/labs/activations?preset=paper&seed=7&activations=selu%2Ctanh&epochs=2');
    await page.evaluate(() => (location.hash = '#/labs/activations?preset=post&epochs=many'));
    await page.getByText('The link cannot be opened. epochs must be a whole number').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
  });

  test('tells the step at which a training diverged, and trains the others', async () => {
    await compare('too fast', { ...SMALL, activations: ['tanh', 'none'], runs: 1, epochs: 1, rate: 10, optimizer: { kind: 'sgd' }, network: { hidden: [64, 64, 64, 64] } });
    await finished();
    const [tanh, none] = resultOf('too fast').variants;
    expect(tanh.diverged).toBeUndefined();
    await page.getByText(`None without normalization, run 1: diverged at step ${none.diverged?.step}. The learning rate is most likely too high`).waitFor();
    await page.getByRole('row', { name: /^tanh/ }).getByText('done').waitFor();
  });

  test('wants the folder of other pictures, and says what is wrong with their files', async () => {
    const folder = join(served.place, 'digits');
    mkdirSync(folder);
    writeFileSync(join(folder, 'train-images-idx3-ubyte'), 'no pictures at all');
    await page.getByRole('button', { name: 'New Comparison…' }).click();
    await page.getByRole('combobox', { name: 'Pictures', exact: true }).click({ force: true });
    await page.getByRole('option', { name: 'MNIST files' }).click();
    await page.getByText('Choose the folder of the pictures.').waitFor();
    expect(await page.getByRole('button', { name: 'Compare', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Choose…' }).click();
    await choosePath(page, 'Choose the folder of the pictures', folder);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText(/train-images-idx3-ubyte is not what its name says: pictures of MNIST begin with the bytes 00 00 08 03/).waitFor();
  });

  test('goes on where a comparison was given up, and where the program was killed', async () => {
    await compare('long', { ...SMALL, epochs: 40, network: { hidden: [256] } });
    await page.getByText('1 of 2 runs').first().waitFor();
    await page.getByRole('button', { name: 'Cancel' }).first().click();
    await page.getByText(/^What is trained so far is kept in .*long/).waitFor();
    await page.getByRole('button', { name: 'Go On' }).click();
    await page.getByText('training', { exact: true }).first().waitFor();

    await served.stop('SIGKILL');
    served = await ServedWindow.start([], served.place);
    ({ page } = watched = await openPage(browser, served.url, { width: 1440, height: 900 }));
    await page.getByRole('link', { name: 'Activations' }).click();
    await page.getByRole('button', { name: /^long (interrupted|stopped)/ }).click();
    await page.getByRole('button', { name: 'Go On' }).click();
    await finished();
    expect(resultOf('long').variants.map(({ steps }) => steps)).toEqual([600, 600, 600, 600]);
  });

  test('follows what another program goes on with until it rests', async () => {
    const folder = join(served.place, 'labs', 'left');
    cpSync(join(served.place, 'labs', 'long'), folder, { recursive: true });
    writeFileSync(join(folder, 'lab.json'), readFileSync(join(folder, 'lab.json'), 'utf8').replace('"finished"', '"training"'));
    await writeLock(folder);
    await page.getByRole('link', { name: 'Photos' }).click();
    await page.reload();
    await page.getByText('ready', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Activations' }).click();
    await page.getByRole('button', { name: /^left training/ }).waitFor();
    await releaseLock(folder);
    await page.getByRole('button', { name: /^left interrupted/ }).waitFor();
  });

  test('nothing complained on the way', () => expect(watched.complaints).toEqual([]));
});
