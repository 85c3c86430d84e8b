/** Programs that the set-up calls: found, run to their end within a time limit, and ended with everything they started. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const windows = process.platform === 'win32';
const keptOutput = 64 * 1024;

/**
 * @typedef {object} Outcome
 * @property {number | null} code Exit code; null where a signal ended the program.
 * @property {NodeJS.Signals | null} signal
 * @property {string} output The end of what it wrote, both streams.
 * @property {string} stdout The end of what it wrote to its standard output.
 * @property {boolean} late Whether the time limit ended it.
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** Those on this process's terminal: they get the chance to end in order. @type {Set<import('node:child_process').ChildProcess>} */
const inTheOpen = new Set();
/** What a program has to end after a signal before it is ended. */
const graceMilliseconds = 5000;

/**
 * Runs a program silently and keeps the end of its output.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitSeconds?: number }} [options]
 * @returns {Promise<Outcome>} Rejects only where the program cannot be started.
 */
export function run(program, args, { cwd, env = process.env, limitSeconds = 600 } = {}) {
  return new Promise((resolve, reject) => {
    // A group of its own, so that the time limit ends the program's children with it.
    const child = spawn(program, args, { cwd, env, detached: !windows, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    let stdout = '';
    let late = false;
    const keep = (/** @type {Buffer} */ chunk) => (output = (output + chunk).slice(-keptOutput));
    child.stdout.on('data', keep);
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => (stdout = (stdout + chunk).slice(-keptOutput)));
    child.stderr.on('data', keep);
    const limit = setTimeout(() => {
      late = true;
      endGroup(child);
    }, limitSeconds * 1000);
    const settle = () => {
      clearTimeout(limit);
      running.delete(child);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code, signal) => {
      settle();
      resolve({ code, signal, output, stdout, late });
    });
  });
}

/**
 * Runs a program on this process's own terminal.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} Its exit code; 128 + the signal's number where a signal ended it, as shells count.
 */
export function runInTheOpen(program, args, { cwd, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: 'inherit' });
    inTheOpen.add(child);
    child.once('error', (error) => {
      inTheOpen.delete(child);
      reject(error);
    });
    child.once('close', (code, signal) => {
      inTheOpen.delete(child);
      resolve(code ?? 128 + signalNumber(signal));
    });
  });
}

/**
 * The same for a program that ends its work in order: signals go to it (Ctrl-C does by itself: the terminal sends it to
 * both), and this process waits for its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export async function standAside(program, args) {
  const child = spawn(program, args, { stdio: 'inherit' });
  process.removeAllListeners('SIGINT').on('SIGINT', () => {});
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.removeAllListeners(signal).on(signal, () => child.kill(signal));
  const [code, signal] = await once(child, 'close');
  return code ?? 128 + signalNumber(signal);
}

/** @param {NodeJS.Signals | null} signal */
function signalNumber(signal) {
  return signal === 'SIGINT' ? 2 : signal === 'SIGKILL' ? 9 : 15;
}

/**
 * Ends every program that `run` and `runInTheOpen` have going; the latter get the signal and some time to end in order.
 * @param {NodeJS.Signals} signal
 */
export async function endAll(signal) {
  for (const child of running) endGroup(child);
  const open = [...inTheOpen].filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  await Promise.all(
    open.map(async (child) => {
      const ended = once(child, 'exit');
      child.kill(signal);
      const limit = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
      await ended;
      clearTimeout(limit);
    }),
  );
}

/** @param {import('node:child_process').ChildProcess} child */
function endGroup(child) {
  try {
    if (windows || !child.pid) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}

/**
 * The first of these programs that the PATH holds.
 * @param {readonly string[]} names
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined} Its full path.
 */
export function findProgram(names, env = process.env) {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean);
  const endings = windows ? ['.exe', '.cmd', '.bat'] : [''];
  for (const name of names) {
    for (const folder of folders) {
      for (const ending of endings) {
        const path = join(folder, name + ending);
        if (isProgram(path)) return path;
      }
    }
  }
  return undefined;
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The line of a program's output that says what went wrong: the last that names an error, else a failure, else the last at all.
 * @param {string} output
 */
export function tellingLine(output) {
  const lines = output.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const named = lines.filter((line) => /error: /i.test(line));
  const telling = lines.filter((line) => /not found|cannot|failed|no such/i.test(line) && !/^at /.test(line));
  return (named.at(-1) ?? telling.at(-1) ?? lines.at(-1) ?? 'it said nothing').slice(0, 300);
}
