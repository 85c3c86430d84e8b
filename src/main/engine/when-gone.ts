import type { ChildProcess } from 'node:child_process';
import type { Exit } from './ending.js';

/**
 * Tells once of the end of a process: also of one that could not be started, of which the system need not tell an exit.
 * @param told `close` comes when the process's output is read to the end, too.
 */
export function whenGone(child: ChildProcess, gone: (exit: Exit) => void, told: 'exit' | 'close' = 'exit'): void {
  const ended = new Promise<Exit>((resolve) => {
    child.once(told, (code, signal) => resolve({ code, signal }));
    child.on('error', () => child.pid === undefined && resolve({ code: null, signal: null }));
  });
  void ended.then(gone);
}
