/** Where a folder's photographs are looked through and their colours counted: here, or on the cluster that sees them too. */
import { opendir } from 'node:fs/promises';
import { isRemote } from './cluster-address.js';

export type CountingPlace = 'here' | 'cluster';

/** Files from which on a cluster is asked where a person leaves it open: here they would take minutes, there they are worth Ray's start. */
export const MANY_FILES = 20_000;

/**
 * @param place Where the machines see the photographs; they cannot look through what is sent to them only later.
 * @param asked What a person wants; `auto` leaves it to the number of files.
 */
export async function countingPlace(folder: string, place: string | undefined, asked: CountingPlace | 'auto' = 'auto', many = MANY_FILES): Promise<CountingPlace> {
  if (isRemote(folder)) return 'cluster';
  if (asked !== 'auto') return asked;
  return place !== undefined && (await hasMoreFiles(folder, many)) ? 'cluster' : 'here';
}

/** Counts no further than it has to; a folder that cannot be read is told of by whoever looks through it. */
async function hasMoreFiles(folder: string, than: number): Promise<boolean> {
  let files = 0;
  try {
    for await (const entry of await opendir(folder, { recursive: true })) {
      if (entry.isFile() && ++files > than) return true;
    }
  } catch {
    return false;
  }
  return false;
}
