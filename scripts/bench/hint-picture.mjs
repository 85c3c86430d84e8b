/**
 * Live hints: from a hint that is placed or moved to the bytes of the new picture, a photograph of 256 x 256 pixels, through the window's
 * host as a page asks for it (names over its socket, pictures over HTTP); alone, and while a training runs.
 * `npm run build && node scripts/bench/hint-picture.mjs [--hints 30]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { figuresOf } from './program.mjs';
import { tell, timed } from './temperature.mjs';
import { servedWindow } from './window/stage.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const builtIn = here('../../resources/photographs');
/** A hint is to be seen within this time, in milliseconds. */
const target = 300;

async function main() {
  const { values } = parseArgs({ options: { hints: { type: 'string', default: '30' } } });
  const place = await mkdtemp(join(tmpdir(), 'hint-picture-'));
  figuresOf(process.execPath, [here('training-run.mjs'), join(builtIn, 'training'), join(place, 'runs', 'hinted'), 'fast', '2'], { CHROMABENCH_CACHE: join(place, 'cache') });
  const served = await servedWindow(place, join(place, 'cache'), [builtIn]);
  const page = await joined(served.url);
  try {
    const hint = await opened(page);
    const alone = await timed(hint, Number(values.hints));
    await started(page);
    const beside = await timed(hint, Number(values.hints));
    tell('hint', { alone, beside }, target);
  } finally {
    page.leave();
    await served.end();
    await rm(place, { recursive: true, force: true });
  }
}

/** @typedef {Awaited<ReturnType<typeof joined>>} HostedPage */

/**
 * What a page does first: it is admitted, and opens its socket.
 * @param {string} url
 */
async function joined(url) {
  const { headers } = await fetch(url, { redirect: 'manual' });
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0];
  const base = new URL(headers.get('location') ?? '', url);
  const socket = new WebSocket(Object.assign(new URL('door', base), { protocol: 'ws:' }), { headers: { Origin: base.origin, Cookie: cookie } });
  /** @type {Map<number, (message: any) => void>} */
  const waiting = new Map();
  /** @type {Set<(event: any) => void>} */
  const listeners = new Set();
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    if (message.type === 'event') listeners.forEach((listener) => listener(message.event));
    else waiting.get(message.id)?.(message);
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let asked = 0;
  return {
    /** @returns {Promise<any>} */
    async request(/** @type {string} */ name, /** @type {object} */ body) {
      const id = (asked += 1);
      const told = new Promise((resolve) => waiting.set(id, resolve));
      socket.send(JSON.stringify({ type: 'request', id, name, body }));
      const message = /** @type {any} */ (await told);
      waiting.delete(id);
      if (message.type === 'refusal') throw new Error(`${name}: ${message.error.message}`);
      return message.reply;
    },
    async picture(/** @type {string} */ name) {
      const response = await fetch(new URL(`pictures/${name}`, base), { headers: { Cookie: cookie } });
      if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
      return response.arrayBuffer();
    },
    watch: (/** @type {(event: any) => void} */ listener) => void listeners.add(listener),
    leave: () => socket.terminate(),
  };
}

/**
 * Opens a photograph beside the run.
 * @param {HostedPage} page
 * @returns {Promise<() => Promise<unknown>>} Gives it a hint where none was before, and asks for its picture.
 */
async function opened(page) {
  const [{ id }] = await page.request('listRuns', {});
  const { step } = await page.request('openWeights', { run: id, checkpoint: 'newest' });
  const set = await page.request('gatherPhotographs', { paths: [join(builtIn, 'held-out')] });
  let given = 0;
  const hint = async () => {
    const { id: named } = await page.request('nameHints', { hints: [{ x: ((given += 1) % 1000) / 1000, y: 0.5, a: 40, b: 20 }] });
    await page.picture(`colorized/${id}/${step}/${set.id}/0/colour/draft/0.5/${named}`);
  };
  // The compiler has warmed up after a few.
  for (let k = 1; k <= 10; k++) await hint();
  return hint;
}

/**
 * Starts a training and waits until it steps.
 * @param {HostedPage} page
 */
async function started(page) {
  const { assembleConfig } = await import('../../out/shared/run/assemble.js');
  const stepping = new Promise((resolve) => page.watch((event) => event.type === 'event' && event.name === 'metrics' && resolve(undefined)));
  const { path: out } = await page.request('placeForRun', { name: 'beside' });
  const config = assembleConfig([{ preset: 'fast', budget: { steps: 5000 }, reports: { every: 1 } }]);
  await page.request('startJob', { kind: 'train', parameters: { folder: join(builtIn, 'training'), out, config } });
  await stepping;
}

await main();
