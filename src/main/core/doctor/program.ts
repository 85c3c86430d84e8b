import { spawn } from 'node:child_process';

/** How a program ended. `code` is null where a signal or the time limit ended it. */
export interface ProgramEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/**
 * Asks a program something that it answers at once.
 * @returns undefined where it cannot be started.
 */
export function askProgram(program: string, args: readonly string[], seconds: number, environment: NodeJS.ProcessEnv = process.env): Promise<ProgramEnd | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], timeout: seconds * 1000, killSignal: 'SIGKILL', windowsHide: true });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk));
    child.once('error', () => resolve(undefined));
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
