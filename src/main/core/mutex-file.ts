/** A short turn at something that several programs of one user change: a file that one of them can make at a time. */
import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

const LOOK_EVERY_MS = 15;
/** Nobody holds a turn this long: its program is gone. */
const STALE_MS = 4_000;

/**
 * Runs `action` while no other program that asks here runs its own. Where no such file can be made the action runs all the
 * same, and says itself what is wrong with the place.
 */
export async function inTurn<T>(path: string, action: () => Promise<T>): Promise<T> {
  const mine = randomUUID();
  const taken = await take(path, mine);
  try {
    return await action();
  } finally {
    // After a turn that took too long it is somebody else's.
    if (taken && (await readFile(path, 'utf8').catch(() => '')) === mine) await rm(path, { force: true });
  }
}

async function take(path: string, mine: string): Promise<boolean> {
  for (;;) {
    const made = await make(path, mine);
    if (made !== 'there') return made === 'made';
    if ((await isStale(path)) && !(await removeStale(path))) return false;
    await setTimeout(LOOK_EVERY_MS * (0.5 + (process.pid % 16) / 16));
  }
}

/** `there` where somebody else has made it. */
async function make(path: string, content: string): Promise<'made' | 'there' | 'refused'> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return 'made';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST' ? 'there' : 'refused';
  }
}

/** Also one of the future is: the clock of the disk's machine is another one, and would keep everybody waiting. */
async function isStale(path: string): Promise<boolean> {
  const age = await stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
  return Math.abs(age) > STALE_MS;
}

/** One at a time looks again and removes it: nobody takes away the turn of somebody who came meanwhile. @returns false where the place allows none of it. */
async function removeStale(path: string): Promise<boolean> {
  const removing = `${path}-stale`;
  const made = await make(removing, '');
  if (made !== 'made') return made === 'there' && (!(await isStale(removing)) || removed(removing));
  try {
    return !(await isStale(path)) || (await removed(path));
  } finally {
    await removed(removing);
  }
}

function removed(path: string): Promise<boolean> {
  return rm(path, { force: true }).then(() => true, () => false);
}
