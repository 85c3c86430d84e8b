import { constants } from 'node:fs';
import { access, readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CacheFacts } from '../../../shared/doctor/report.js';

/** The command that empties the cache; its script follows the same rule for the place. */
const CLEAR_COMMAND = 'npm run clear-cache';

/** @param folder The cache; it need not exist. */
export async function examineCache(folder: string): Promise<CacheFacts> {
  const home = await nearestFolder(folder);
  const free = await statfs(home).then(({ bavail, bsize }) => bavail * bsize, () => undefined);
  const writable = await access(home, constants.W_OK | constants.X_OK).then(() => true, () => false);
  return { folder, writable, ...(free !== undefined && { free }), parts: await partsOf(folder), clear: CLEAR_COMMAND };
}

/** The folder itself, else the nearest one above that exists: where it would be made. */
async function nearestFolder(folder: string): Promise<string> {
  const exists = await stat(folder).then(() => true, () => false);
  const above = dirname(folder);
  return exists || above === folder ? folder : nearestFolder(above);
}

async function partsOf(folder: string): Promise<CacheFacts['parts']> {
  const names = await readdir(folder).catch(() => []);
  const parts = await Promise.all(names.map(async (name) => ({ name, bytes: await sizeOf(join(folder, name)) })));
  return parts.filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
}

/** Room that a file or the files below a folder take on the disk; what disappears meanwhile counts nothing. */
async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return roomOf(found);
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  let sum = 0;
  for (const entry of entries) {
    if (entry.isFile()) sum += await stat(join(entry.parentPath, entry.name)).then(roomOf, () => 0);
  }
  return sum;
}

/** Files with holes (databases) take less than their length. Windows does not tell blocks. */
function roomOf({ size, blocks }: { size: number; blocks?: number }): number {
  return blocks === undefined ? size : Math.min(size, blocks * 512);
}
