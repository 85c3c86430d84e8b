import { readFile } from 'node:fs/promises';

/** Linux counts memory in pages. */
const PAGE_BYTES = 4096;

/** Resident bytes of other processes of this machine together; 0 where the system does not tell. */
export async function residentMemory(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '')));
  return sizes.reduce((sum, text) => sum + Number(text.split(' ')[1] ?? 0) * PAGE_BYTES, 0);
}
