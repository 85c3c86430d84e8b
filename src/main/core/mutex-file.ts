/** A short turn at something that several programs of one user change: a file that one of them can make at a time. */
import { rm, stat, writeFile } from 'node:fs/promises';

const LOOK_EVERY_MS = 15;
/** Nobody holds a turn this long: its program is gone. */
const STALE_MS = 4_000;

/**
 * Runs `action` while no other program that asks here runs its own. Where no such file can be made the action runs all the
 * same, and says itself what is wrong with the place.
 */
export async function inTurn<T>(path: string, action: () => Promise<T>): Promise<T> {
  const taken = await take(path);
  try {
    return await action();
  } finally {
    if (taken) await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
    const age = await stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
    // Also one of the future: the clock of the disk's machine is another one, and would keep everybody waiting.
    if (Math.abs(age) > STALE_MS) await rm(path, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS * (0.5 + (process.pid % 16) / 16)));
  }
}
