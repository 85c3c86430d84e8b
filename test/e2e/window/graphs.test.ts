/** Graphs as they are opened, looked through, drawn and compared, in a real browser. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeMessage } from '../../../src/main/core/graph-files/message-file.js';
import { messageType, type NodeMessage } from '../../../src/main/core/graph/schema.js';
import { violations } from './axe.js';
import { CHROMIUM, launchBrowser, openPage, type WatchedPage } from './browser-page.js';
import { ServedWindow } from './served-window.js';

const root = join(import.meta.dirname, '../../..');
const graphs = join(root, 'test/fixtures/graphs');

let served: ServedWindow;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let folder: string;

const tab = (name: string) => page.getByRole('navigation', { name: 'Pages of Graphs' }).getByRole('link', { name, exact: true }).click();
const inspector = () => page.getByRole('complementary', { name: 'Inspector' });
const row = (list: string, name: string): Locator => page.getByRole('listbox', { name: list }).getByRole('option').filter({ has: page.getByText(name, { exact: true }) });

/** Answers the chooser with a path. */
async function choose(path: string, button = 'Open'): Promise<void> {
  const dialog = page.getByRole('dialog');
  const line = dialog.getByRole('textbox', { name: 'Path' });
  await expect.poll(() => line.inputValue()).not.toBe('');
  await line.fill(path);
  await dialog.getByRole('button', { name: 'Go', exact: true }).click();
  await dialog.getByRole('option', { selected: true }).waitFor();
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function open(path: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Shift+o');
  await choose(path);
}

async function saved(button: string, item: string): Promise<Buffer> {
  await page.getByRole('button', { name: button, exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item, exact: true }).click()]);
  return readFileSync(await download.path());
}

async function drop(files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data: { items: [], files: [...files], dragOperationsMask: 1 } });
  await session.detach();
}

/** A graph of 20,000 nodes in 200 scopes, one after the other. */
function largeGraph(): Buffer {
  const name = (k: number) => `block${Math.floor(k / 100)}/step${k}`;
  const node = Array.from({ length: 20_000 }, (_, k): NodeMessage => ({ name: name(k), op: k === 0 ? 'Placeholder' : 'Relu', input: k === 0 ? [] : [name(k - 1)], attr: k === 0 ? { dtype: { type: 1 } } : { T: { type: 1 } } }));
  return encodeMessage(messageType('GraphDef'), { node });
}

describe.skipIf(!existsSync(CHROMIUM))('in a browser', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chromabench-graphs-'));
    writeFileSync(join(folder, 'large.pb'), largeGraph());
    writeFileSync(join(folder, 'torn.pb'), readFileSync(join(graphs, 'convolution-resources/graph.pb')).subarray(0, 700));
    served = await ServedWindow.start();
    cpSync(join(root, 'test/fixtures/runs/version-1'), join(served.place, 'runs/example'), { recursive: true });
    browser = await launchBrowser();
    watched = await openPage(browser, served.url, { width: 1440, height: 900 });
    ({ page } = watched);
    page.setDefaultTimeout(30_000);
    await page.getByRole('link', { name: 'Graphs' }).click();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    served?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a file that is no whole graph gives a sentence, and the next one is opened all the same', async () => {
    await open(join(folder, 'torn.pb'));
    await page.getByRole('alert').getByText(/torn\.pb is not a whole TensorFlow graph: .*Copy or export it again\./).waitFor();
    expect(await violations(page)).toEqual([]);
    await open(join(graphs, 'gather-references/python-frozen.pb'));
    await page.getByRole('heading', { name: 'Outputs' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('the summary says what goes in and comes out; a node leads to its place in the list, with its values', async () => {
    const summary = page.getByRole('region', { name: 'Summary of the graph' });
    await summary.getByRole('row', { name: /^rows/ }).getByText('float32').waitFor();
    expect(await violations(page)).toEqual([]);
    await summary.getByRole('button', { name: 'Const', exact: true }).click();
    await row('Nodes', 'table').click();
    const fact = async (name: string) => Number((await inspector().locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]').innerText()).replace('−', '-'));
    await inspector().getByRole('img', { name: /^Histogram/ }).waitFor();
    // The table was filled with these sines by the program that made the fixture.
    const sines = Array.from({ length: 21 }, (_, k) => Math.sin(k * 1.7 + 1));
    expect(await fact('Mean')).toBeCloseTo(sines.reduce((a, b) => a + b) / 21, 4);
    expect(await fact('Largest')).toBeCloseTo(Math.max(...sines), 3);
    expect(await violations(page)).toEqual([]);
    const [, ...weights] = (await saved('Export Weights', 'CSV')).toString().trim().split('\r\n');
    weights.forEach((line, k) => expect(Number(line.split(',')[4])).toBeCloseTo(sines[k], 6));
    expect(weights.length).toBe(21);
  });

  test('nodes are walked by keys and saved as a table', async () => {
    await page.getByRole('searchbox', { name: 'Find nodes' }).fill('');
    await page.getByRole('status').getByText(/^\d+ nodes$/).waitFor();
    await page.getByRole('listbox', { name: 'Nodes' }).focus();
    await page.keyboard.press('End');
    const last = await page.getByRole('option', { selected: true }).locator('.list-cell').first().innerText();
    await inspector().getByRole('heading', { name: last, exact: true }).waitFor();
    const lines = (await saved('Export the nodes', 'CSV')).toString().trim().split('\r\n');
    expect(lines.at(-1)?.startsWith(`${last},`)).toBe(true);
  });

  test('a run’s network opens with its newest checkpoint: a variable leads to its values', async () => {
    await page.getByRole('button', { name: 'Open…', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Network of example' }).click();
    await page.getByText('network of example', { exact: true }).waitFor();
    await tab('Nodes');
    await page.getByRole('searchbox', { name: 'Find nodes' }).fill('conv4/weights');
    await row('Nodes', 'conv4/weights').click();
    await inspector().getByRole('button', { name: 'Its values in the checkpoint' }).click();
    await inspector().getByRole('img', { name: /^Filters\. 3 × 3, 3 → 3/ }).waitFor();
    expect(await page.getByRole('option', { selected: true }).locator('.list-cell').first().innerText()).toBe('conv4/weights');
    expect(await violations(page)).toEqual([]);
  });

  test('the drawing opens scopes with the mouse and with keys, shows a node that is looked for, and is saved', async () => {
    await tab('Drawing');
    const tree = page.getByRole('tree', { name: /^Drawing of/ });
    const scope = tree.getByRole('treeitem', { name: /^conv3, scope of 13 nodes/ });
    await scope.dblclick();
    await expect.poll(() => scope.getAttribute('aria-expanded')).toBe('true');
    await tree.getByRole('treeitem', { name: /^conv3\/convolution, Conv2D/ }).click();
    await inspector().getByRole('heading', { name: 'conv3/convolution' }).waitFor();
    await tree.focus();
    await page.keyboard.press('ArrowDown');
    await inspector().getByRole('heading', { name: 'conv3/normalization' }).waitFor();
    expect(await violations(page)).toEqual([]);
    const picture = (await saved('Export the drawing', 'SVG')).toString();
    expect(picture).toContain('>normalization</text>');
    const { width, height } = await sharp(await saved('Export the drawing', 'PNG')).metadata();
    expect([width, height].map(String)).toEqual(/width="(\d+)" height="(\d+)"/.exec(picture)?.slice(1));
    await page.getByRole('combobox', { name: 'Show a node' }).fill('up2/relu');
    await page.getByRole('option', { name: /^up2\/relu/ }).first().click();
    await expect.poll(() => tree.getByRole('treeitem', { selected: true }).getAttribute('aria-selected')).toBe('true');
    await inspector().getByRole('heading', { name: 'up2/relu', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Close All' }).click();
    await tree.getByRole('treeitem', { name: /^conv3, scope/, expanded: false }).waitFor();
  });

  test('two graphs are told apart in a list and in the drawing', async () => {
    await open(join(graphs, 'convolution-resources/python-frozen.pb'));
    await tab('Difference');
    await page.getByRole('button', { name: 'Choose a Second Graph…' }).click();
    await choose(join(graphs, 'convolution-references/python-frozen.pb'), 'Compare');
    await row('Differences', 'conv1/Conv2D').getByText('takes picture, conv1/weights/read instead of picture, conv1/Conv2D/ReadVariableOp').waitFor();
    await page.getByRole('button', { name: /^Only in convolution-references\/python-frozen\.pb \d/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await tab('Drawing');
    await page.getByRole('treeitem', { name: /^conv1\/Conv2D, Conv2D, differs: ≠/ }).waitFor();
    await page.getByRole('treeitem', { name: /^conv1\/weights\/read, Identity, differs: \+/ }).waitFor();
  });

  test('a model’s functions can be looked into, in the list and in the drawing', async () => {
    await open(join(graphs, 'saved-keras/saved_model.pb'));
    await tab('Summary');
    await page.getByRole('button', { name: /wrapped_model/ }).click();
    await page.getByRole('status').getByText(/^\d+ nodes$/).waitFor();
    await row('Nodes', '_Retval').waitFor();
    await tab('Drawing');
    await page.getByRole('treeitem', { name: /, _Retval/ }).waitFor();
  });

  test('20,000 nodes: a list of few rows, found at once, drawn in groups', async () => {
    await open(join(folder, 'large.pb'));
    await tab('Nodes');
    await page.getByRole('status').getByText('20,000 nodes', { exact: true }).waitFor();
    await page.getByRole('listbox', { name: 'Nodes' }).focus();
    await page.keyboard.press('End');
    await page.getByRole('option', { selected: true }).getByText('block199/step19999').waitFor();
    await inspector().getByRole('heading', { name: 'block199/step19999', exact: true }).waitFor();
    expect(await page.getByRole('option').count()).toBeLessThan(80);
    await page.getByRole('searchbox', { name: 'Find nodes' }).fill('step12345');
    await page.getByRole('status').getByText('1 node found', { exact: true }).waitFor();
    await row('Nodes', 'block123/step12345').click();
    await inspector().getByRole('button', { name: 'Show it in the drawing' }).click();
    await page.getByRole('treeitem', { name: /^block123\/step12345, Relu/, selected: true }).waitFor();
    expect(await page.getByRole('treeitem').count()).toBeLessThan(400);
  });

  test('what is dropped is opened: a checkpoint in two files', async () => {
    await drop(['index', 'data-00000-of-00001'].map((ending) => join(graphs, `partitioned-references/model.ckpt.${ending}`)));
    await row('Tensors', 'part/w').getByText('6 × 4 in 3 parts').waitFor();
    await row('Tensors', 'part/w').click();
    await inspector().locator('dt', { hasText: 'Values' }).locator('xpath=following-sibling::dd[1]').getByText('24', { exact: true }).waitFor();
  });

  test('graphs opened lately are offered, and what is open stays over a reload', async () => {
    await page.reload();
    await tab('Summary');
    await page.getByText('large.pb', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Open…', exact: true }).click();
    await page.getByRole('menuitem', { name: 'saved-keras/saved_model.pb' }).click();
    await page.getByText('saved-keras/saved_model.pb', { exact: true }).waitFor();
  });

  test('nothing complained on the way', () => {
    expect(watched.complaints).toEqual([]);
  });
});
