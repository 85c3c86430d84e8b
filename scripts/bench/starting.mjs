/**
 * How long a person waits for the program: the help of the command line beside a Node that does nothing, in turns; the window, from its command to
 * what is seen; the engine, from a process's start to a convolution. `node scripts/bench/starting.mjs [--rounds 5]`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBrowser } from '../setup/browser.mjs';
import { launched, servedWindow, watchedPage } from './window/stage.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const program = here('../../bin/chromabench.mjs');
/** Seconds. */
const wanted = { help: 0.15, window: 2, engine: 3 };

async function main() {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
  const browser = await launched(await ensureBrowser());
  const times = { node: /** @type {number[]} */ ([]), help: /** @type {number[]} */ ([]), engine: /** @type {number[]} */ ([]), window: /** @type {number[]} */ ([]) };
  try {
    for (let round = 0; round < Number(values.rounds); round++) {
      times.node.push(secondsOf(['-e', '0']));
      times.help.push(secondsOf([program, '--help']));
      times.engine.push(secondsOf([here('../../out/main/core/doctor/engine-child.js')]));
      times.window.push(await secondsToWindow(browser));
    }
  } finally {
    await browser.close();
  }
  const middle = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, all.sort((a, b) => a - b)[Math.floor(all.length / 2)]]));
  console.log(`help: ${middle.help.toFixed(2)} s, a Node that does nothing ${middle.node.toFixed(2)} s (wanted: ${wanted.help} s)`);
  console.log(`window: ${middle.window.toFixed(2)} s from its command to the screen of photographs, in a browser that is open (wanted: ${wanted.window} s)`);
  console.log(`engine: ${middle.engine.toFixed(2)} s to a first convolution in a fresh process (wanted: ${wanted.engine} s)`);
  console.log(JSON.stringify({ benchmark: 'starting', wanted, times }));
}

/** @param {readonly string[]} args */
function secondsOf(args) {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${stderr}`);
  return (performance.now() - began) / 1000;
}

/** @param {import('playwright-core').Browser} browser */
async function secondsToWindow(browser) {
  const place = await mkdtemp(join(tmpdir(), 'starting-'));
  const page = await watchedPage(browser);
  const began = performance.now();
  const served = await servedWindow(place, join(place, 'cache'), []);
  try {
    await page.goto(served.url);
    await page.getByText('No work').waitFor();
    return (performance.now() - began) / 1000;
  } finally {
    await page.context().close();
    await served.end();
    await rm(place, { recursive: true, force: true });
  }
}

await main();
