/** What a person sees when something ends that should not: the engine, a job, the host; a page that goes away. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assembleConfig } from '../../../src/shared/run/assemble.js';
import { answerTo, descendants, isAlive, opened, ServedWindow } from './served-window.js';

const CHROMIUM = process.env.CHROMABENCH_CHROMIUM ?? '/usr/bin/chromium';
const EXAMPLES = join(import.meta.dirname, '../../../resources/photographs/training');

let served: ServedWindow;
let browser: Browser;
let page: Page;

async function openPage(url = served.url): Promise<Page> {
  const opening = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  opening.setDefaultTimeout(90_000);
  await opening.goto(url);
  return opening;
}

async function ask(name: string, body: unknown): Promise<{ [key: string]: string }> {
  const socket = await served.socket();
  await opened(socket);
  const answer = answerTo(socket, 1) as Promise<{ reply: { [key: string]: string } }>;
  socket.send(JSON.stringify({ type: 'request', id: 1, name, body }));
  const { reply } = await answer;
  socket.terminate();
  return reply;
}

/** A training that would take minutes, on the built-in photographs. */
async function startTraining(name: string): Promise<void> {
  const config = assembleConfig([{ preset: 'fast', budget: { steps: 5000 }, network: { width: 0.1 }, checkpoints: { every: 10 }, reports: { every: 2 } }]);
  const { path } = await ask('placeForRun', { name });
  await ask('startJob', { kind: 'train', parameters: { folder: EXAMPLES, out: path, config } });
}

/** Number of the process that trains, once it has a name. */
function trainingProcess(): number | undefined {
  return descendants(served.pid).find((pid) => /^chromabench (train|resume)/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')));
}

describe.skipIf(!existsSync(CHROMIUM) || process.platform !== 'linux')('the window stays and says what was kept', () => {
  beforeAll(async () => {
    served = await ServedWindow.start();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    page = await openPage();
    await startTraining('lost');
    await page.getByRole('link', { name: 'Train' }).click();
    await page.getByRole('heading', { name: 'lost' }).waitFor();
    await page.getByRole('region', { name: 'Held-out photographs' }).getByText(/^step [1-9]\d/).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop('SIGKILL');
    served?.remove();
  });

  test('the engine killed in the middle of a training: it comes back, the run is offered, and goes on', async () => {
    process.kill(descendants(served.pid)[0], 'SIGKILL');
    await page.getByText(/The engine was killed from outside .* a training goes on from its last checkpoint when you resume its run\./).waitFor();
    await page.getByText('ready', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Go On Training' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).first().click();
  });

  test('the training killed alone: what was kept, and how to go on', async () => {
    await page.getByText('training', { exact: true }).first().waitFor();
    await expect.poll(trainingProcess, { timeout: 60_000 }).toBeDefined();
    process.kill(trainingProcess()!, 'SIGKILL');
    await page.getByRole('alert').getByText(/The job was killed from outside \(SIGKILL\), most often by the system because memory ran out\./).waitFor();
    await page.getByRole('button', { name: /No work|Show all jobs/ }).click();
    await page.getByRole('region', { name: 'Ended' }).getByText(/killed from outside/).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Go On Training' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });

  test('a closed page ends nothing: another finds the training, and stops it from the list of jobs', async () => {
    await page.context().close();
    page = await openPage();
    await page.getByRole('button', { name: /Show all jobs/ }).click();
    const running = page.getByRole('region', { name: 'Running' });
    await running.getByText('lost').waitFor();
    await running.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('region', { name: 'Ended' }).getByText(/Stopped at step \d/).waitFor();
    await page.keyboard.press('Escape');
  });

  test('the host killed: no process stays, and a page that sees it started again is told where to go', async () => {
    await startTraining('orphan');
    await page.getByRole('link', { name: 'Train' }).click();
    const below = descendants(served.pid);
    const { port } = served;
    await served.stop('SIGKILL');
    await page.getByText('The program is not answering').waitFor();
    await expect.poll(() => below.some(isAlive), { timeout: 60_000, interval: 500 }).toBe(false);
    const place = served;
    served = await ServedWindow.start(['--port', String(port)]);
    await page.getByText(/was started again and does not know this page/).waitFor();
    // The address opened beside it makes this page known again: one browser, one person.
    const beside = await page.context().newPage();
    await beside.goto(served.url);
    await page.getByText('ready', { exact: true }).waitFor();
    place.remove();
  });
});
