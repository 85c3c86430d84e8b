/** Graphs in the window, from a checkpoint to a picture: frozen with its proof, run with what comes out, a run's network exported. */
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharp } from '../../../src/main/core/photos/codec.js';
import { readNpy } from '../../../src/main/core/graph-running/npy.js';
import { violations } from './axe.js';
import { CHROMIUM, launchBrowser, openPage, type WatchedPage } from './browser-page.js';
import { ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');

let served: ServedWindow;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let work: string;

/** In the dialog of the page: the path is typed. */
async function choose(path: string, action: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  // What it begins with would replace what is typed before.
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('.el-dialog input[aria-label=Path]')?.value);
  await dialog.getByRole('textbox', { name: 'Path' }).fill(path);
  await dialog.getByRole('button', { name: 'Go' }).click();
  await dialog.locator('.summary', { hasText: path }).waitFor();
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

const tab = (name: string) => page.getByRole('navigation', { name: 'Pages of Graphs' }).getByRole('link', { name, exact: true }).click();
const button = (name: string) => page.getByRole('main').getByRole('button', { name, exact: true });

async function accessible(): Promise<void> {
  await page.mouse.move(0, 0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(colorScheme === 'dark');
    expect(await violations(page), colorScheme).toEqual([]);
  }
}

describe.skipIf(!existsSync(CHROMIUM))('graphs in the window', () => {
  beforeAll(async () => {
    served = await ServedWindow.start();
    work = join(served.place, 'work');
    mkdirSync(join(work, 'out'), { recursive: true });
    cpSync(join(root, 'test/fixtures/graphs/convolution-resources'), join(work, 'net'), { recursive: true });
    await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c08040' } }).png().toFile(join(work, 'eight.png'));
    cpSync(join(root, 'test/fixtures/runs/version-1'), join(served.place, 'runs/example'), { recursive: true });
    browser = await launchBrowser();
    watched = await openPage(browser, served.url);
    ({ page } = watched);
    page.setDefaultTimeout(30_000);
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Graphs', exact: true }).click();
    await button('Open a Graph…').click();
    await choose(join(work, 'net/graph.pb'), 'Open');
    await page.getByRole('region', { name: 'Summary of the graph' }).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
  });

  test('a graph and its checkpoint become one file, with the proof', async () => {
    await tab('Freeze');
    await page.getByText('Choose the checkpoint that holds the values of its variables.').waitFor();
    await button('Choose a Checkpoint…').click();
    await choose(join(work, 'net/model.ckpt.index'), 'Open');
    await page.getByText('Choose where to write the frozen graph.').waitFor();
    await button('Choose a Folder…').click();
    await choose(join(work, 'out'), 'Choose');
    await page.getByRole('textbox', { name: 'Name of the frozen graph' }).fill('frozen.pb');
    await accessible();
    await button('Freeze').click();
    await page.getByText(/Both graphs ran on the same 3 random inputs: .* values compared/).waitFor();
    expect(await page.getByRole('row', { name: /^distribution/ }).count()).toBe(1);
    expect(await page.getByLabel('Command of the converter').innerText()).toContain('--graph_def_file=frozen.pb');
    expect(existsSync(join(work, 'out/frozen.py')) && existsSync(join(work, 'out/frozen.ts'))).toBe(true);
    await accessible();
  });

  test('what is there is not written over', async () => {
    await button('Freeze').click();
    await page.getByText(/frozen\.pb is there already and is not overwritten/).waitFor();
  });

  test('a page that is loaded anew finds the graph, the checkpoint, the work and what came out of it', async () => {
    await page.getByText('Replace files of the same names').click();
    await button('Freeze').click();
    await page.getByText(/Both graphs ran on the same 3 random inputs/).waitFor();
    await page.reload();
    await page.getByText(/Both graphs ran on the same 3 random inputs/).waitFor();
    await page.getByText('model.ckpt', { exact: true }).waitFor();
    await page.locator('.el-tag', { hasText: 'distribution' }).waitFor();
  });

  test('an output is typed, the proof is fed and limited as on the command line', async () => {
    await page.getByRole('combobox', { name: 'Outputs' }).fill('distributon');
    await page.getByRole('option', { name: 'distributon', exact: true }).click();
    await page.keyboard.press('Escape');
    await button('Choose a Folder…').click();
    await choose(join(work, 'out'), 'Choose');
    await page.getByRole('textbox', { name: 'Name of the frozen graph' }).fill('other.pb');
    await button('Freeze').click();
    await page.getByText(/The graph has no node distributon\. Did you mean distribution/).waitFor();
    await page.locator('.el-tag', { hasText: /^distributon/ }).getByRole('button').click();
    await button('Settings of the proof…').click();
    await page.getByRole('combobox', { name: 'What goes into picture' }).click({ force: true });
    await page.getByRole('option', { name: 'Random numbers' }).click();
    await page.getByRole('textbox', { name: 'Sizes of picture' }).fill('2 × 8 × 8 × 1');
    await accessible();
    await page.getByRole('spinbutton', { name: 'Memory limit in MB' }).fill('256');
    await page.keyboard.press('Enter');
    await button('Freeze').click();
    await page.getByText(/The graph was ended: it took more than 256 MB of memory\. Allow more\.$/).waitFor();
  });

  test('the frozen graph is run, its result looked at and saved', async () => {
    await page.getByRole('spinbutton', { name: 'Memory limit in MB' }).fill('4096');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name of the frozen graph' }).fill('third.pb');
    await button('Freeze').click();
    await button('Open and Run It').click();
    await page.getByRole('region', { name: 'Running' }).waitFor();
    await button('Run').click();
    await page.getByText(/First run .* ms, median of 4 more .* ms/).waitFor();
    await page.getByRole('img', { name: /^Histogram/ }).waitFor();
    await button('Choose a Folder…').click();
    await choose(join(work, 'out'), 'Choose');
    await button('Save as .npy, .csv and Picture').click();
    await page.getByText(/files? written, of the same inputs once more/).waitFor();
    const { values } = readNpy(readFileSync(join(work, 'out/distribution.npy')), 'distribution.npy');
    const shown = await page.getByRole('region', { name: 'First values of distribution' }).getByRole('cell').first().innerText();
    expect(Math.abs(Number(shown.replace('\u2212', '-')) - Number(values[0]))).toBeLessThan(1e-3);
    await accessible();
  });

  test('an inner node is found by a part of its name, and a photograph is fed', async () => {
    await page.getByRole('combobox', { name: 'Nodes to fetch' }).fill('conv1/Conv2D');
    await page.getByRole('option', { name: /^conv1\/Conv2D ?\?/ }).click();
    await page.keyboard.press('Escape');
    await page.getByText('Random numbers').first().click();
    await page.getByRole('option', { name: 'A file' }).click();
    await button('Choose a File…').click();
    await choose(join(work, 'eight.png'), 'Choose');
    await button('Run').click();
    await page.getByRole('img', { name: 'conv1/Conv2D as a picture' }).waitFor();
    await accessible();
  });

  test('the network of a run is frozen with what is proposed', async () => {
    await button('Open…').click();
    await page.getByRole('menuitem', { name: 'Network of example' }).click();
    await page.getByText('network of example', { exact: true }).waitFor();
    await tab('Freeze');
    await page.getByText('model.ckpt', { exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Name of the frozen graph' }).fill('run.pb');
    if (await page.getByText('Choose where to write the frozen graph.').count()) {
      await button('Choose a Folder…').click();
      await choose(join(work, 'out'), 'Choose');
    }
    await button('Freeze').click();
    await page.getByText(/Both graphs ran on the same 3 random inputs/).waitFor();
    expect(await page.getByRole('row', { name: /^ab/ }).count()).toBe(1);
  });

  test('a run’s network is exported and checked', async () => {
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Runs', exact: true }).click();
    await button('Run…').click();
    await page.getByRole('menuitem', { name: 'Export the network…' }).click();
    await button('Choose a Folder…').click();
    await choose(join(work, 'out'), 'Choose');
    await button('Export').click();
    await page.getByText(/Loaded again and run by TensorFlow, it answers the same as the run/).waitFor();
    await accessible();
    await page.getByText('Frozen graph (.pb)').first().click();
    await page.getByRole('option', { name: 'ONNX (.onnx)' }).click();
    await button('Export').click();
    await page.getByText(/Loaded again and run by ONNX Runtime/).waitFor();
    expect(existsSync(join(work, 'out/example.pb')) && existsSync(join(work, 'out/example.onnx'))).toBe(true);
    expect(watched.complaints).toEqual([]);
  });
});
