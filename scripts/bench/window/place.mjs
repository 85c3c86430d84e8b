/** What the window's benchmark looks at: many photographs, kept in the cache from one time to the next, and a run of a day. */
import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makePhotographs } from '../photographs.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
/** Pixels: what is measured is the window, not the decoding. */
const side = 64;

/**
 * A folder of distinct photographs, made once; it appears whole or not at all.
 * @param {string} cache
 * @param {number} count
 * @returns {Promise<string>}
 */
export async function manyPhotographs(cache, count) {
  const folder = join(cache, 'bench', `photographs-${count}`);
  if (await stat(folder).catch(() => undefined)) return folder;
  console.log(`Making ${count} photographs of ${side} x ${side} pixels, once`);
  const making = `${folder}-making-${process.pid}`;
  try {
    await makePhotographs(making, count, here('../../../resources/photographs'), side);
    await rename(making, folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return folder;
}

/**
 * A run whose training reported every second for so long.
 * @param {string} path
 * @param {number} reports
 */
export async function longRun(path, reports) {
  await mkdir(path, { recursive: true });
  await cp(here('../../../test/fixtures/runs/version-1'), path, { recursive: true });
  const lines = Array.from({ length: reports }, (_, k) => `${JSON.stringify(report(k + 1))}\n`);
  await writeFile(join(path, 'metrics.jsonl'), lines.join(''));
  const file = JSON.parse(await readFile(join(path, 'run.json'), 'utf8'));
  await writeFile(join(path, 'run.json'), JSON.stringify({ ...file, state: 'stopped', step: 10 * reports, steps: 20 * reports }));
}

/**
 * A line of metrics.jsonl: a loss that falls and shivers, validated every 500 reports.
 * @param {number} k Counted from 1.
 */
export function report(k) {
  const loss = 2 + 3 / Math.sqrt(k) + 0.2 * Math.sin(k);
  const line = {
    step: 10 * k, epoch: k / 8, seconds: k, loss, penalty: 0, rate: 1e-3, waitShare: 0.01, photographsASecond: 50, patchesASecond: 50, secondsLeft: 1, memory: 1e8,
  };
  return k % 500 ? line : { ...line, validation: { loss, auc: 89, aucRebalanced: 70, spread: 0.8 } };
}
