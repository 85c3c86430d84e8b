import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const checkout = join(import.meta.dirname, '../..');
export const photographs = join(checkout, 'resources/photographs');

/** How a command ended and what it wrote. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface RunningCommand {
  process: ChildProcessWithoutNullStreams;
  /** Resolves when the error stream has shown the pattern; rejects when the command ends before. */
  shows(pattern: RegExp): Promise<void>;
  ended: Promise<Ending>;
}

/** A folder for one test file: the working directory of its commands and, below it, their cache. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'chromabench-e2e-'));

  /** Starts the built program as a user does. */
  start(...words: string[]): RunningCommand {
    const program = join(checkout, 'bin/chromabench.mjs');
    const env = { ...process.env, CHROMABENCH_CACHE: join(this.folder, 'cache') };
    const child = spawn(process.execPath, [program, ...words], { cwd: this.folder, env });
    const written = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (written.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (written.err += text));
    const ended = new Promise<Ending>((resolve) => {
      child.once('close', (code, signal) => resolve({ code, signal, ...written }));
    });
    return { process: child, ended, shows: (pattern) => shown(child, pattern, () => written.err) };
  }

  run(...words: string[]): Promise<Ending> {
    return this.start(...words).ended;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

function shown(child: ChildProcessWithoutNullStreams, pattern: RegExp, text: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => pattern.test(text()) && resolve();
    child.stderr.on('data', look);
    child.once('close', () => reject(new Error(`ended without showing ${pattern}:\n${text()}`)));
    look();
  });
}
