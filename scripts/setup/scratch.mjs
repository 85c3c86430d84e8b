/** Files and folders that must not outlive this process: gone when it ends, also when a signal ends it. */
import { rmSync } from 'node:fs';
import { endAll } from './command.mjs';

/** @type {Set<string>} */
const owned = new Set();
/** As shells count: 128 + the signal's number. @type {Partial<Record<NodeJS.Signals, number>>} */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

process.once('exit', () => {
  for (const path of owned) rmSync(path, { recursive: true, force: true });
});

/**
 * @param {string} path
 * @returns {string} The same path.
 */
export function own(path) {
  owned.add(path);
  return path;
}

/** @param {string} path Removed or handed on; no longer ours to delete. */
export function disown(path) {
  owned.delete(path);
}

/**
 * From now on a signal ends this process with all that it started, and with nothing left behind. Signals that come while
 * the programs end change nothing.
 */
export function tidyOnSignals() {
  for (const signal of /** @type {NodeJS.Signals[]} */ (Object.keys(exitCodes))) {
    if (!process.listeners(signal).includes(tidy)) process.on(signal, tidy);
  }
}

/** @param {NodeJS.Signals} signal */
async function tidy(signal) {
  await endAll(signal);
  process.exit(exitCodes[signal]);
}
