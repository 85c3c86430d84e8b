/**
 * Handlers for the faults that no real job can be made to have on demand. The folder's name says which.
 * Plain JavaScript: the job's process loads it as it is.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../../../out/main/core/errors.js';

const done = (parameters) => ({
  folder: parameters.folder, window: parameters.window, files: 0, counts: {}, excluded: [], notes: [],
  pixels: 0, usedBins: 0, histogram: [], fingerprint: String(process.pid),
});

const untilAborted = (signal) => new Promise((_, reject) => {
  const beat = setInterval(() => {}, 1000);
  signal.addEventListener('abort', () => { clearInterval(beat); reject(signal.reason); });
});

const faults = {
  fine: async (parameters, { progress }) => {
    progress.progress({ phase: 'Reading photographs', done: 1, total: 2, unit: 'photographs' });
    progress.note('one.jpg is damaged', 'warning');
    progress.progress({ phase: 'Reading photographs', done: 2, total: 2, unit: 'photographs' });
    return done(parameters);
  },
  throws: async () => { throw new Error('a defect'); },
  complains: async () => { throw new UserError('The folder is empty: choose another.'); },
  rejectsUnseen: () => { void Promise.reject(new Error('nobody waited for this')); return new Promise(() => {}); },
  exits: async () => { console.error('last words'); process.exit(7); },
  aborts: async () => process.abort(),
  killed: async () => { process.kill(process.pid, 'SIGKILL'); return new Promise(() => {}); },
  fillsMemory: async () => {
    const held = [];
    for (;;) held.push(new Array(1e6).fill(held.length).map((value) => ({ value })));
  },
  speaksNonsense: async () => { process.send({ type: 'progress', progress: { done: 'some' } }); return new Promise(() => {}); },
  emitsUnknown: async (_, { progress }) => { progress.emit('surprise', 1); return new Promise(() => {}); },
  returnsNonsense: async () => ({ pixels: 'many' }),
  waits: async (parameters, { signal, progress }) => {
    writeFileSync(join(parameters.folder, 'pid'), String(process.pid));
    progress.note('waiting');
    await untilAborted(signal);
  },
  tidiesUp: async (parameters, { signal, progress }) => {
    writeFileSync(join(parameters.folder, 'pid'), String(process.pid));
    progress.note('waiting');
    await untilAborted(signal).catch(() => {});
    writeFileSync(join(parameters.folder, 'tidied'), 'yes');
    return done(parameters);
  },
  ignoresCancel: async (_, { progress }) => { progress.note('waiting'); setInterval(() => {}, 1000); return new Promise(() => {}); },
  spins: async (parameters, { progress }) => {
    writeFileSync(join(parameters.folder, 'pid'), String(process.pid));
    progress.note('spinning');
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (;;);
  },
  leavesGrandchild: async (parameters) => {
    spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1500)'], { stdio: 'inherit' });
    return done(parameters);
  },
};

const fault = async (parameters, context, controls) => faults[basename(parameters.folder)](parameters, context, controls);

/** A training that takes for ever to put its work away. */
const stubborn = async (_parameters, { progress }, controls) => {
  controls.listen(() => controls.now('stopping'));
  progress.note('training');
  return new Promise(() => setInterval(() => {}, 1000));
};

export const handlers = { inspect: async () => fault, train: async () => stubborn };
