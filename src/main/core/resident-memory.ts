import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether this system tells how much memory other processes hold; on Windows nothing that starts quickly does. */
const TELLS_MEMORY = process.platform !== 'win32';

/** Resident bytes of other processes of this machine together; 0 where the system does not tell. */
export async function residentMemory(pids: readonly number[]): Promise<number> {
  if (process.platform === 'linux') return sum(await Promise.all(pids.map(fromProc)));
  return TELLS_MEMORY ? fromPs(pids) : 0;
}

/** In kilobytes, whatever the size of the system's pages. */
async function fromProc(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return 1024 * Number(/^VmRSS:\s*(\d+) kB/m.exec(status)?.[1] ?? 0);
}

/** By the program that macOS and the BSDs have for it. */
export async function fromPs(pids: readonly number[]): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', pids.join(',')]).catch(() => ({ stdout: '' }));
  return 1024 * sum(stdout.split('\n').map(Number));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
