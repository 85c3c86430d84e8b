import type { ChildProcess } from 'node:child_process';
import type { Exit } from './ending.js';

/** Tells once of the end of a process: also of one that could not be started, of which the system tells no exit. */
export function whenGone(child: ChildProcess, gone: (exit: Exit) => void): void {
  child.once('exit', (code, signal) => gone({ code, signal }));
  child.on('error', () => child.pid === undefined && gone({ code: null, signal: null }));
}
