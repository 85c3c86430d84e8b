import { Worker } from 'node:worker_threads';

const LOOK_EVERY_MS = 1_000;
const GRACE_MS = 20_000;

/**
 * Ends this process some time after its parent has died, also while its main thread is busy or hangs.
 * The main thread hears of the parent's death first and has that time to put its work away.
 */
export function watchForOrphanhood(): void {
  const watch = new Worker(WATCH, { eval: true, workerData: { parent: process.ppid, LOOK_EVERY_MS, GRACE_MS } });
  watch.unref();
}

// A thread without imports, as text: it needs no file and starts in milliseconds.
const WATCH = `
const { workerData: { parent, LOOK_EVERY_MS, GRACE_MS } } = require('node:worker_threads');
function parentLives() {
  try { process.kill(parent, 0); } catch (error) { if (error.code === 'ESRCH') return false; }
  return process.ppid === parent;
}
const look = setInterval(() => {
  if (parentLives()) return;
  clearInterval(look);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS);
}, LOOK_EVERY_MS);
`;
