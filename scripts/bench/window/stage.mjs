/** The built program in a world of its own, and a real browser that looks at it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const program = fileURLToPath(new URL('../../../bin/chromabench.mjs', import.meta.url));
const startedWithinMs = 60_000;

/**
 * @param {string} place For its settings and runs.
 * @param {string} cache
 * @param {readonly string[]} args
 * @returns {Promise<{ url: string, end(): Promise<void> }>}
 */
export async function servedWindow(place, cache, args) {
  const environment = { ...process.env, CHROMABENCH_CACHE: cache, CHROMABENCH_SETTINGS: join(place, 'settings'), CHROMABENCH_RUNS: join(place, 'runs') };
  const child = spawn(process.execPath, [program, 'window', '--no-open', ...args], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The window was not served in time.')), startedWithinMs);
    child.once('exit', (code) => reject(new Error(`The window's host ended with ${code}.`)));
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      const address = /http:\/\/\S+/.exec(text)?.[0];
      if (!address) return;
      clearTimeout(late);
      resolve(address);
    });
  });
  return { url, end: async () => void (child.kill('SIGINT'), await gone) };
}

/** @param {string} executablePath */
export function launched(executablePath) {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/**
 * @param {import('playwright-core').Browser} browser
 * @returns {Promise<import('playwright-core').Page>} A page of its own, that writes down its long tasks from the first one.
 */
export async function watchedPage(browser) {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(600_000);
  await page.addInitScript(() => {
    const tasks = /** @type {number[]} */ ([]);
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });
  });
  return page;
}

/**
 * The long tasks (above 50 ms) of what is done meanwhile, in milliseconds.
 * @param {import('playwright-core').Page} page
 * @param {() => Promise<unknown>} act
 * @returns {Promise<number[]>}
 */
export async function longTasks(page, act) {
  const taken = () => page.evaluate(() => /** @type {any} */ (globalThis).longTasks.splice(0));
  await taken();
  await act();
  // Tasks are told after they have ended.
  await page.waitForTimeout(300);
  return taken();
}

/**
 * Scrolls what a selector names, a step a frame, and times the frames.
 * @param {import('playwright-core').Page} page
 * @param {string} selector
 * @param {{ speed: number, seconds: number, from?: number }} way CSS pixels a second; `from` as a share of the height.
 * @returns {Promise<number[]>} Milliseconds from frame to frame.
 */
export function scrolled(page, selector, way) {
  return page.evaluate(({ selector: wanted, speed, seconds, from = 0 }) => new Promise((resolve) => {
    const scroller = /** @type {Element} */ (document.querySelector(wanted));
    const frames = /** @type {number[]} */ ([]);
    let [place, last, began] = [from * scroller.scrollHeight, 0, 0];
    const step = (/** @type {number} */ now) => {
      if (last) frames.push(now - last);
      began ||= now;
      place += (speed * (last ? now - last : 16)) / 1000;
      last = now;
      scroller.scrollTop = place;
      if (now - began < seconds * 1000) requestAnimationFrame(step);
      else resolve(frames);
    };
    requestAnimationFrame(step);
  }), { selector, ...way });
}

/**
 * Memory of the process that renders a page, in bytes (Linux): all that is in memory, and what is its own of it.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').Page} page
 */
export async function rendererMemory(browser, page) {
  const { readFileSync } = await import('node:fs');
  const session = await browser.newBrowserCDPSession();
  // Every page here has a site of its own, so a process of its own: the one that has worked most of late is this page's.
  const before = await rendererTimes(session);
  await page.evaluate(() => {
    for (const end = performance.now() + 400; performance.now() < end;);
  });
  const after = await rendererTimes(session);
  const [[pid]] = [...after].sort((x, y) => y[1] - (before.get(y[0]) ?? 0) - (x[1] - (before.get(x[0]) ?? 0)));
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const bytes = (/** @type {string} */ name) => Number(new RegExp(`^${name}: +(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) * 1024;
  return { resident: bytes('Rss'), own: bytes('Private_Clean') + bytes('Private_Dirty') };
}

/** @param {import('playwright-core').CDPSession} session @returns {Promise<Map<number, number>>} CPU seconds by process number. */
async function rendererTimes(session) {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]));
}
