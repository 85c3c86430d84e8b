/**
 * The window in a real browser with the native engine: scrolling many photographs, moving lambda and window, opening a run of a day, a
 * training that reports 20 times a second. A page that does nothing is scrolled in turns with the grid: on a busy machine their ratio counts.
 * `node scripts/bench/window.mjs [--count 50000] [--rounds 3] [--only grid,settings,run,reports]`. The photographs are kept in the cache.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBrowser } from '../setup/browser.mjs';
import { cacheFolder } from '../setup/cache.mjs';
import { megabytes } from './program.mjs';
import { longRun, manyPhotographs, report } from './window/place.mjs';
import { launched, longTasks, rendererMemory, scrolled, servedWindow, watchedPage } from './window/stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** What is wanted: milliseconds of a frame and of a task, bytes of the renderer. */
const wanted = { frame: 50, task: 100, memory: 500e6 };
const reports = 86_400;
const job = 'train-bench-1';
/** CSS pixels a second: reading, leafing, rushing through; from where, as a share of the whole. */
const ways = [{ speed: 600, from: 0.1 }, { speed: 2500, from: 0.3 }, { speed: 60_000, from: 0.5 }];
const secondsAWay = 3;

async function main() {
  const { values } = parseArgs({ options: { count: { type: 'string', default: '50000' }, rounds: { type: 'string', default: '3' }, only: { type: 'string' } } });
  const isWanted = (/** @type {string} */ part) => values.only === undefined || values.only.split(',').includes(part);
  const cache = cacheFolder();
  const folder = await manyPhotographs(cache, Number(values.count));
  const place = await mkdtemp(join(tmpdir(), 'window-bench-'));
  await longRun(join(place, 'runs', 'day'), reports);
  const served = await servedWindow(place, join(cache, 'bench', 'cache'), [folder]);
  const browser = await launched(await ensureBrowser());
  const figures = /** @type {Record<string, unknown>} */ ({});
  try {
    const page = await watchedPage(browser);
    const tell = await ownTraining(page);
    await page.goto(served.url);
    await page.getByText(/\d used/).first().waitFor();
    await page.getByText('No work').waitFor();
    if (isWanted('grid')) figures.grid = await grid(browser, page, Number(values.rounds));
    if (isWanted('settings')) figures.settings = await settings(page);
    if (isWanted('run')) figures.run = await openedRun(page);
    if (isWanted('reports')) figures.reports = await reported(page, tell);
    console.log(JSON.stringify({ benchmark: 'window', wanted, ...figures }));
  } finally {
    await browser.close();
    await served.end();
    await rm(place, { recursive: true, force: true });
  }
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {Page} page
 * @param {number} rounds
 */
async function grid(browser, page, rounds) {
  const still = await watchedPage(browser);
  await still.setContent(`<div id="s" style="height: 95vh; overflow-y: scroll; background: #ddd"><div style="height: 2000000px"></div></div>`);
  const [ours, nothing, tasks] = /** @type {[number[], number[], number[]]} */ ([[], [], []]);
  for (let round = 0; round < rounds; round++) {
    for (const way of ways) {
      await still.bringToFront();
      nothing.push(...await scrolled(still, '#s', { ...way, seconds: secondsAWay }));
      await page.bringToFront();
      tasks.push(...await longTasks(page, async () => ours.push(...await scrolled(page, '[role=listbox]', { ...way, seconds: secondsAWay }))));
    }
  }
  const memory = await rendererMemory(browser, page);
  await still.context().close();
  const figures = { frames: spread(ours), nothing: spread(nothing), longestTask: longest(tasks), ...memory };
  console.log(`scrolling the grid: a frame ${words(figures.frames)}; a page that does nothing ${words(figures.nothing)}; longest task ${taskWords(tasks)} (wanted: no frame above ${wanted.frame} ms)`);
  console.log(`renderer after it: ${megabytes(memory.own)} its own, ${megabytes(memory.resident)} with what processes share (wanted: below ${megabytes(wanted.memory)})`);
  return figures;
}

/** @param {Page} page */
async function settings(page) {
  const lambda = await longTasks(page, () => pressed(page, 'Lambda', 40));
  const smoothing = await longTasks(page, () => pressed(page, 'Smoothing', 20));
  const window = await longTasks(page, async () => {
    for (const side of ['5', '4', '22', '10']) {
      await page.getByRole('combobox', { name: 'Window' }).click({ force: true });
      await page.getByRole('option', { name: side, exact: true }).click();
      await page.waitForTimeout(400);
    }
  });
  console.log(`longest task while lambda is moved ${taskWords(lambda)}, smoothing ${taskWords(smoothing)}, the window ${taskWords(window)} (wanted: none above ${wanted.task} ms)`);
  return { lambda: longest(lambda), smoothing: longest(smoothing), window: longest(window) };
}

/**
 * @param {Page} page
 * @param {string} slider
 * @param {number} times
 */
async function pressed(page, slider, times) {
  const knob = page.getByRole('slider', { name: slider });
  await knob.focus();
  const before = await knob.getAttribute('aria-valuenow');
  for (let k = 0; k < times; k++) {
    await page.keyboard.press(k < times / 2 ? 'ArrowRight' : 'ArrowLeft');
    if (k === times / 2 - 1 && (await knob.getAttribute('aria-valuenow')) === before) throw new Error(`${slider} did not move.`);
    await page.waitForTimeout(33);
  }
}

/** @param {Page} page */
async function openedRun(page) {
  const tasks = await longTasks(page, async () => {
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('figure').filter({ hasText: 'Loss' }).locator('canvas').first().waitFor();
    await page.waitForTimeout(1500);
  });
  console.log(`opening a run of ${reports} reports: longest task ${taskWords(tasks)} (wanted: none above ${wanted.task} ms)`);
  return { longestTask: longest(tasks) };
}

/**
 * @param {Page} page
 * @param {(event: object) => void} tell
 */
async function reported(page, tell) {
  await page.getByRole('link', { name: 'Train' }).click();
  tell({ type: 'job', job: { id: job, kind: 'train', state: 'running', controls: ['pause', 'stop'], queuedAt: Date.now(), startedAt: Date.now() } });
  await page.getByText((10 * reports).toLocaleString('en-US')).first().waitFor();
  await page.waitForTimeout(1500);
  const frames = /** @type {number[]} */ ([]);
  const tasks = await longTasks(page, async () => {
    const watched = scrolled(page, '.screen-body', { speed: 0, seconds: 10 });
    for (let k = 1; k <= 200; k++) {
      tell({ type: 'event', id: job, name: 'metrics', data: report(reports + k) });
      await page.waitForTimeout(50);
    }
    frames.push(...await watched);
  });
  console.log(`20 reports a second: a frame ${words(spread(frames))}, longest task ${taskWords(tasks)} (wanted: none above ${wanted.task} ms)`);
  return { frames: spread(frames), longestTask: longest(tasks) };
}

/**
 * Puts a training on the page's wire whose events come from here; all else is the program's.
 * @param {Page} page
 * @returns {Promise<(event: object) => void>}
 */
async function ownTraining(page) {
  /** @type {import('playwright-core').WebSocketRoute} */
  let wire;
  await page.routeWebSocket(/\/door$/, (route) => {
    wire = route;
    const server = route.connectToServer();
    const runs = { asked: -1, first: undefined };
    route.onMessage((message) => {
      const { id, name, body } = JSON.parse(String(message));
      if (name === 'runOfJob' && body.id === job) {
        runs.asked = id;
        server.send(JSON.stringify({ type: 'request', id, name: 'listRuns', body: {} }));
      } else {
        server.send(message);
      }
    });
    server.onMessage((message) => {
      const { type, id, reply } = JSON.parse(String(message));
      const isOurs = type === 'reply' && id === runs.asked;
      route.send(isOurs ? JSON.stringify({ type, id, reply: { path: reply[0].path, id: reply[0].id } }) : message);
    });
  });
  return (event) => wire.send(JSON.stringify({ type: 'event', event }));
}

/** @param {readonly number[]} values */
function spread(values) {
  const sorted = [...values].sort((x, y) => x - y);
  const at = (/** @type {number} */ share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), most: at(0.95), worst: at(1), above: sorted.filter((value) => value > wanted.frame).length, count: sorted.length };
}

/** @param {ReturnType<typeof spread>} spread */
const words = ({ median, most, worst, above, count }) =>
  `${median.toFixed(0)} ms, 95 % within ${most.toFixed(0)} ms, worst ${worst.toFixed(0)} ms, ${above} of ${count} above ${wanted.frame} ms`;

/** @param {readonly number[]} tasks Those above 50 ms. */
const longest = (tasks) => Math.max(0, ...tasks);

/** @param {readonly number[]} tasks */
const taskWords = (tasks) => (tasks.length ? `${longest(tasks).toFixed(0)} ms` : 'below 50 ms');

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
